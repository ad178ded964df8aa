"""Elements of an XML part, with the bytes where they stand. Nothing is built and nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from addin.errors import TollsheetError
from addin.hosts.package.vocabulary import MAIN

_START_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_NAME = re.compile(rb"<([^\s/>]+)")
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PLAIN_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}
_BETWEEN = "\n"
"""Stands between namespace and name in what expat hands on; neither can hold it."""


@dataclass(slots=True, eq=False)
class Element:
    """One element and its bytes: `<f a="1">` is start to inner, `</f>` is inner_end to end. Where it closes
    itself (`<f/>`), inner and inner_end are both end."""

    namespace: str
    name: str
    attributes: Mapping[str, str]
    """By name; those with a namespace as "{namespace}name"."""
    parent: Element | None = field(repr=False)
    """The nearest element around it among those that were looked for."""
    prefix: str
    """Of the name as it is written: "x:" or nothing. Elements beside and within it may be written with it."""
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1

    @property
    def closes_itself(self) -> bool:
        return self.inner == self.end


def find_elements(
    content: bytes, names: Sequence[str], *, namespace: str | None = MAIN, where: str
) -> list[Element]:
    """The elements of these names in one namespace, or in any (None), as they begin one after the other.

    >>> [one] = find_elements(b'<x:c xmlns:x="u" r="A1"/>', ["c"], namespace="u", where="a part")
    >>> one.prefix, dict(one.attributes), one.start, one.inner, one.end, one.closes_itself
    ('x:', {'r': 'A1'}, 0, 25, 25, True)

    Raises TollsheetError where the part is no XML, or not in UTF-8, or declares a document type.
    """
    _check_encoding(content, where)
    wanted = {f"{namespace}{_BETWEEN}{name}" if namespace else name for name in names}
    in_any = namespace is None
    found: list[Element] = []
    around: list[Element] = []
    parser = ParserCreate(namespace_separator=_BETWEEN)

    def begin(full: str, attributes: dict[str, str]) -> None:
        if (full.rpartition(_BETWEEN)[2] if in_any else full) in wanted:
            start = parser.CurrentByteIndex
            tag = _START_TAG.match(content, start)
            assert tag  # expat has just read one
            written = _NAME.match(tag[0])
            assert written
            space, _, name = full.rpartition(_BETWEEN)
            prefix = written[1].decode("utf-8").removesuffix(name)
            parent = around[-1] if around else None
            element = Element(space, name, _named(attributes), parent, prefix, start, tag.end())
            around.append(element)
            found.append(element)

    def finish(full: str) -> None:
        if (full.rpartition(_BETWEEN)[2] if in_any else full) in wanted:
            element = around.pop()
            at = parser.CurrentByteIndex
            if content[element.inner - 2 : element.inner] == b"/>":
                element.inner_end = element.end = element.inner
            else:
                element.inner_end, element.end = at, content.index(b">", at) + 1

    def no_document_type(*_: object) -> None:
        raise _damaged(where, "it declares a document type, which no workbook may")

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.StartDoctypeDeclHandler = no_document_type
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise _damaged(where, str(error)) from None
    return found


def text_of(content: bytes, element: Element) -> str:
    """The text of an element with entities read; that of elements within it, too.

    >>> part = b"<f>A1&lt;&quot;x&#10;y&quot;</f>"
    >>> text_of(part, find_elements(part, ["f"], namespace="", where="a part")[0])
    'A1<"x\\ny"'
    """
    inner = content[element.inner : element.inner_end]
    if b"&" not in inner and b"<" not in inner and b"\r" not in inner:
        return inner.decode("utf-8")
    texts: list[str] = []
    parser = ParserCreate(encoding="utf-8")
    parser.CharacterDataHandler = texts.append
    parser.Parse(b"<t>" + inner + b"</t>", True)
    return "".join(texts)


def _named(attributes: Mapping[str, str]) -> Mapping[str, str]:
    return {
        "{" + name.replace(_BETWEEN, "}") if _BETWEEN in name else name: value
        for name, value in attributes.items()
    }


def _check_encoding(content: bytes, where: str) -> None:
    declared = _DECLARED.match(content)
    named = declared[1].decode().lower() if declared else "utf-8"
    if content[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\0" in content[:4] or named not in _PLAIN_ENCODINGS:
        raise _damaged(where, "it is not in UTF-8")


def _damaged(where: str, why: str) -> TollsheetError:
    return TollsheetError(
        f"{where} cannot be read: {why}", "Open the workbook in Excel or LibreOffice and save it again."
    )
