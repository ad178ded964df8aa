"""The table Disputes: what is asked for and what became of it, and what follows."""

from __future__ import annotations

from datetime import date

from addin.disputes import checks
from addin.disputes.records import ACCEPTED, OPEN, REJECTED, SETTLED, STATUSES, Dispute
from addin.disputes.totals import bucket_names, bucket_of
from addin.reconcile.measure import PRINTED_PLACES
from templates import look as styles
from templates.blank.dispute.example import Rows
from templates.grid import Kind
from templates.inputs import AMOUNT, DAY, WORDS
from templates.shared import words
from templates.shared.columns import AN_ERROR, chosen, helper, remark
from templates.shared.ranking import order_of, orders_of
from templates.shared.rules import a_day, at_least_0, is_date, one_of, suggested
from templates.shared.serials import serial
from templates.shared.tables import Entry, Field, Figure, Row, Shown, here, row_number

TABLE = "Disputes"
BUCKETS = (30, 60, 90)
UNITS = 4
"""The currencies that the summary has room for."""
NOT_ABOVE, FUTURE = "Billed is not above expected", "Opened after the as-of day"
TWICE, NO_DATE = "The same dispute twice", "Status date is missing or no date"
EARLY, LATE = "Status date is before Opened on", "Status date is after the as-of day"
LARGEST = 10**9
"""Larger amounts would cost the sums their last decimals."""
_LONGEST_NAME = 70
"""Of what is looked up in the helper Same: programs look up 255 characters."""
_TEXT, _FIGURE, _COUNT = Kind(widest=24), Kind(styles.AMOUNT), Kind(styles.COUNT)


def _cell(header: str) -> str:
    return here(TABLE, header)


_STATUS, _CREDITED = _cell("Status"), f"N({_cell('Amount credited')})"
_LARGEST_OF_ROW = f"MAX({_cell('Billed')},{_cell('Expected')},{_cell('Amount credited')})"
_PLACES = f"MIN({PRINTED_PLACES},15-LEN(INT({_LARGEST_OF_ROW})))"
"""The decimals of differences: cells keep 15 digits, and what is left of large amounts beyond is noise."""
IS_OPEN = f'OR({_STATUS}="{OPEN}",{_STATUS}="")'
_ENTERED = (
    *(
        "Call id",
        "About",
        "Date",
        "Reason",
        "Billed",
        "Expected",
        "Unit",
        "Status",
        "Opened on",
        "Status date",
    ),
    *("Amount credited", "Reference", "Note", "Place in the bill"),
)
_IS_BLANK = "&".join(map(_cell, _ENTERED)) + '=""'


def _if_any(formula: str, blank: str = '""') -> str:
    return f"IF({_IS_BLANK},{blank},{formula})"


def _to_check() -> str:
    """The questions of the dispute report, after what makes a row unusable."""
    left = f"ROUND({_cell('In question')}-{_CREDITED},{_PLACES})"
    given, opened = _cell("Amount credited"), _cell("Opened on")
    known = ",".join(f'{_STATUS}<>"{one}"' for one in ("", *STATUSES))
    unit, answered = _cell("Unit"), _cell("Status date")
    is_code = f'AND(ISTEXT({unit}),LEN({unit})=3,LEN(TRIM({unit}))=3,{unit}<>"min")'
    amounts = [_cell(name) for name in ("Billed", "Expected", "Amount credited")]
    too_large = ",".join(f"N({amount})>={LARGEST}" for amount in amounts)
    subject = words.bare(f"{_cell('Call id')}&{_cell('About')}")
    same = words.as_it_stands(_cell("Same"))
    asked = (
        (f'{subject}=""', "Say which call, or what it is about"),
        (f"COUNT({_cell('Billed')},{_cell('Expected')})<2", "Billed or expected is missing or no number"),
        (f"OR(N({_cell('Billed')})<0,N({_cell('Expected')})<0)", "Billed or expected is below 0"),
        (f"OR({too_large})", "An amount of a billion or more cannot be added exactly"),
        (f'{unit}=""', "Unit is missing: write the currency, such as USD"),
        (f"NOT({is_code})", "Unit is no currency of three letters, such as USD"),
        (f'{_cell("Reason")}=""', "Reason is missing"),
        (f'AND({_cell("Date")}<>"",NOT({is_date(_cell("Date"))}))', "Date is no date"),
        (f"NOT({is_date(opened)})", "Opened on is missing or no date"),
        (f"AND({known})", "Status is not known"),
        (f'AND({given}<>"",ISNUMBER({given})=FALSE)', "Amount credited is no number"),
        (f"{_CREDITED}<0", "Amount credited is below 0"),
        (f"{_cell('In question')}<=0", NOT_ABOVE),
        (f"{opened}>as_of", FUTURE),
        (f"{_cell('Unit order')}>{UNITS}", f"More than {UNITS} currencies"),
        (f"COUNTIFS({TABLE}[Same],{same})>1", TWICE),
        (f'AND({_STATUS}="{SETTLED}",{_CREDITED}=0)', checks.NO_CREDIT),
        (f'AND({_STATUS}="{REJECTED}",{_CREDITED}<>0)', checks.YET_CREDITED),
        (f"{left}<0", checks.TOO_MUCH),
        (f"AND({IS_OPEN},{_CREDITED}<>0)", checks.STILL_OPEN),
        (f'AND({_STATUS}="{ACCEPTED}",{left}=0)', checks.IN_FULL),
        (f'IF({IS_OPEN},{answered}<>"",TRUE)*NOT({is_date(answered)})>0', NO_DATE),
        (f"AND(ISNUMBER({answered}),{answered}<INT({opened}))", EARLY),
        (f"AND(ISNUMBER({answered}),INT({answered})>INT(as_of))", LATE),
    )
    said = remark(_IS_BLANK, asked)
    return f'IF(ISERROR({_IS_BLANK}),"{AN_ERROR}",{said})'


