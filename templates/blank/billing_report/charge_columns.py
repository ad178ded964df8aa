"""The table Charges: what people fill, and the formulas beside it."""

from __future__ import annotations

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
from addin.billing.tables import NO_COUNTRY, UNKNOWN_TEAM
from templates import look
from templates.blank.billing_report.model import GROUPS
from templates.blank.billing_report.rows import NEEDED
from templates.blank.billing_report.words import (
    AGENT_LETTER,
    COUNTRY_LETTER,
    LARGEST_COST,
    LETTERS,
    LONGEST_KEY,
    NO_AGENT,
    NO_ID,
    NO_NUMBER,
    NO_SECONDS,
    NO_TABLE,
    OTHER_CURRENCY,
    TEAM_LETTER,
    TWIN,
    UNREADABLE,
    key,
    word,
)
from templates.grid import PLAIN, TEXT, Kind
from templates.inputs import CHARGES
from templates.shared import ids, words
from templates.shared.columns import chosen
from templates.shared.durations import LONG_TIMES, is_seconds
from templates.shared.rules import a_day, at_least_0, is_date, suggested
from templates.shared.tables import Field, Figure, column, entries, here, row_number

MONTH = Kind(look.DAY, widest=11)
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
    "Seconds": "How long was talked. Blank where it is not known; the minutes then lack it. " + LONG_TIMES,
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


def _of(header: str) -> str:
    return here("Charges", header)


def _charge_figures() -> list[Figure]:
    """Each column asks those on its left: LibreOffice, which calculates a new file column by column, else
    takes long chains for circles."""
    number = row_number("Charges", "Call id")
    agent, is_read = _of("Agent"), f'{_of("Unreadable")}=""'
    is_counted = f'{_of("Outcome")}="{COUNTED}"'
    letters = "".join(f'IF({_of("Table")}="{table}",{key(LETTERS[table], _of("Row"))},' for table in TABLES)
    country = key(COUNTRY_LETTER, f"UPPER({_of('Country')})")
    groups = "".join(f'IF({_of("Table")}="{table}",{GROUPS[table]},' for table in TABLES)
    return [
        Figure("Id key", TEXT, "For the formulas: the id and the type.", _id_key(), 20),
        Figure("Copy key", TEXT, "For the formulas: what copies of one charge agree on.", _copy_key(), 20),
        Figure("Unreadable", TEXT, "For the formulas: yes where a cell is an error, or names are too long.",
               _unreadable(), 12),
        Figure("Agent key", TEXT, "For the formulas: the agent as they compare them.",
               f'IF({is_read},IF({words.bare(agent)}="","",{key(AGENT_LETTER, agent)}),"")', 14),
        Figure("Talked (s)", PLAIN, "For the formulas: the seconds, where they can be used.", _talked(), 11),
        Figure("Table", TEXT, "The table of the report that its type belongs to, by the sheet Types.",
               f'IFERROR(INDEX({TYPES}[Table],MATCH({word(_of("Type"))},{TYPES}[Key],0))&"","")', 29),
        Figure("Problem", TEXT, "Why it would be left out of any period.", _problem(number), 18),
        Figure("Outcome", TEXT, "Counted, or why the charge is left out.", _outcome(), 24),
        Figure("Row", TEXT, "The row of that table: the agent, or the campaign.", _row(is_counted), 14),
        Figure("Its team", TEXT, "The teams of the agent, by the roster.", _team(is_counted), 18),
        Figure("Month", MONTH, "The month in which it was billed, for the trend: whatever the period.",
               _month(), 12),
        Figure("Remark", TEXT, "What is to be looked at in a charge that counts: checks count it.",
               _remark(is_counted, number), 40, is_alarm=True),
        Figure("Row key", TEXT, "For the formulas: the row as they compare it.",
               f'IF({is_counted},{letters}""))),"")', 16),
        Figure("Row first", PLAIN, "For the formulas: where a row of the report is met first.",
               _first("Row key", number, f"{groups}0)))"), 12),
        Figure("Team key", TEXT, "For the formulas: the team as they compare it.",
               f'IF({is_counted},{key(TEAM_LETTER, _of("Its team"))},"")', 16),
        Figure("Team first", PLAIN, "For the formulas: where a team is met first.",
               _first("Team key", number, "0"), 12),
        Figure("Country key", TEXT, "For the formulas: the country as they compare it.",
               f'IF({is_counted},IF({words.bare(_of("Country"))}="","{COUNTRY_LETTER}|{NO_COUNTRY}",'
               f'{country}),"")', 14),
        Figure("Country first", PLAIN, "For the formulas: where a country is met first.",
               _first("Country key", number, "0"), 12),
        Figure("Campaign key", TEXT, "For the formulas: the campaign, where an agent took the call.",
               f'IF(({_of("Table")}="{DIALER}")*({_of("Agent key")}<>""),{_of("Row key")},"")', 16),
    ]  # fmt: skip


