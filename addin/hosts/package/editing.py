"""Changes to an XML part by spans of bytes: every byte outside the changed spans stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from addin.hosts.package.elements import Element, find_elements, text_of
from addin.hosts.package.vocabulary import MAIN

_ATTRIBUTE = re.compile(r"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NAME = re.compile(r"<[^\s/>]+")


def escaped(text: str) -> str:
    """Text as it stands between two tags.

    >>> escaped('a<b & "c"')
    'a&lt;b &amp; "c"'
    """
    return escape(text, {"\r": "&#13;"})


def attribute(value: str) -> str:
    """A value as it stands in a tag, with its quotes.

    >>> attribute('a<b & "c"')
    '"a&lt;b &amp; &quot;c&quot;"'
    """
    return '"' + escape(value, {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}) + '"'


class XmlEdits:
    """One part, what stands in it, and what is to be changed. Elements are found in the part as it was.

    >>> xml = XmlEdits(b"<x:c xmlns:x='u' r='A1'><x:f>1+1</x:f></x:c>", "a part")
    >>> cell, formula = xml.find("c", "f", namespace="u")
    >>> xml.set_text(formula, "A2<3")
    >>> xml.set_attributes(cell, {"r": "B1", "t": "b"})
    >>> xml.result()
    b'<x:c xmlns:x=\\'u\\' r="B1" t="b"><x:f>A2&lt;3</x:f></x:c>'
    """

    def __init__(self, content: bytes, where: str) -> None:
        """`where` names file and part in errors."""
        self.content = content
        self._where = where
        self._spans: dict[tuple[int, int], list[str]] = {}

    def find(self, *names: str, namespace: str | None = MAIN) -> list[Element]:
        """The elements of these names in a namespace, or in any (None), as they begin one after the other."""
        return find_elements(self.content, names, namespace=namespace, where=self._where)

    def first(self, name: str, *, namespace: str = MAIN) -> Element | None:
        """The first element of the name, or None."""
        return next(iter(self.find(name, namespace=namespace)), None)

    def text(self, element: Element) -> str:
        """Its text as it was found."""
        return text_of(self.content, element)

    def set_text(self, element: Element, text: str) -> None:
        """Other text for what stood between its tags, elements included."""
        self.set_inner(element, escaped(text))

    def set_inner(self, element: Element, xml: str) -> None:
        """Other XML for all that stood between its tags."""
        if element.closes_itself:
            self._open(element, xml)
        else:
            self._put(element.inner, element.inner_end, xml)

    def append(self, element: Element, xml: str) -> None:
        """XML as the last that stands within it."""
        if element.closes_itself:
            self._open(element, xml)
        else:
            self._put(element.inner_end, element.inner_end, xml)

    def set_attributes(self, element: Element, values: Mapping[str, str | None]) -> None:
        """Other values for attributes by the names as they are written (`ref`, `r:id`): new ones come last,
        None takes one away. To be called once an element."""
        end = element.inner - (2 if self._tag(element).endswith("/>") else 1)
        tag = self.content[element.start : end].decode("utf-8")
        left = dict(values)

        def changed(one: re.Match[str]) -> str:
            if one[1] not in left:
                return one[0]
            value = left.pop(one[1])
            return "" if value is None else one[0][: one.start(2) - one.start()] + attribute(value)

        name = _NAME.match(tag)
        assert name
        tag = name[0] + _ATTRIBUTE.sub(changed, tag[name.end() :])
        for name_of_new, value in left.items():
            if value is not None:
                tag = f"{tag.rstrip()} {name_of_new}={attribute(value)}"
        self._put(element.start, end, tag)

    def replace(self, element: Element, xml: str) -> None:
        """Other XML for the whole element."""
        self._put(element.start, element.end, xml)

    def remove(self, element: Element) -> None:
        self._put(element.start, element.end, "")

    def insert_after(self, element: Element, xml: str) -> None:
        self._put(element.end, element.end, xml)

    def result(self) -> bytes:
        """The part with all changes. What is inserted at one place stands in the order of the calls."""
        pieces, at = [], 0
        for (start, end), texts in sorted(self._spans.items()):
            if start < at:
                raise ValueError(f"{self._where}: changes overlap at byte {start}")
            pieces += [self.content[at:start], "".join(texts).encode("utf-8")]
            at = end
        return b"".join([*pieces, self.content[at:]])

    def _tag(self, element: Element) -> str:
        return self.content[element.start : element.inner].decode("utf-8")

    def _open(self, element: Element, xml: str) -> None:
        """`<f/>` becomes `<f>…</f>`."""
        self._put(element.end - 2, element.end, f">{xml}</{element.prefix}{element.name}>")

    def _put(self, start: int, end: int, text: str) -> None:
        texts = self._spans.setdefault((start, end), [])
        if texts and start != end:
            raise ValueError(f"{self._where}: bytes {start} to {end} are changed twice")
        texts.append(text)
