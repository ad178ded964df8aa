"""The UNO type library of the functions, written directly: LibreOffice's own tool for it needs its SDK.

A library in the `UNOIDL` format (version 0, little endian) is a tree of maps. A map's entries are sorted by
name and hold two offsets: of the name (ASCII, ended by NUL) and of what it names. What is named begins with
a byte that says what it is; names inside it carry their length in four bytes before them. Only what the
functions need is written here: modules, one interface of methods, one service.
"""

from __future__ import annotations

import struct
from collections.abc import Container, Mapping, Sequence

MAGIC = b"UNOIDL\xff\x00"
MODULE, INTERFACE, SERVICE_OF_ONE_INTERFACE = 0, 5, 8
WITH_DEFAULT_CONSTRUCTOR = 0x20
IN = 0
BASE = "com.sun.star.uno.XInterface"
ANY = "any"
TABLE_OF_ANY = "[][]any"
"""A sequence of sequences of anything, as the format spells it: what an array formula takes in."""


DOCUMENT = "com.sun.star.beans.XPropertySet"
"""A parameter of this type is hidden from the person: Calc fills it with the workbook's properties."""


def type_library(
    module: str,
    interface: str,
    service: str,
    methods: Mapping[str, Sequence[str]],
    with_document: Container[str] = (),
) -> bytes:
    """A library of one interface and the service that has it.

    Each method takes its parameters (by name) as `any` and gives a table of `any`; those `with_document` take
    the workbook's properties first. `module` is dotted.
    """
    out = bytearray(MAGIC + bytes(8))
    entities = {
        interface: _interface(methods, with_document),
        service: _byte(SERVICE_OF_ONE_INTERFACE | WITH_DEFAULT_CONSTRUCTOR) + _name(f"{module}.{interface}"),
    }
    entries = [(name, _append(out, data)) for name, data in entities.items()]
    for name in reversed(module.split(".")):
        table = _entries(out, entries)
        entries = [(name, _append(out, _byte(MODULE) + _count(entries) + table))]
    root = _append(out, _entries(out, entries))
    struct.pack_into("<II", out, len(MAGIC), root, len(entries))
    return bytes(out)


def _interface(methods: Mapping[str, Sequence[str]], with_document: Container[str]) -> bytes:
    no_optional_bases = no_attributes = no_exceptions = _count(())
    parts = [_byte(INTERFACE), _count([BASE]), _name(BASE), no_optional_bases, no_attributes, _count(methods)]
    for method, parameters in methods.items():
        kinds = dict.fromkeys(parameters, ANY)
        if method in with_document:
            kinds = {"document": DOCUMENT, **kinds}
        parts += [_name(method), _name(TABLE_OF_ANY), _count(kinds)]
        parts += [_byte(IN) + _name(parameter) + _name(kind) for parameter, kind in kinds.items()]
        parts.append(no_exceptions)
    return b"".join(parts)


def _entries(out: bytearray, entries: Sequence[tuple[str, int]]) -> bytes:
    """A map of what is named, sorted as it is searched; the names themselves are put before it."""
    found = [(_append(out, name.encode("ascii") + b"\0"), place) for name, place in sorted(entries)]
    return b"".join(struct.pack("<II", *pair) for pair in found)


def _append(out: bytearray, data: bytes) -> int:
    """Put data at the end; gives where it stands."""
    place = len(out)
    out += data
    return place


def _name(name: str) -> bytes:
    return struct.pack("<I", len(name)) + name.encode("ascii")


def _count(things: Sequence[object] | Mapping[str, object]) -> bytes:
    return struct.pack("<I", len(things))


def _byte(number: int) -> bytes:
    return bytes([number])
