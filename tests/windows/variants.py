"""COM as VBA speaks it: variants of exact types, arrays that count from 1, late-bound calls. Windows only.

pywin32 on the calling side would not do: in an array it hands over error cells and omissions as blanks.
"""

from __future__ import annotations

import ctypes
from ctypes import (
    POINTER,
    Structure,
    Union,
    byref,
    c_double,
    c_int32,
    c_long,
    c_short,
    c_uint16,
    c_uint32,
    c_uint64,
    c_void_p,
    c_wchar_p,
)
from typing import Any

from cases import Error

EMPTY, NULL, I2, I4, R8, DATE, BSTR, DISPATCH, ERROR, BOOL, VARIANT_TYPE = 0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 12
ARRAY = 0x2000

ole32 = ctypes.WinDLL("ole32")
oleaut32 = ctypes.WinDLL("oleaut32")
for function, result, arguments in (
    (oleaut32.SysAllocStringLen, c_void_p, (c_wchar_p, c_uint32)),
    (oleaut32.SysAllocStringByteLen, c_void_p, (ctypes.c_char_p, c_uint32)),
    (oleaut32.SysFreeString, None, (c_void_p,)),
    (oleaut32.SysStringLen, c_uint32, (c_void_p,)),
    (oleaut32.SafeArrayCreate, c_void_p, (c_uint16, c_uint32, c_void_p)),
    (oleaut32.SafeArrayGetDim, c_uint32, (c_void_p,)),
    (oleaut32.SafeArrayGetLBound, c_long, (c_void_p, c_uint32, c_void_p)),
    (oleaut32.SafeArrayGetUBound, c_long, (c_void_p, c_uint32, c_void_p)),
    (oleaut32.SafeArrayAccessData, c_long, (c_void_p, c_void_p)),
    (oleaut32.SafeArrayUnaccessData, c_long, (c_void_p,)),
    (oleaut32.VariantClear, c_long, (c_void_p,)),
):
    function.restype, function.argtypes = result, arguments


class _Content(Union):
    _fields_ = [
        ("short", c_short),
        ("long", c_int32),
        ("double", c_double),
        ("pointer", c_void_p),
        ("both", c_uint64 * 2),
    ]


class Variant(Structure):
    _fields_ = [("kind", c_uint16), ("reserved", c_uint16 * 3), ("content", _Content)]


class _Bound(Structure):
    _fields_ = [("count", c_uint32), ("lowest", c_int32)]


class _Parameters(Structure):
    _fields_ = [
        ("arguments", POINTER(Variant)),
        ("names", c_void_p),
        ("count", c_uint32),
        ("named", c_uint32),
    ]


class _Exception(Structure):
    _fields_ = [
        ("code", c_uint16),
        ("reserved", c_uint16),
        ("source", c_void_p),
        ("description", c_void_p),
        ("help_file", c_void_p),
        ("help_context", c_uint32),
        ("pointer", c_void_p),
        ("deferred", c_void_p),
        ("scode", c_int32),
    ]


def fill(variant: Variant, value: Any) -> None:
    """Set a variant to a value: a list of rows is a range, a tuple VBA's `Array(...)`."""
    if value is None:
        variant.kind = EMPTY
    elif isinstance(value, Error):
        variant.kind, variant.content.long = ERROR, value.number
    elif isinstance(value, bool):
        variant.kind, variant.content.short = BOOL, -value
    elif isinstance(value, float):
        variant.kind, variant.content.double = R8, value
    elif isinstance(value, int):
        variant.kind, variant.content.long = I4, value
    elif isinstance(value, str):
        variant.kind, variant.content.pointer = BSTR, oleaut32.SysAllocStringLen(value, len(value))
    elif isinstance(value, tuple):
        variant.kind, variant.content.pointer = ARRAY | VARIANT_TYPE, _array(value, [_Bound(len(value), 0)])
    else:
        rows, columns = len(value), len(value[0])
        cells = [row[column] for column in range(columns) for row in value]  # first index fastest
        bounds = [_Bound(columns, 1), _Bound(rows, 1)]  # kept in reverse
        variant.kind, variant.content.pointer = ARRAY | VARIANT_TYPE, _array(cells, bounds, reverse=True)


def _array(cells: Any, bounds: list[_Bound], *, reverse: bool = False) -> int:
    ordered = bounds[::-1] if reverse else bounds  # SafeArrayCreate takes them in the order they are written
    array = oleaut32.SafeArrayCreate(VARIANT_TYPE, len(bounds), (_Bound * len(bounds))(*ordered))
    data = c_void_p()
    oleaut32.SafeArrayAccessData(array, byref(data))
    elements = ctypes.cast(data, POINTER(Variant))
    for place, cell in enumerate(cells):
        fill(elements[place], cell)
    oleaut32.SafeArrayUnaccessData(array)
    return int(array)


