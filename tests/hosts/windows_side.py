"""xlwings' own server code on any system: pywin32 and Windows' libraries are stood in for, xlwings is not.

For a process of its own: what is imported here changes xlwings for good. Run as a script, it reads calls from
its standard input, `[name, [argument, ...]]` a line, and prints what each gives.
"""

from __future__ import annotations

import ast
import ctypes
import sys
from typing import Any
from unittest.mock import MagicMock

STRANGERS = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "winerror",
)


def server() -> Any:
    """xlwings' COM server object, with our UDF module marked by xlwings' own decorators."""
    for name in STRANGERS:
        sys.modules[name] = MagicMock(__file__=name)
    sys.modules["pywintypes"].TimeType = type("TimeType", (), {})  # type: ignore[attr-defined]
    sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})  # type: ignore[attr-defined]
    sys.modules["win32com"].server.util.unwrap = _no_object  # type: ignore[attr-defined]
    for name in ("oledll", "windll", "PyDLL", "WINFUNCTYPE"):
        setattr(ctypes, name, MagicMock())
    import xlwings
    import xlwings._xlwindows
    import xlwings.udfs

    xlwings.func, xlwings.arg, xlwings.ret = xlwings.udfs.xlfunc, xlwings.udfs.xlarg, xlwings.udfs.xlret
    xlwings.engines.add(xlwings.Engine(impl=xlwings._xlwindows.engine))
    from xlwings.com_server import XLPython

    return XLPython()


def _no_object(value: object) -> object:
    raise ValueError("a plain value")


def main() -> None:
    """Answer the calls on the standard input."""
    xlpython = server()
    for line in sys.stdin:
        name, arguments = ast.literal_eval(line)
        print(repr(xlpython.CallUDF("addin.hosts.excel.udfs", name, arguments)))


if __name__ == "__main__":
    main()
