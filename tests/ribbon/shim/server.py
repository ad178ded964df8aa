"""Stands in for xlwings' COM server inside LibreOffice: what the VBA asks of it is done by our Python.

Values are handed over as COM would: an error as COM's integer, numbers as floats. Python objects cross as
texts, for Basic cannot hold them.
"""

import importlib
import os
import sys
import traceback
import types
from datetime import datetime, timedelta

import unohelper
from com.sun.star.script import InvocationInfo, XInvocation2
from com.sun.star.script.MemberType import METHOD
from com.sun.star.uno import RuntimeException

ROWS = "rows follow"
SCRIPT_ERROR = -2146828288  # 0x800A0000: the rest of the integer is the number of CVErr


class Server(unohelper.Base, XInvocation2):
    def __init__(self, context):
        self.objects = {}
        entry = types.ModuleType("addin.ribbon.entry")
        entry.run = self.run
        sys.modules["addin.ribbon.entry"] = entry

    def run(self, name):
        if name == os.environ.get("TOLLSHEET_TEST_FAILS"):
            raise RuntimeError("The card is locked. Unlock it.")
        self.record(f"run {name}")

    def record(self, line):
        with open(os.environ["TOLLSHEET_TEST_RECORD"], "a", encoding="utf-8") as file:
            file.write(line + "\n")

    # what XLPython offers

    def CallUDF(self, module, name, values):
        function = getattr(importlib.import_module(module), name)
        self.record(f"call {name}")
        if os.environ.get("TOLLSHEET_TEST_BROKEN"):
            raise RuntimeError("no Python here")
        rows = function(*(com(value) for value in values))
        if len(rows) == 1:  # as xlwings does
            return basic(rows[0][0]) if len(rows[0]) == 1 else tuple(map(basic, rows[0]))
        return (ROWS, len(rows), len(rows[0]), *(basic(value) for row in rows for value in row))

    def Module(self, name):
        if name == "xlwings._xlwindows":  # imports on Windows only
            return self.keep(types.SimpleNamespace())
        return self.keep(importlib.import_module(name))

    def Tuple(self, *values):
        return self.keep(tuple(values))

    def Call(self, where, name, arguments):
        return self.keep(getattr(self.objects[where], name)(*self.objects[arguments]))

    def Str(self, key):
        return str(self.objects.get(key, key))

    def SetAttr(self, where, name, value):
        self.record(f"set {name} {value is not None}")
        setattr(self.objects[where], name, value)

    def Say(self, text):
        self.record(f"say {text!r}")

    def keep(self, thing):
        key = f"object {len(self.objects)}"
        self.objects[key] = thing
        return key

    # XInvocation2

    def getIntrospection(self):
        return None

    def invoke(self, name, values, places, outs):
        try:
            return getattr(self, name)(*values), (), ()
        except Exception:  # as the COM server words it
            raise RuntimeException(f"Unexpected Python Error: {traceback.format_exc()}", self) from None

    def hasMethod(self, name):
        return name[:1].isupper() and hasattr(self, name)

    def hasProperty(self, name):
        return False

    def getInfoForName(self, name, exact):
        info = InvocationInfo()
        info.aName, info.eMemberType = name, METHOD
        return info

    def getMemberNames(self):
        return ()

    def getValue(self, name):
        raise AttributeError(name)

    def setValue(self, name, value):
        raise AttributeError(name)


def com(value):
    if isinstance(value, tuple):
        return tuple(map(com, value))
    if type(value) is int:  # UNO makes whole numbers so; an error has no other form
        return value if value & ~0xFFFF == SCRIPT_ERROR else float(value)
    return value


def basic(value):
    """Basic has no date that UNO could hand over: a serial, as the cell would show."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    return value


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816
g_ImplementationHelper.addImplementation(Server, "tollsheet.tests.Server", ("tollsheet.tests.Server",))
