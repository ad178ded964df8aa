"""Where elements stand in a part, to the byte."""

from __future__ import annotations

import pytest

from addin.errors import TollsheetError
from addin.hosts.package.elements import Element, find_elements, text_of

PART = (
    b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- <f>no</f> -->"
    b"<s xmlns='u' xmlns:m='v' xmlns:x='u'><c r='A1' m:id=\"1>0\"\r\n><x:f\n >1&lt;2 \xe2\x82\xac</x:f ></c>"
    b"<c r='B1' t='/>' /><f><![CDATA[<f>&]]></f><m:f>other</m:f><c><f></f></c></s>"
)


def found(content: bytes, *names: str) -> list[tuple[Element, bytes]]:
    elements = find_elements(content, names, namespace="u", where="a part")
    return [(one, content[one.start : one.end]) for one in elements]


def test_elements_are_found_to_the_byte() -> None:
    assert [written for _, written in found(PART, "c", "f")] == [
        b"<c r='A1' m:id=\"1>0\"\r\n><x:f\n >1&lt;2 \xe2\x82\xac</x:f ></c>",
        b"<x:f\n >1&lt;2 \xe2\x82\xac</x:f >",
        b"<c r='B1' t='/>' />",
        b"<f><![CDATA[<f>&]]></f>",
        b"<c><f></f></c>",
        b"<f></f>",
    ]


def test_texts_are_read_as_they_are_meant() -> None:
    elements = find_elements(PART, ["f"], namespace="u", where="a part")
    assert [text_of(PART, one) for one in elements] == ["1<2 €", "<f>&", ""]


def test_attributes_prefixes_and_parents() -> None:
    elements = find_elements(PART, ["s", "c", "f"], namespace="u", where="a part")
    assert [one.prefix for one in elements] == ["", "", "x:", "", "", "", ""]
    assert dict(elements[1].attributes) == {"r": "A1", "{v}id": "1>0"}
    parents = [one.parent and one.parent.name for one in elements]
    assert parents == [None, "s", "c", "s", "s", "s", "c"]
    assert [one.closes_itself for one in elements] == [False, False, False, True, False, False, False]


def test_only_the_namespace_asked_for_is_looked_at() -> None:
    [other] = find_elements(PART, ["f"], namespace="v", where="a part")
    assert text_of(PART, other) == "other"


def test_any_namespace_can_be_asked_for() -> None:
    elements = find_elements(PART, ["f"], namespace=None, where="a part")
    assert [(one.namespace, one.prefix) for one in elements] == [
        ("u", "x:"),
        ("u", ""),
        ("v", "m:"),
        ("u", ""),
    ]
    [alone] = find_elements(b"<f/>", ["f"], namespace=None, where="a part")
    assert (alone.namespace, alone.name, alone.prefix) == ("", "f", "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<a><b></a>", "mismatched tag"),
        (b"", "no element found"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "document type"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"),
        ("<a/>".encode("utf-16"), "not in UTF-8"),
        ("<a/>".encode("utf-16-le"), "not in UTF-8"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "not in UTF-8"),
        (b"<a>\xe9</a>", "invalid token"),
    ],
)
def test_what_cannot_be_read_safely_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(TollsheetError, match=f"book.xlsx: xl/a.xml cannot be read.*{why}"):
        find_elements(content, ["a"], namespace="", where="book.xlsx: xl/a.xml")