def entry_fields() -> list[Entry]:
    """The yellow columns, under the headers of the dispute report."""
    return [
        Entry("Call id", WORDS, "The provider's id of the call, as text. Blank: say what it "
        "is About.", width=16),
        Entry("About", WORDS, "What a dispute without a call is about: a category, a day.", width=14),
        Entry("Date", DAY, "The day of the call, in UTC.", a_day("The date"), 12),
        Entry("Reason", WORDS, "Why it is disputed: choose, or type "
        "your own.", suggested("dispute_reasons"), 30),
        Entry("Billed", AMOUNT, "What the provider charged.", at_least_0("Billed", "the currency"), 12),
        Entry("Expected", AMOUNT, "What it should be; 0 where nothing should be charged. Never blank.",
              at_least_0("Expected", "the currency"), 12),
        Entry("Unit", WORDS, "The currency, such as USD. Currencies are never added.", width=9),
        Entry("Status", WORDS, "open (or blank): not answered. accepted: agreed, the credit awaited. "
        "settled: the "
              "credit received. rejected: there will be none.", one_of(STATUSES, "The status"), 12),
        Entry("Opened on", DAY, "The day on which it was raised: its age counts "
        "from here.", a_day("Opened on"), 12),
        Entry("Status date", DAY, "The day on which the provider answered.", a_day("The status date"), 12),
        Entry("Amount credited", AMOUNT, "What has been credited so far. Blank: nothing.",
              at_least_0("Amount credited", "the currency"), 13),
        Entry("Reference", WORDS, "Of the credit note or the provider's ticket.", width=14),
        Entry("Note", WORDS, "Yours.", width=26),
        Entry("Place in the bill", WORDS, "File and row.", width=16),
    ]  # fmt: skip


