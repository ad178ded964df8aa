"""The tables that people fill, Charges, Roster and Types, and the formulas beside what they fill."""

from __future__ import annotations

from collections.abc import Sequence

from addin.billing.lines import (
    COUNTED,
    TABLES,
)
from addin.billing.people import ACTIVE, DEACTIVATED, NO_TEAM
from templates.blank.billing_report.charge_columns import FOLDED, TYPES, charges_fields
from templates.blank.billing_report.model import Model
from templates.blank.billing_report.rows import NO_ACTIVE, TWICE
from templates.blank.billing_report.sums import cost_of
from templates.blank.billing_report.words import (
    AGENT_LETTER,
    MONEY,
    NO_TABLE,
    WORDS,
    key,
    teams,
    word,
    word_of,
)
from templates.grid import COUNT, TEXT, Kind
from templates.inputs import ROSTER
from templates.shared import words
from templates.shared.answers import Answers
from templates.shared.book import Book
from templates.shared.columns import remark
from templates.shared.folding import fold_away
from templates.shared.rules import one_of
from templates.shared.serials import serial
from templates.shared.tables import Entry, Field, Figure, Row, entries, here, row_number, write_table

AMOUNT = Kind(MONEY)
TYPE_WORDS = Answers(TYPES, "Word", "Key", "Table", (*TABLES, NO_TABLE))

_ROSTER_NOTES = {
    "Agent": "The name, as the charges have it.",
    "Team": "The team; several are separated by semicolons: Sales; Support.",
    "Active": "yes or no.",
    "Place": "Where it comes from, such as file and row.",
}


def roster_fields() -> list[Field]:
    rules = {"Active": one_of(("yes", "no"), "The word for active")}
    return [*entries(ROSTER, _ROSTER_NOTES, rules), *_roster_figures()]


def _roster_figures() -> list[Figure]:
    def of(header: str) -> str:
        return here("Roster", header)

    number = row_number("Roster", "Agent")
    is_twice = f"MATCH({of('Key')},Roster[Key],0)<{number}"
    where = f'Charges[Agent key],{of("Key")},Charges[Outcome],"{COUNTED}"'
    spelled, active = teams(of("Team")), f"LOWER({words.bare(of('Active'))})"
    return [
        Figure("Key", TEXT, "For the formulas: the name as they compare it.",
               f'IF({words.bare(of("Agent"))}="","",{key(AGENT_LETTER, of("Agent"))})', 16),
        Figure("Teams", TEXT, "The teams in one spelling: each combination is charged by itself.",
               f'IF({words.bare(of("Team"))}="","{NO_TEAM}",{spelled})', 18),
        Figure("Status", TEXT, "active or deactivated.",
               f'IF({active}="yes","{ACTIVE}",IF({active}="no",'
               f'"{DEACTIVATED}",""))', 13),
        Figure("Charges", COUNT, "Charges in the period.",
               f'IF({of("Key")}="",0,COUNTIFS({where}))', 11),
        Figure("Cost", AMOUNT, "What they cost, in the currency of the report.",
               f'IF({of("Key")}="",0,{cost_of(where)})', 12),
        Figure("Remark", TEXT, "What is wrong with the row.",
               remark(f'{of("Key")}=""', ((is_twice, TWICE), (f'{of("Status")}=""', NO_ACTIVE))), 26),
    ]  # fmt: skip


def write_inputs(book: Book, model: Model) -> None:
    """The sheets Charges, Roster and Types."""
    sheet = book.input_sheet(
        "Charges",
        "A row for each charge, up to some 10,000. The + above shows columns that serve formulas alone.",
    )
    write_table(sheet, book.look, "Charges", charges_fields(), _charge_rows(model))
    fold_away(sheet, charges_fields(), FOLDED, ["Table"])
    sheet = book.input_sheet("Roster", "A row for each agent. Charges of others are shown, and fail a check.")
    write_table(sheet, book.look, "Roster", roster_fields(), _roster_rows(model))
    fold_away(sheet, roster_fields(), ["Key"])
    sheet = book.input_sheet(TYPES, "The words for the type of a charge, and the table each belongs to.")
    types: list[Field] = [
        Entry("Word", Kind(widest=36, is_input=True),
              "The word; case, blanks, - and _ do not matter. Add yours below.", None, 30),
        Entry("Table", Kind(widest=36, is_input=True),
              "The table of the report; none for calls that it has no table for.",
              one_of(TYPE_WORDS.known, "The table"), 34),
        Figure("Key", TEXT, "The word as it is compared.", word(here(TYPES, "Word")), 20),
        TYPE_WORDS.figure(),
    ]  # fmt: skip
    write_table(sheet, book.look, TYPES, types, TYPE_WORDS.with_problems(type_rows()))


def type_rows() -> Sequence[Row]:
    return [{"Word": one, "Table": table, "Key": word_of(one)} for one, table in WORDS]


def _charge_rows(model: Model) -> Sequence[Row]:
    return [
        {
            **one.given,
            "Outcome": one.outcome,
            "Table": one.table,
            "Row": one.row,
            "Its team": one.team,
            "Month": serial(one.month) if one.month else "",
            "Problem": one.problem,
            "Unreadable": "yes" if one.is_unreadable else "",
            "Talked (s)": "" if one.seconds is None else one.seconds,
            "Remark": one.remark,
            **{
                f"{name} key": one.keys[name] for name in ("Row", "Team", "Country", "Campaign", "Id", "Copy")
            },
            **{f"{name} first": one.firsts[name] or "" for name in ("Row", "Team", "Country")},
            "Agent key": one.agent_key,
        }
        for one in model.charges
    ]


def _roster_rows(model: Model) -> Sequence[Row]:
    return [
        {
            **one.given,
            "Teams": one.teams,
            "Status": one.status,
            "Charges": one.charges,
            "Cost": one.cost,
            "Remark": one.remark,
            "Key": one.key,
        }
        for one in model.users
    ]