FOLDED = (
    *(
        "Id key",
        "Copy key",
        "Unreadable",
        "Agent key",
        "Talked (s)",
        "Row key",
        "Row first",
        "Team key",
        "Team first",
        "Country key",
    ),
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
    in_currency = f'IF({_of("Currency")}&""=currency&"","","{OTHER_CURRENCY}")'
    exact = f'IF(ABS({cost})<{LARGEST_COST},{in_currency},"{NO_NUMBER}")'
    priced = f"IF(ISNUMBER({cost}),{exact},{no_cost})"
    timed = f'IF({is_date(_of("Billed (UTC)"))},{priced},"{NO_MOMENT}")'
    is_known = f"OR({','.join(f'{table}={chr(34)}{one}{chr(34)}' for one in TABLES)})"
    known = f'IF({table}="{NO_TABLE}","{OTHER_KIND}",IF({is_known},{timed},"{UNKNOWN_KIND}"))'
    copied = f'IF({_of("Copy key")}="",FALSE,MATCH({_of("Copy key")},Charges[Copy key],0)<{number})'
    readable = f'IF({_of("Unreadable")}="",IF({copied},"{COPY}",{known}),"{UNREADABLE}")'
    return f'IF(COUNTA({_filled()})=0,"",{readable})'


def _row(is_counted: str) -> str:
    campaign, agent = _of("Campaign ID"), _of("Agent")
    of_campaign = f'IF({words.bare(campaign)}="","{NO_CAMPAIGN}",{words.bare(campaign)})'
    listed = f"INDEX(Roster[Agent],MATCH({_of('Agent key')},Roster[Key],0))"
    named = f"IFERROR({words.bare(listed)},{words.bare(agent)})"
    of_agent = f'IF({_of("Agent key")}="","{NOBODY}",{named})'
    return f'IF({is_counted},IF({_of("Table")}="{DIALER}",{of_campaign},{of_agent}),"")'


def _first(name: str, number: str, base: str) -> str:
    its = _of(name)
    found = f"IFERROR(MATCH({its},{column('Charges', name)},0)={number},FALSE)"
    return f'IF({its}="","",IF({found},{base}+{number},""))'


def _id_key() -> str:
    both = f'{key("", _of("Call id"))}&"|"&{word(_of("Type"))}'
    return f'IFERROR(IF({words.bare(_of("Call id"))}="","",{both}),"")'


def _copy_key() -> str:
    cost = _of("Cost")
    units = f'IF(ISERROR({cost}),"error",IF(ISNUMBER({cost}),ROUND({cost}*10^8,0),{cost}))'
    parts = [
        _of("Id key"),
        *(key("", _of(name)).removeprefix('"|"&') for name in ("Agent", "Campaign ID")),
        *(_second(_of(name)) for name in ("Started (UTC)", "Billed (UTC)")),
        units,
        _of("Currency"),
    ]
    joined = '&"|"&'.join(parts)
    return f'IFERROR(IF({_of("Id key")}="","",{joined}),"")'


def _unreadable() -> str:
    """Errors in what decides where a charge counts, and names too long to be looked up. That of the cost is
    a reason of its own; seconds and numbers decide nothing."""
    texts = "&".join(map(_of, (*_DECIDING, "Currency")))
    return f'IF(ISERROR({texts}),"yes",IF(LEN({_of("Copy key")})>{LONGEST_KEY},"yes",""))'


_DECIDING = ("Call id", "Type", "Agent", "Campaign ID", "Country", "Started (UTC)", "Billed (UTC)")


def _talked() -> str:
    seconds = _of("Seconds")
    return f'IF({is_seconds(seconds)},{seconds},"")'


def _remark(is_counted: str, number: str) -> str:
    its_id = _of("Id key")
    is_given = f'IF(ISERROR({_of("Seconds")}),TRUE,{_of("Seconds")}<>"")'
    asked = (
        (f'AND({is_given},{_of("Talked (s)")}="")', NO_SECONDS),
        (f'{_of("Copy key")}=""', NO_ID),
        *ids.asked_of(_of("Call id")),
        (f'IF({its_id}="",FALSE,MATCH({its_id},Charges[Id key],0)<{number})', TWIN),
        (f'{_of("Its team")}="{UNKNOWN_TEAM}"', NO_AGENT),
    )
    return f'IF({is_counted},{chosen(asked)},"")'


def _second(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),ROUND({cell}*86400,0),{cell})"
