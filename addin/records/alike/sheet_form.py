"""What the XML of a sheet has to be like for all its readers to find the same in it: one pattern says that.

The pattern is made for a sheet's columns, and a whole block of rows fits it or is left to the row-by-row
reader. All cells of a column are of the kinds that its form names; what is damaged, of another kind or merely
written in another way fits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any
from xml.etree import ElementTree

import numpy as np
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from addin.records.alike.given import NotPlain

MOST_STYLES = 300
MOST_COLUMNS = 100
"""Of a sheet whose pattern stays small."""

_SIGNS = r"[^<&\x00-\x08\x0b-\x1f]*"
_TEXT = rf"{_SIGNS}(?:&(?:amp|lt|gt|quot|apos);{_SIGNS})*"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_STYLE = '(?: s="[0-9]{1,5}")?'
_FORMULA = (
    r'(?:<f(?: t="[a-zA-Z]+")?(?: aca="[a-z01]+")?(?: ref="[A-Z0-9:]+")?(?: ca="[a-z01]+")?(?: si="[0-9]+")?'
    rf"(?:>{_TEXT}</f>| ?/>))?"
)
_SPACE = '(?: xml:space="preserve")?'
_ROW = (
    r'<row r="[1-9][0-9]*"(?: spans="[0-9:]*")?(?: s="[0-9]+")?(?: customFormat="[a-z01]+")?'
    r'(?: ht="[0-9.]+")?(?: hidden="[a-z01]+")?(?: customHeight="[a-z01]+")?(?: outlineLevel="[0-9]+")?'
    r'(?: collapsed="[a-z01]+")?'
)
_DESCENT = r'(?: x14ac:dyDescent="[0-9.]+")?'
"""As Excel marks the rows of sheets that name this extension."""
_BLANK = rf'{_STYLE}(?: t="(?:n|s|str|inlineStr)")? ?/>'

SHARED = f'{_STYLE} t="s"><v>[0-9]+</v></c>'
_INLINE = f'{_STYLE} t="inlineStr"><is>(?:<t{_SPACE}>{_TEXT}</t>|<t ?/>)</is></c>'
_WRITTEN = f'{_STYLE} t="str">{_FORMULA}<v>{_TEXT}</v></c>'
INLINE = f"{_INLINE}|{_WRITTEN}"
ERROR = f'{_STYLE} t="b">{_FORMULA}<v>[01]</v></c>|{_STYLE} t="e">{_FORMULA}<v>{_TEXT}</v></c>'
"""Or TRUE and FALSE: rows with one are read by themselves."""
_SHORT = r"-?[0-9]{1,20}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?"
ANY = f'{SHARED}|{INLINE}|{ERROR}|{_STYLE}(?: t="n")?>{_FORMULA}<v>{_SHORT}</v></c>'
"""Any of what the readers know: nobody looks at it."""
_X14AC = re.compile(rb"<worksheet[^>]*\sxmlns:x14ac=")
_UTF_8 = re.compile(rb"""\sencoding\s*=\s*["']utf-8["']""", re.IGNORECASE)
_ENTRIES = rf"\A(?:<si><t>{_TEXT}</t></si>)*\z"
"""The table of texts."""


def number(styles: Collection[int], digits: str = f"-?{_NUMBER}") -> str:
    """A number in one of these styles; 0 is that of a cell that names none."""
    named = "|".join(map(str, sorted(styles))) or "x"
    style = f'(?: s="(?:{named})")' + ("?" if 0 in styles else "")
    return f'{style}(?: t="n")?>{_FORMULA}<v>{digits}</v></c>'


POSITIVE = _NUMBER
WHOLE = "(?:0|[1-9][0-9]{0,14})"


def rows_of(columns: Sequence[tuple[str, str]], head: bytes) -> str:
    """Rows of cells under these letters, in their order, of their forms, in a sheet that begins so."""
    cells = "".join(f'(?:<c r="{letters}[0-9]+"(?:{form}|{_BLANK}))?' for letters, form in columns)
    return _rows(cells, head)


def rows_of_any(head: bytes) -> str:
    return _rows(f'(?:<c r="[A-Z]{{1,3}}[0-9]+"(?:{ANY}|{_BLANK}))*', head)


def _rows(cells: str, head: bytes) -> str:
    _refuse_encoding(head)
    row = _ROW + (_DESCENT if _X14AC.search(head) else "")
    return rf"\A(?:{row}(?:>{cells}</row>| ?/>))*\z"


def entries(xml: bytes) -> Any:
    """The texts of a workbook's table as an arrow array of strings, as openpyxl reads them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    begin, end = xml.find(b"<si>"), xml.rfind(b"</si>") + len(b"</si>")
    if begin < 0:  # a table of none
        begin = end = len(xml)
    _refuse_encoding(xml[:begin])
    try:
        around = ElementTree.fromstring(xml[:begin] + xml[end:])
    except ElementTree.ParseError:
        raise NotPlain from None
    if around.tag != f"{{{SHEET_MAIN_NS}}}sst" or len(around):
        raise NotPlain
    if begin == end:
        return pa.array([], pa.string())
    text = xml[begin:end].replace(b'<t xml:space="preserve"', b"<t")
    text = text.replace(b"<t/>", b"<t></t>").replace(b"<t />", b"<t></t>")
    refuse_other(text, _ENTRIES)
    inside = _as_arrow(text, len(b"<si><t>"), len(text) - len(b"</t></si>"))
    texts = pc.split_pattern(inside, "</t></si><si><t>").values.cast(pa.string())
    texts = unescaped(texts) if b"&" in text else texts
    return pc.replace_substring(texts, "x005F_", "") if b"x005F_" in text else texts


def unescaped(texts: Any) -> Any:
    """Arrow strings with the signs that XML writes by their names."""
    import pyarrow.compute as pc

    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        texts = pc.replace_substring(texts, f"&{name};", sign)
    return texts


def _refuse_encoding(head: bytes) -> None:
    """Of a part that begins so; nor is there anything but a declaration before its first element."""
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml([^>]*)\?>", head)
    if b"<!" in head or head.count(b"<?") > (declared is not None):
        raise NotPlain
    if declared and b"encoding" in declared[1] and not _UTF_8.search(declared[1]):
        raise NotPlain


def refuse_other(text: bytes, pattern: str) -> None:
    """Raises NotPlain where a text does not fit."""
    import pyarrow.compute as pc

    if b"]" in text and b"]]>" in text:
        raise NotPlain
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            raise NotPlain from None
        if b"\xef\xbf\xbe" in text or b"\xef\xbf\xbf" in text:
            raise NotPlain
    if not pc.match_substring_regex(_as_arrow(text, 0, len(text)), pattern)[0].as_py():
        raise NotPlain


def _as_arrow(text: bytes, start: int, end: int) -> Any:
    """An arrow array of one text, a part of this one, without a copy."""
    import pyarrow as pa

    ends = pa.py_buffer(np.array([start, end], np.int64))
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(text)])


def width(text: bytes) -> int:
    """The number of the last column that has a cell."""
    return max(
        map(column_index_from_string, {found.decode() for found in re.findall(rb'<c r="([A-Z]{1,3})', text)}),
        default=0,
    )


def first_kind(text: bytes, letters: str, of_text: bool = False) -> tuple[str, int]:
    """The type and the style of the first cell of a column that is not blank, or the first text."""
    kinds = rb' t="(s|str|inlineStr)"' if of_text else rb'(?: t="([a-zA-Z]+)")?'
    found = re.search(rb'<c r="%b[0-9]+"(?: s="([0-9]+)")?%b>' % (letters.encode(), kinds), text)
    return ((found[2] or b"n").decode(), int(found[1] or 0)) if found else ("", 0)
