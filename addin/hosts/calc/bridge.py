"""The one door to UNO: its structs, its enums, and how a running LibreOffice is reached.

`uno` is imported when it is needed: it is there only beside a LibreOffice, for the Python of that one.
"""

from __future__ import annotations

import time
from typing import Any

Uno = Any
"""Whatever UNO gives: its types exist only while LibreOffice runs."""

_PAUSE_S = 0.1


def _uno() -> Any:
    import uno

    return uno


def connect(pipe: str, seconds: float = 60) -> Uno:
    """The component context of the LibreOffice that listens on a pipe, once it answers."""
    local = _uno().getComponentContext()
    resolver = service(local, "com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # NoConnectException, whose class UNO makes only on import
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_S)


def service(context: Uno, name: str) -> Uno:
    """A new instance of a service."""
    return context.ServiceManager.createInstanceWithContext(name, context)


def properties(**values: Any) -> tuple[Uno, ...]:
    """Named arguments as UNO wants them."""
    return tuple(
        struct("beans.PropertyValue", name, 0, value, enum("beans.PropertyState", "DIRECT_VALUE"))
        for name, value in values.items()
    )


def struct(name: str, *values: Any) -> Uno:
    """A struct by its name below `com.sun.star`."""
    return _uno().createUnoStruct(f"com.sun.star.{name}", *values)


def enum(name: str, value: str) -> Uno:
    """A value of an enum below `com.sun.star`."""
    return _uno().Enum(f"com.sun.star.{name}", value)


def cell_address(sheet: int, column: int, row: int) -> Uno:
    return struct("table.CellAddress", sheet, column, row)


def range_address(sheet: int, left: int, top: int, right: int, bottom: int) -> Uno:
    return struct("table.CellRangeAddress", sheet, left, top, right, bottom)


def url_of(path: str) -> str:
    """A file's path as a URL."""
    return str(_uno().systemPathToFileUrl(path))


def path_of(url: str) -> str:
    """A file URL as a path; empty for a document that has no file."""
    return str(_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else ""
