"""The pieces of a formula as files keep it: texts, cells, sheets, other files, words, columns of tables."""

from __future__ import annotations

import re

_END = r"(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,7})"
_LINES = r"(?:\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})"
_NO_MORE = r"(?![\w.\\?(\[!])"
_QUOTED = r"'(?:[^']|'')*'"
_NUMBERED = r"""(?<=\d\])[^\[\]'"!(){},;=<>&*/^+%]*"""
"""A sheet of a workbook by its number, not in quotes though it ought to be: [3]Sheet-1!A1."""
_BOOK = rf"(?<![\w.\\?\]])\[[^\[\]]*\](?:{_QUOTED}|{_NUMBERED}|[\w.\\?:]*)!"
_PLACE = rf"(?:{_QUOTED}!|{_BOOK}|[\w.\\?]+(?::[\w.\\?]+)?!)"

PIECES = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*"?)                       # "a text", with two quotes for one in it
    | (?P<error>\#(?:REF!(?:(?:{_END}(?::{_END})?|{_LINES}){_NO_MORE})?   # and what was deleted: #REF!$B$5
        | [A-Z0-9/]+[!?]?))
    | (?P<cells>(?P<sheet>{_PLACE})?(?:             # B2  Sheet1!$B$2:C9  'It''s'!A:C  5:7  [1]Log!B2
        (?P<first>{_END})(?::(?P<again>(?P=sheet))?(?P<last>{_END}))?
        | (?P<left>\$?[A-Za-z]{{1,3}}):(?P<right>\$?[A-Za-z]{{1,3}})
        | (?P<top>\$?[0-9]{{1,7}}):(?P<bottom>\$?[0-9]{{1,7}})){_NO_MORE})
    | (?P<place>{_PLACE})                           # what stands before a name: Sheet1!  [1]!  'C:\\a.xlam'!
    | (?P<item>{_QUOTED})                           # what follows [1]! where a link is no workbook
    | (?P<columns>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\]?)*\]?)   # of a table: [[#This Row],[Rate '[USD'']]]
    | (?P<word>[\w.\\?]+)                           # a name, a function, a number, a table before [
    """,
    re.VERBOSE | re.DOTALL,
)
"""One piece after the other; operators and brackets stand between them."""
