"""The text of one formula, as files keep it, without the add-in: plain names in place of links to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from addin.hosts.package.formula_text import PIECES
from addin.hosts.portable.zones import zone_by_name
from udfs.cells import CELL_FUNCTIONS

_MARKS = re.compile(r"(?:_xll\.|__?xludf\.|_xlfn\.|_xldudf_|org\.tollsheet\.functions\.)+", re.IGNORECASE)
"""What programs write before the name of a function that they do not have, or have from an extension."""
_ADD_IN = re.compile(r"tollsheet(?:[ _.(-].*)?\.xlam", re.IGNORECASE)


def is_add_in(target: str) -> bool:
    """Whether a path or an address leads to our add-in: by its name, which a browser or a person may have
    added to.

    >>> is_add_in("file:///C:\\\\Users\\\\Ann%20B\\\\Tollsheet.xlam"), is_add_in("tollsheet%20(1).xlam")
    (True, True)
    >>> is_add_in("mytollsheet.xlam"), is_add_in("tollsheet.xlsx"), is_add_in("tollsheet.xlam/other.xlam")
    (False, False, False)
    """
    return _ADD_IN.fullmatch(re.split(r"[/\\]", unquote(target))[-1]) is not None


@dataclass(frozen=True, slots=True)
class Links:
    """What the numbers in formulas stand for: `[1]` is the first file that the workbook is linked to."""

    ours: frozenset[int] = frozenset()
    """Those that lead to the add-in."""
    others: Mapping[int, int] = field(default_factory=dict)
    """All the rest, with the number that each has once ours are gone."""
    by_calc: bool = False
    """The file was written by Calc, which drops a link that only functions use and keeps its number in
    formulas: whatever link has that number then, it is not the one that was meant."""

    def is_nobodys(self, number: int) -> bool:
        """Whether a function called by this number cannot be that of another file: `[0]` is the workbook
        itself."""
        return self.by_calc or number not in self.others


@dataclass(frozen=True, slots=True)
class Plain:
    """A formula without the add-in."""

    text: str
    functions: tuple[str, ...]
    """Those of Tollsheet that it calls, and what else it takes from the add-in, in capitals."""
    by_zone: tuple[str, ...] = ()
    """Calls that need the add-in where a time zone is given by its name, in words."""
    unknown: tuple[str, ...] = ()
    """What it takes from the add-in that is no function, as it is written."""


def plain(formula: str, links: Links) -> Plain:
    """The formula with plain names for our functions, and with the numbers that other links get.

    >>> links = Links(frozenset({1}), {2: 1})
    >>> plain('[1]!CALL_COST(A2,[2]Rates!B2)&"[1]!CALL_COST("&Log[[1]!CALL_COST(]', links).text
    'CALL_COST(A2,[1]Rates!B2)&"[1]!CALL_COST("&Log[[1]!CALL_COST(]'
    >>> plain("'C:\\\\Add-ins\\\\tollsheet.xlam'!call_cost(A2,1)", links)
    Plain(text='CALL_COST(A2,1)', functions=('CALL_COST',), by_zone=(), unknown=())
    """
    return _Reading(formula, links).result()


class _Reading:
    """A formula, read from left to right."""

    def __init__(self, formula: str, links: Links) -> None:
        self.formula, self.links = formula, links
        self.written: list[str] = []
        self.functions: dict[str, None] = {}
        self.by_zone: dict[str, None] = {}
        self.unknown: list[str] = []
        self.at = 0

    def result(self) -> Plain:
        while found := PIECES.search(self.formula, self.at):
            self.written.append(self.formula[self.at : found.start()])
            self.at = found.end()
            if found["place"]:
                name = self._next_word()
                self.at += len(name)
                self._place(found["place"], name, is_name=True)
            elif found["sheet"]:
                place = found["sheet"]
                cells = found[0].removeprefix(place)
                self._place(place, cells.partition(place)[0])
                if found["again"]:
                    self._place(place, cells.partition(place)[2])
            elif found["word"]:
                self._word(found[0])
            else:
                self.written.append(found[0])
        text = "".join([*self.written, self.formula[self.at :]])
        return Plain(text, tuple(self.functions), tuple(self.by_zone), tuple(self.unknown))

    def _place(self, place: str, name: str, *, is_name: bool = False) -> None:
        """A sheet of this workbook, or `[1]!`, `[1]Sheet1!`, `'C:\\…\\tollsheet.xlam'!`; and the name or
        the cells behind it."""
        quote = "'" if place.startswith("'") else ""
        inner = place[len(quote) : -1 - len(quote)]
        numbered = re.match(r"\[(\d+)\](.*)", inner, re.DOTALL)
        if numbered:
            number, sheet = int(numbered[1]), numbered[2]
            if number in self.links.ours or is_add_in(sheet):
                self._of_add_in(place, name, "" if is_add_in(sheet) else sheet, is_name=is_name)
            elif is_name and not sheet and _function(name) and self.links.is_nobodys(number):
                self._word(name)
            else:
                new = self.links.others.get(number, number)
                self.written.append(f"{quote}[{new}]{sheet}{quote}!{name}")
            return
        bracketed = re.fullmatch(r".*\[([^\]]*)\](.*)", inner, re.DOTALL)
        file, sheet = (bracketed[1], bracketed[2]) if bracketed else (inner, "")
        if is_add_in(file):
            self._of_add_in(place, name, sheet, is_name=is_name)
        else:  # a name of somewhere else stays, even where it is like one of ours
            self.written.append(place + name)

    def _of_add_in(self, place: str, name: str, sheet: str, *, is_name: bool) -> None:
        if sheet or not (name and is_name):
            self.unknown.append(place + name)
            self.written.append(place + name)
        elif _function(name) and self.formula.startswith("(", self.at):
            self._word(name)
        else:
            self.functions[_bare(name).upper()] = None
            self.written.append(_function(name) or _bare(name))

    def _word(self, word: str) -> None:
        if (name := _function(word)) and self.formula.startswith("(", self.at):
            self.functions[name] = None
            self.written.append(name)
            if zone := zone_by_name(name, self.formula, self.at):
                self.by_zone[zone] = None
        elif name and _MARKS.match(word):
            self.written.append(name)
        else:
            self.written.append(word)

    def _next_word(self) -> str:
        found = PIECES.match(self.formula, self.at)
        return found[0] if found and found.lastgroup == "word" else ""


def _bare(word: str) -> str:
    return _MARKS.sub("", word, count=1) if _MARKS.match(word) else word


def _function(word: str) -> str:
    """The function of ours that a word names, in capitals; empty where it names none."""
    name = _bare(word).upper()
    return name if name in CELL_FUNCTIONS else ""
