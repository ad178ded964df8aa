"""One line per charge: the table, row and column it was counted in, or why it was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from addin.records.call import Charge
from udfs.rating.cost import Terms

MANUAL, DIALER, AMD = "Manual outbound + click-to-call", "Dialer campaigns", "Answering Machine Detection"
TABLES = (MANUAL, DIALER, AMD)
TABLE_OF = {"manual": MANUAL, "click_to_call": MANUAL, "dialer": DIALER, "amd": AMD}
SHORT_NAMES = {"manual": MANUAL, "dialer": DIALER, "amd": AMD}
"""What a person calls a table, to sort it alone."""

COUNTED = "counted"
COPY = "copy"
NOT_BILLED = "call not billed"
OTHER_KIND = "in none of the tables"
UNKNOWN_KIND = "unknown type"
NO_MOMENT = "moment of billing not known"
BEFORE, AFTER = "billed before the period", "billed after the period"
NOT_CHOSEN = "agent not chosen"
NO_AGENT = "no agent"
UNKNOWN_STATUS = "unknown status"
UNRATED = "no rate"
PENDING = "pending"

LEFT_OUT = (
    COPY, NOT_BILLED, BEFORE, AFTER, OTHER_KIND, NOT_CHOSEN, UNKNOWN_KIND, NO_MOMENT, NO_AGENT,
    UNKNOWN_STATUS, UNRATED, PENDING,
)  # fmt: skip
"""Why a charge is in no table; each leaves at the first reason that applies. Copies and calls that were not
billed are first looked at for the period."""
TO_LOOK_AT = (UNKNOWN_KIND, NO_MOMENT, UNKNOWN_STATUS, UNRATED, PENDING)
"""Reasons for which the report may lack an amount that belongs into it."""

OTHER = "Other"
NOBODY, NO_CAMPAIGN = "(no agent)", "(no campaign)"
BY_FILE, BY_NUMBER = "file", "number"


@dataclass(slots=True, eq=False)
class Line:
    """A charge on its way into the report. `outcome` is `counted` or one of `LEFT_OUT`."""

    charge: Charge
    is_call_record: bool = False
    """Whether it is a call record that a rate card put the cost to."""
    terms: Terms | None = None
    """Those of the row of the card that covers it."""
    outcome: str = COUNTED
    remark: str = ""
    twin: str = ""
    """Where another charge of the same id and type stands."""
    billed_at: datetime | None = None
    by_end: bool = False
    """Whether start + duration stands for the moment billed."""
    billed_on: date | None = None
    """In the zone of the report."""
    table: str = ""
    agent: str = ""
    """As the roster spells the name."""
    team: str = ""
    status: str = ""
    country: str = ""
    """Its code, empty where there is none."""
    country_by: str = ""
    """`file` or `number`."""
    no_country: str = ""
    """Why there is none."""
    number_in: str = ""
    """The country of the number, where the file says another one."""
    is_bare: bool = False
    """Whether the country is to be told by a number that is written without + or 00."""
    is_national: bool = False
    """Whether it has no country as the number seems to be a national one."""
    may_be_in: tuple[str, ...] = ()
    """Other countries that share the number."""
    row: str = ""
    """Of the table that it is counted in: the agent or the campaign."""
    column: str = ""
    """The country's column or `Other`; empty where no countries are chosen."""
    in_trend: bool = False

    @property
    def cost(self) -> Decimal | None:
        return self.charge.cost

    @property
    def currency(self) -> str:
        return self.charge.currency

    @property
    def is_counted(self) -> bool:
        return self.outcome == COUNTED
