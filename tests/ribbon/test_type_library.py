"""The type library, read back by the rules of its format."""

from __future__ import annotations

import struct
from typing import Any

from addin.ribbon.building.type_library import type_library

METHODS = {"RATE": ["number", "card"], "COST": ["duration"]}
LIBRARY = type_library("org.example", "XFunctions", "Functions", METHODS)


class Reader:
    """Reads a library as LibreOffice does: maps by offset, everything else in order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, size: int = 4) -> int:
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "little")

    def name(self) -> str:
        length = self.number()
        self.at += length
        return self.data[self.at - length : self.at].decode("ascii")

    def entries(self, place: int, count: int) -> dict[str, Any]:
        pairs = [struct.unpack_from("<II", self.data, place + 8 * number) for number in range(count)]
        names = [self.data[name : self.data.index(b"\0", name)].decode("ascii") for name, _ in pairs]
        assert names == sorted(names)  # they are searched by halves
        return {name: self.entity(entity) for name, (_, entity) in zip(names, pairs, strict=True)}

    def entity(self, place: int) -> Any:
        self.at = place
        kind = self.number(1)
        if kind == 0:
            return self.entries(place + 5, self.number())
        if kind == 5:
            return self.interface()
        assert kind == 8 | 0x20
        return self.name()

    def interface(self) -> Any:
        bases = [self.name() for _ in range(self.number())]
        assert (self.number(), self.number()) == (0, 0)
        return bases, dict(self.method() for _ in range(self.number()))

    def method(self) -> Any:
        name, kind = self.name(), self.name()
        parameters = [(self.number(1), self.name(), self.name()) for _ in range(self.number())]
        assert self.number() == 0
        return name, (kind, parameters)


def test_a_library_says_what_was_put_in() -> None:
    assert LIBRARY[:8] == b"UNOIDL\xff\x00"
    root, count = struct.unpack_from("<II", LIBRARY, 8)
    assert Reader(LIBRARY).entries(root, count) == {
        "org": {
            "example": {
                "Functions": "org.example.XFunctions",
                "XFunctions": (
                    ["com.sun.star.uno.XInterface"],
                    {
                        "RATE": ("[][]any", [(0, "number", "any"), (0, "card", "any")]),
                        "COST": ("[][]any", [(0, "duration", "any")]),
                    },
                ),
            }
        }
    }


def test_a_method_may_take_the_workbook_first() -> None:
    library = type_library("org.example", "XFunctions", "Functions", METHODS, {"COST"})
    root, count = struct.unpack_from("<II", library, 8)
    _, methods = Reader(library).entries(root, count)["org"]["example"]["XFunctions"]
    document = (0, "document", "com.sun.star.beans.XPropertySet")
    assert methods["COST"] == ("[][]any", [document, (0, "duration", "any")])
    assert methods["RATE"] == ("[][]any", [(0, "number", "any"), (0, "card", "any")])


def test_two_libraries_are_equal() -> None:
    assert type_library("org.example", "XFunctions", "Functions", METHODS) == LIBRARY