def read(variant: Variant) -> Any:
    """What VBA would find in a variant; arrays as lists, two-dimensional ones as lists of rows."""
    kind = variant.kind
    if kind in (EMPTY, NULL):
        return None
    if kind == ERROR:
        return Error(variant.content.long)
    if kind == BOOL:
        return bool(variant.content.short)
    if kind in (R8, DATE):
        return variant.content.double
    if kind in (I2, I4):
        return variant.content.short if kind == I2 else variant.content.long
    if kind == BSTR:
        pointer = variant.content.pointer
        return ctypes.wstring_at(pointer, oleaut32.SysStringLen(pointer)) if pointer else ""
    if kind == ARRAY | VARIANT_TYPE:
        return _read_array(variant.content.pointer)
    raise TypeError(f"a variant of type {kind:#x} is not expected here")


def _read_array(array: int) -> list[Any]:
    sizes = []
    for dimension in range(1, oleaut32.SafeArrayGetDim(array) + 1):
        low, high = c_int32(), c_int32()
        oleaut32.SafeArrayGetLBound(array, dimension, byref(low))
        oleaut32.SafeArrayGetUBound(array, dimension, byref(high))
        sizes.append(high.value - low.value + 1)
    data = c_void_p()
    oleaut32.SafeArrayAccessData(array, byref(data))
    elements = ctypes.cast(data, POINTER(Variant))
    cells = [read(elements[place]) for place in range(sizes[0] * (sizes[1] if len(sizes) > 1 else 1))]
    oleaut32.SafeArrayUnaccessData(array)
    return cells if len(sizes) == 1 else [cells[row :: sizes[0]] for row in range(sizes[0])]


class CallFailed(RuntimeError):
    """A call that the server answered with an exception; VBA would stop with this text."""


class Server:
    """A late-bound COM object, as `Dim server As Object` is one."""

    def __init__(self, pointer: int) -> None:
        self.pointer = c_void_p(pointer)
        table = ctypes.cast(ctypes.cast(self.pointer, POINTER(c_void_p))[0], POINTER(c_void_p))
        prototype = ctypes.WINFUNCTYPE
        self._ids = prototype(c_long, c_void_p, c_void_p, c_void_p, c_uint32, c_uint32, c_void_p)(table[5])
        self._invoke = prototype(
            c_long, c_void_p, c_int32, c_void_p, c_uint32, c_uint16, c_void_p, c_void_p, c_void_p, c_void_p
        )(table[6])
        self._release = prototype(c_uint32, c_void_p)(table[2])
        self._no_interface = (ctypes.c_byte * 16)()
        self._numbers: dict[str, int] = {}

    def call(self, method: str, *arguments: Any) -> Any:
        """Call a method and read its result."""
        number = self._numbers.get(method)
        if number is None:
            number = self._numbers[method] = self._number(method)
        variants = (Variant * len(arguments))()
        for place, value in enumerate(reversed(arguments)):
            fill(variants[place], value)
        parameters = _Parameters(ctypes.cast(variants, POINTER(Variant)), None, len(arguments), 0)
        result, trouble, place_of_trouble = Variant(), _Exception(), c_uint32()
        code = self._invoke(
            self.pointer,
            number,
            self._no_interface,
            0,
            1,
            byref(parameters),
            byref(result),
            byref(trouble),
            byref(place_of_trouble),
        )
        for variant in variants:
            oleaut32.VariantClear(byref(variant))
        if code:
            told = ctypes.wstring_at(trouble.description) if trouble.description else ""
            raise CallFailed(f"{method}: {code & 0xFFFFFFFF:#x} {told}")
        value = read(result)
        oleaut32.VariantClear(byref(result))
        return value

    def release(self) -> None:
        """Let go; the server ends when nobody holds it."""
        self._release(self.pointer)

    def _number(self, method: str) -> int:
        name, number = (c_wchar_p * 1)(method), c_int32()
        code = self._ids(self.pointer, self._no_interface, name, 1, 0, byref(number))
        if code:
            raise CallFailed(f"{method} is not a method: {code & 0xFFFFFFFF:#x}")
        return number.value


def running_server(clsid: str) -> Server | None:
    """The object of a class that another process serves; None while none does."""
    class_id, interface, found = (ctypes.c_byte * 16)(), (ctypes.c_byte * 16)(), c_void_p()
    ole32.CLSIDFromString(c_wchar_p(clsid), class_id)
    ole32.CLSIDFromString(c_wchar_p("{00020400-0000-0000-C000-000000000046}"), interface)  # IDispatch
    local_server = 4
    code = ole32.CoCreateInstance(class_id, None, local_server, interface, byref(found))
    return Server(found.value) if code == 0 and found.value else None


def server_by_dll(dll: str, command: str, mode: int = 1) -> Server | None:
    """What xlwings' macro does with its DLL: mode 1 starts or reuses Python, -1 ends it."""
    activate = ctypes.WinDLL(dll).XLPyDLLActivateAuto
    activate.argtypes, activate.restype = (c_void_p, c_void_p, c_long), c_long
    encoded = command.encode("mbcs")
    text = oleaut32.SysAllocStringByteLen(encoded, len(encoded))
    result = Variant()
    failed = activate(byref(result), text, mode)
    oleaut32.SysFreeString(text)
    if failed:
        raise CallFailed(f"the DLL says: {read(result)}")
    return Server(result.content.pointer) if result.kind == DISPATCH else None