def fields() -> list[Field]:
    """The yellow columns, then what follows from them."""
    question = f"ROUND({_cell('Billed')}-{_cell('Expected')},{_PLACES})"
    asked = f"IF(COUNT({_cell('Billed')},{_cell('Expected')})<2,NA(),{question})"
    left = f"ROUND({_cell('In question')}-{_CREDITED},{_PLACES})"
    is_over = f'OR({_STATUS}="{REJECTED}",{_STATUS}="{SETTLED}")'
    given_up = f"ROUND({_cell('In question')}-{_CREDITED}-{_cell('Outstanding')},{_PLACES})"
    age = _cell("Age, days")
    names = bucket_names(BUCKETS)
    bucket = chosen(
        [(f"{age}<={last}", name) for name, last in zip(names, BUCKETS, strict=False)], f'"{names[-1]}"'
    )
    first = f'IF({_cell("Unit")}="",0,IF(MATCH({_cell("Unit")},{TABLE}[Unit],0)={_cell("No")},1,0))'
    order = (
        f'IF({_cell("First of unit")}=0,0,COUNTIFS({TABLE}[First of unit],1,{TABLE}[No],"<="&{_cell("No")}))'
    )
    named = [f"LEFT({words.bare(_cell(name))},{_LONGEST_NAME})" for name in ("Call id", "About", "Reason")]
    same = '&"|"&'.join([*named[:2], _cell("Date"), named[2], _cell("Unit")])
    in_letter = f"AND({_cell('Unit')}=currency,N({_cell('Claimed')})>0)"
    size = f"ROUND(N({_cell('Claimed')})*10^6,0)+1"
    weight = f"IF({_IS_BLANK},0,IFERROR(IF({in_letter},{size},0),0))"
    return [
        *entry_fields(),
        Figure("In question", _FIGURE, "Billed minus expected, in its unit.", _if_any(asked), 13),
        Figure("Outstanding", _FIGURE, "In question less credited, while it is open or accepted.",
               _if_any(f"IF({is_over},0,{left})"), 13),
        Figure("Given up", _FIGURE, "What was in question and will not come.", _if_any(given_up), 12),
        Figure("Claimed", _FIGURE, "What the letter asks for: what is open.",
               _if_any(f"IF({IS_OPEN},MAX(0,{_cell('Outstanding')}),0)"), 12),
        Figure("Age, days", _COUNT, "Days since it was opened, on the as-of day.",
               _if_any(f"IF(ISNUMBER({_cell('Opened on')}),INT(as_of)-INT({_cell('Opened on')}),NA())"), 9),
        Figure("Age bucket", _TEXT, "For the ageing.", _if_any(bucket), 15),
        Figure("To check", _TEXT, "What does not fit in this row; blank where all is well.",
               _to_check(), 34, is_alarm=True),
        helper("State", "The status; open where it is blank.",
               _if_any(f'IF({_STATUS}="","{OPEN}",{_STATUS})')),
        helper("No", "The number of the row in this table.", row_number(TABLE, "Call id"), number=True),
        helper("First of unit", "1 in the first row of a currency.", first, number=True),
        helper("Unit order", "The place of its currency on the summary, in its "
        "first row.", order, number=True),
        helper("Same", "Call, reason and currency: a dispute has them once.",
               _if_any(f'"d|"&{same}', f'"row "&{_cell("No")}')),
        helper("Weight", "What is claimed in the letter's currency, in millionths.", weight, number=True),
        helper("Order of differences", "The largest first.",
               order_of(TABLE), number=True),
    ]  # fmt: skip


def to_check_of(one: Dispute, as_of: date) -> str:
    """What the formula says of a row that can be used."""
    if one.question <= 0:
        return NOT_ABOVE
    if one.opened_on > as_of:
        return FUTURE
    said = checks.to_check(one)
    answered = one.entered.status_on
    if said or answered is None:
        return said or (NO_DATE if one.status != OPEN else "")
    if answered < one.opened_on:
        return EARLY
    return LATE if answered > as_of else ""


def rows_of(rows: Rows) -> list[Row]:
    """What stands in the table, formulas included."""
    units = list(dict.fromkeys(one.unit for one in rows.disputes))
    seen: set[str] = set()
    found: list[dict[str, Shown]] = []
    for number, one in enumerate(rows.disputes, 1):
        is_first = one.unit not in seen
        seen.add(one.unit)
        age = one.age_on(rows.as_of)
        day = serial(one.day) if one.day else ""
        is_claimed = one.unit == rows.currency and one.claimed > 0
        found.append(
            {
                "Call id": one.call_id,
                "About": one.subject,
                "Date": one.day,
                "Reason": one.reason,
                "Billed": one.billed,
                "Expected": one.expected,
                "Unit": one.unit,
                "Status": one.status,
                "Opened on": one.opened_on,
                "Status date": one.entered.status_on,
                "Amount credited": one.entered.credited,
                "Reference": one.entered.reference,
                "Note": one.entered.note,
                "Place in the bill": one.billed_place,
                "In question": one.question,
                "Outstanding": one.outstanding,
                "Given up": one.given_up,
                "Claimed": one.claimed,
                "Age, days": age,
                "Age bucket": bucket_of(age, BUCKETS),
                "To check": to_check_of(one, rows.as_of),
                "State": one.status,
                "No": number,
                "First of unit": int(is_first),
                "Unit order": units.index(one.unit) + 1 if is_first else 0,
                "Same": f"d|{one.call_id}|{one.subject}|{day}|{one.reason}|{one.unit}",
                "Weight": int(one.claimed * 10**6) + 1 if is_claimed else 0,
            }
        )
    orders = orders_of([int(str(row["Weight"])) for row in found])
    for row, order in zip(found, orders, strict=True):
        row["Order of differences"] = order
    return [*found]
