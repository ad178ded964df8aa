"""The tables that people fill, Charges, Roster and Types, and the formulas beside what they fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.billing.lines import (
    AFTER,
    BEFORE,
    COPY,
    COUNTED,
    DIALER,
    NO_CAMPAIGN,
    NO_MOMENT,
    NOBODY,
    OTHER_KIND,
    PENDING,
    TABLES,
    UNKNOWN_KIND,
)
from addin.billing.people import ACTIVE, DEACTIVATED, NO_TEAM
from addin.billing.tables import NO_COUNTRY, UNKNOWN_TEAM
from templates import look
from templates.blank.billing_report.model import GROUPS, NEEDED, NO_ACTIVE, TWICE, Model, serial
from templates.blank.billing_report.words import (
    AGENT_LETTER,
    COUNTRY_LETTER,
    LETTERS,
    MONEY,
    NO_NUMBER,
    NO_TABLE,
    OTHER_CURRENCY,
    TEAM_LETTER,
    WORDS,
    key,
    teams,
    word,
)
from templates.grid import COUNT, PLAIN, TEXT, Kind
from templates.inputs import CHARGES, ROSTER
from templates.shared.book import Book
from templates.shared.folding import fold_away
from templates.shared.rules import a_day, at_least_0, is_date, one_of, suggested
from templates.shared.tables import Entry, Field, Figure, Row, column, entries, here, row_number, write_table

MONTH = Kind(look.DAY, widest=11)
AMOUNT = Kind(MONEY)
TYPES = "Types"

_NOTES = {
    "Call id": "The id of the call. A call and its machine detection may share one.",
    "Type": "What was charged: manual, click_to_call, dialer or amd. The sheet Types has the words.",
    "Agent": "Who made the call, as the roster names them. Blank where no agent took it.",
    "Campaign ID": "Of a dialer call: its campaign.",
    "From": "The number that was called from, as text: +1 212 555 0101.",
    "To": "The number that was called, as text.",
    "Country": "The country that was called, in one spelling, such as US. Blank counts as Other.",
    "Started (UTC)": "When the call began. It decides nothing.",
    "Billed (UTC)": "When the call was billed: this decides on day and month. It must be a date, not a text.",
    "Seconds": "How long was talked. Blank where it is not known; the minutes then lack it.",
    "Cost": "What was charged. Blank where the price is pending; negative for a credit.",
    "Currency": "Its currency. Charges in another one than the report's are not added.",
    "Place": "Where it comes from, such as file and row.",
}
_WIDTHS = {
    "Agent": 14,
    "Campaign ID": 14,
    "From": 18,
    "To": 18,
    "Country": 12,
    "Currency": 11,
    "Place": 16,
} | {
    "Started (UTC)": 20,
    "Billed (UTC)": 20,
}
_ROSTER_NOTES = {
    "Agent": "The name, as the charges have it.",
    "Team": "The team; several are separated by semicolons: Sales; Support.",
    "Active": "yes or no.",
    "Place": "Where it comes from, such as file and row.",
}


def charges_fields() -> list[Field]:
    """Yellow and grey columns of the table Charges."""
    rules = {
        "Type": suggested(f"{TYPES}!$A$5:$A$16"),
        "Started (UTC)": a_day("Started"),
        "Billed (UTC)": a_day("Billed"),
        "Seconds": at_least_0("Seconds", "seconds"),
    }
    given = entries(CHARGES, _NOTES, rules)
    wide = [replace(one, width=_WIDTHS.get(one.header, one.width)) for one in given]
    return [*wide, *_charge_figures()]


def roster_fields() -> list[Field]:
    rules = {"Active": one_of(("yes", "no"), "The word for active")}
    return [*entries(ROSTER, _ROSTER_NOTES, rules), *_roster_figures()]


def _of(header: str) -> str:
    return here("Charges", header)


def _charge_figures() -> list[Figure]:
    """Each column asks those on its left: LibreOffice, which calculates a new file column by column, else
    takes long chains for circles."""
    number = row_number("Charges", "Call id")
    is_counted = f'{_of("Outcome")}="{COUNTED}"'
    letters = "".join(f'IF({_of("Table")}="{table}",{key(LETTERS[table], _of("Row"))},' for table in TABLES)
    country = key(COUNTRY_LETTER, f"UPPER({_of('Country')})")
    groups = "".join(f'IF({_of("Table")}="{table}",{GROUPS[table]},' for table in TABLES)
    return [
        Figure("Copy key", TEXT, "For the formulas: what copies of one charge agree on.", _copy_key(), 20),
        Figure("Agent key", TEXT, "For the formulas: the agent as they compare them.",
               f'IF(TRIM({_of("Agent")})="","",{key(AGENT_LETTER, _of("Agent"))})', 14),
        Figure("Table", TEXT, "The table of the report that its type belongs to, by the sheet Types.",
               f'IFERROR(INDEX({TYPES}[Table],MATCH({word(_of("Type"))},{TYPES}[Word],0)),"")', 29),
        Figure("Problem", TEXT, "Why it would be left out of any period.", _problem(number), 18),
        Figure("Outcome", TEXT, "Counted, or why the charge is left out.", _outcome(), 24),
        Figure("Row", TEXT, "The row of that table: the agent, or the campaign.", _row(is_counted), 14),
        Figure("Its team", TEXT, "The teams of the agent, by the roster.", _team(is_counted), 18),
        Figure("Month", MONTH, "The month in which it was billed, for the trend: whatever the period.",
               _month(), 12),
        Figure("Row key", TEXT, "For the formulas: the row as they compare it.",
               f'IF({is_counted},{letters}""))),"")', 16),
        Figure("Row first", PLAIN, "For the formulas: where a row of the report is met first.",
               _first("Row key", number, f"{groups}0)))"), 12),
        Figure("Team key", TEXT, "For the formulas: the team as they compare it.",
               f'IF({is_counted},{key(TEAM_LETTER, _of("Its team"))},"")', 16),
        Figure("Team first", PLAIN, "For the formulas: where a team is met first.",
               _first("Team key", number, "0"), 12),
        Figure("Country key", TEXT, "For the formulas: the country as they compare it.",
               f'IF({is_counted},IF(TRIM({_of("Country")})="","{COUNTRY_LETTER}|{NO_COUNTRY}",'
               f'{country}),"")', 14),
        Figure("Country first", PLAIN, "For the formulas: where a country is met first.",
               _first("Country key", number, "0"), 12),
        Figure("Campaign key", TEXT, "For the formulas: the campaign, where an agent took the call.",
               f'IF(({_of("Table")}="{DIALER}")*({_of("Agent key")}<>""),{_of("Row key")},"")', 16),
    ]  # fmt: skip


FOLDED = (
    *("Copy key", "Agent key", "Row key", "Row first", "Team key", "Team first", "Country key"),
    *("Country first", "Campaign key"),
)
"""Columns that serve formulas alone."""


def _team(is_counted: str) -> str:
    found = f"INDEX(Roster[Teams],MATCH({_of('Agent key')},Roster[Key],0))"
    of_agent = f'IF({_of("Agent key")}="","{NOBODY}",IFERROR({found},"{UNKNOWN_TEAM}"))'
    return f'IF({is_counted},{of_agent},"")'


def _month() -> str:
    month = f'IFERROR(EOMONTH({_of("Billed (UTC)")},-1)+1,"")'
    return f'IF(COUNTA({_filled()})=0,"",IF({_of("Problem")}="",{month},""))'


def _filled() -> str:
    return ",".join(map(_of, NEEDED))


def _outcome() -> str:
    billed, problem = _of("Billed (UTC)"), _of("Problem")
    otherwise = f'IF({problem}="","{COUNTED}",{problem})'
    dated = f'IF({billed}<first_day,"{BEFORE}",IF({billed}>=last_day+1,"{AFTER}",{otherwise}))'
    return f'IF(COUNTA({_filled()})=0,"",IF({is_date(billed)},{dated},{otherwise}))'


def _problem(number: str) -> str:
    """The first reason, the period left aside."""
    cost, table = _of("Cost"), _of("Table")
    no_cost = f'IF(ISERROR({cost}),"{NO_NUMBER}",IF({cost}="","{PENDING}","{NO_NUMBER}"))'
    priced = f'IF(ISNUMBER({cost}),IF({_of("Currency")}&""=currency&"","","{OTHER_CURRENCY}"),{no_cost})'
    timed = f'IF({is_date(_of("Billed (UTC)"))},{priced},"{NO_MOMENT}")'
    known = f'IF({table}="{NO_TABLE}","{OTHER_KIND}",IF({table}="","{UNKNOWN_KIND}",{timed}))'
    copied = f'IF({_of("Copy key")}="",FALSE,MATCH({_of("Copy key")},Charges[Copy key],0)<{number})'
    return f'IF(COUNTA({_filled()})=0,"",IF({copied},"{COPY}",{known}))'


def _row(is_counted: str) -> str:
    campaign, agent = _of("Campaign ID"), _of("Agent")
    of_campaign = f'IF(TRIM({campaign})="","{NO_CAMPAIGN}",TRIM({campaign}))'
    named = f"IFERROR(TRIM(INDEX(Roster[Agent],MATCH({_of('Agent key')},Roster[Key],0))),TRIM({agent}))"
    of_agent = f'IF({_of("Agent key")}="","{NOBODY}",{named})'
    return f'IF({is_counted},IF({_of("Table")}="{DIALER}",{of_campaign},{of_agent}),"")'


def _first(name: str, number: str, base: str) -> str:
    its = _of(name)
    return f'IF({its}="","",IF(MATCH({its},{column("Charges", name)},0)={number},{base}+{number},""))'


def _copy_key() -> str:
    cost = _of("Cost")
    units = f'IF(ISERROR({cost}),"error",IF(ISNUMBER({cost}),ROUND({cost}*10^8,0),{cost}))'
    parts = [
        key("", _of("Call id")),
        word(_of("Type")),
        *(key("", _of(name)).removeprefix('"|"&') for name in ("Agent", "Campaign ID")),
        *(_second(_of(name)) for name in ("Started (UTC)", "Billed (UTC)")),
        units,
        _of("Currency"),
    ]
    joined = '&"|"&'.join(parts)
    return f'IF({_of("Call id")}="","",{joined})'


def _second(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),ROUND({cell}*86400,0),{cell})"


def _roster_figures() -> list[Figure]:
    def of(header: str) -> str:
        return here("Roster", header)

    number = row_number("Roster", "Agent")
    is_twice = f"MATCH({of('Key')},Roster[Key],0)<{number}"
    where = f'Charges[Agent key],{of("Key")},Charges[Outcome],"{COUNTED}"'
    spelled = teams(of("Team"))
    return [
        Figure("Key", TEXT, "For the formulas: the name as they compare it.",
               f'IF(TRIM({of("Agent")})="","",{key(AGENT_LETTER, of("Agent"))})', 16),
        Figure("Teams", TEXT, "The teams in one spelling: each combination is charged by itself.",
               f'IF(TRIM({of("Team")})="","{NO_TEAM}",{spelled})', 18),
        Figure("Status", TEXT, "active or deactivated.",
               f'IF(LOWER(TRIM({of("Active")}))="yes","{ACTIVE}",IF(LOWER(TRIM({of("Active")}))="no",'
               f'"{DEACTIVATED}",""))', 13),
        Figure("Charges", COUNT, "Charges in the period.",
               f'IF({of("Key")}="",0,COUNTIFS({where}))', 11),
        Figure("Cost", AMOUNT, "What they cost, in the currency of the report.",
               f'IF({of("Key")}="",0,ROUND(SUMIFS(Charges[Cost],{where}),10))', 12),
        Figure("Remark", TEXT, "What is wrong with the row.",
               f'IF({of("Key")}="","",IF({is_twice},"{TWICE}",IF({of("Status")}="","{NO_ACTIVE}","")))', 26),
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
    places = [*TABLES, NO_TABLE]
    words: list[Field] = [
        Entry("Word", Kind(widest=36, is_input=True),
              "The word without blanks, - and _: clicktocall for click_to_call. Add yours below.", None, 30),
        Entry("Table", Kind(widest=36, is_input=True),
              "The table of the report; none for calls that it has no table for.",
              one_of(places, "The table"), 34),
    ]  # fmt: skip
    write_table(sheet, book.look, TYPES, words, [{"Word": word, "Table": table} for word, table in WORDS])


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
            **{f"{name} key": one.keys[name] for name in ("Row", "Team", "Country", "Campaign", "Copy")},
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
