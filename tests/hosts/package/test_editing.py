"""Changes by spans: the bytes outside them stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.hosts.package import XmlEdits

PART = (
    b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<s xmlns='u' xmlns:x='u'><!-- mine -->"
    b"<c  r = 'A1'\ts='&quot;' ><f>1</f></c><x:c/><e a='1'><?keep me?></e></s>"
)
XML_TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"))


def edits() -> XmlEdits:
    return XmlEdits(PART, "a part")


def test_without_changes_it_is_the_same() -> None:
    xml = edits()
    xml.find("c", "f", namespace="u")
    assert xml.result() == PART


def test_attributes_are_changed_in_their_place() -> None:
    xml = edits()
    first, second = xml.find("c", namespace="u")
    xml.set_attributes(first, {"r": 'B"2', "s": None, "cm": "1"})
    xml.set_attributes(second, {"r": "C<1"})
    changed = PART.replace(b"<c  r = 'A1'\ts='&quot;' >", b'<c  r = "B&quot;2" cm="1">')
    assert xml.result() == changed.replace(b"<x:c/>", b'<x:c r="C&lt;1"/>')


def test_an_attribute_that_only_ends_alike_is_left() -> None:
    xml = XmlEdits(b"<c xr:ref='a' ref='b'  xmlns:xr='v'/>", "a part")
    [one] = xml.find("c", namespace="")
    xml.set_attributes(one, {"ref": "z"})
    assert xml.result() == b"<c xr:ref='a' ref=\"z\"  xmlns:xr='v'/>"


def test_an_element_that_closes_itself_is_opened() -> None:
    xml = edits()
    closed = xml.find("c", namespace="u")[1]
    xml.set_text(closed, "a<b")
    xml.set_attributes(closed, {"t": "str"})
    assert xml.result() == PART.replace(b"<x:c/>", b'<x:c t="str">a&lt;b</x:c>')


def test_each_kind_of_change() -> None:
    xml = edits()
    cell, formula, closed = xml.find("c", "f", namespace="u")
    extra = xml.first("e", namespace="u")
    assert extra
    xml.set_text(formula, "2")
    xml.append(cell, "<v>2</v>")
    xml.insert_after(closed, "<g/>")
    xml.insert_after(closed, "<h/>")
    xml.remove(extra)
    assert xml.result() == PART.replace(b"<f>1</f>", b"<f>2</f><v>2</v>").replace(
        b"<x:c/><e a='1'><?keep me?></e>", b"<x:c/><g/><h/>"
    )


def test_one_place_is_not_changed_twice() -> None:
    xml = edits()
    formula = xml.find("f", namespace="u")[0]
    xml.set_text(formula, "2")
    with pytest.raises(ValueError, match="changed twice"):
        xml.set_text(formula, "3")


def test_changes_within_what_is_replaced_are_refused() -> None:
    xml = edits()
    cell, formula, _ = xml.find("c", "f", namespace="u")
    xml.set_text(formula, "2")
    xml.replace(cell, "<c/>")
    with pytest.raises(ValueError, match="changes overlap"):
        xml.result()


@given(XML_TEXT, XML_TEXT)
def test_what_is_written_is_read_again(text: str, value: str) -> None:
    text, value = text + "\r\n]]>\t", value + "\r\n\t'"
    xml = edits()
    cell = xml.find("c", namespace="u")[0]
    xml.set_text(cell, text)
    xml.set_attributes(cell, {"r": value})
    again = XmlEdits(xml.result(), "a part")
    cell = again.find("c", namespace="u")[0]
    assert (again.text(cell), cell.attributes["r"]) == (text, value)
