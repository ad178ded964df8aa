"""What a person has to look at in a storage statement."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from addin.records.call import Place

NO_RATE = "no rate"
AMOUNT = "amount differs"
DAYS = "days differ"
MINUTES = "minutes differ"
INVOICE = "invoice differs"
NO_EXPORT_DAY = "day of export not known"
TWO_RECORDS = "two records of one id"
TWO_DELETIONS = "two deletion times"
DELETED_BEFORE = "deleted before recorded"
UNKNOWN_DELETION = "deletion without recording"
NOT_READ = "not read"
PAGES = "pages missing"
CHECK = "check: deleted on the last day"
COPY = "copy"
ZERO = "0 seconds"
FREE = "rate 0"

HARMLESS = frozenset((CHECK, COPY, ZERO, FREE))
"""Worth knowing; none of them leaves the statement open."""
DIFFERENCES = frozenset((AMOUNT, DAYS, MINUTES, INVOICE))
"""Where Plivo says another thing than the rule gives."""
REMEDIES = {
    NO_RATE: "Give the rate that Plivo charges for storage.",
    AMOUNT: "Ask Plivo why. The rule: whole minutes x rate, once stored more than 90 days at a month end.",
    DAYS: "Check the day of the export, and that times without a zone were read in the right one.",
    MINUTES: "Listen to the recording, or ask Plivo which of the two is charged.",
    INVOICE: "Compare the recordings: one that only one side has, or has no rate here, makes the difference.",
    NO_EXPORT_DAY: "Give the day of the export: the amounts are of the month end before it.",
    TWO_RECORDS: "Keep the right one in the list. The first was taken.",
    TWO_DELETIONS: "Keep the right time. The first was taken.",
    DELETED_BEFORE: "Correct one of the two times. It was not charged.",
    UNKNOWN_DELETION: "Add the recording to the list: its charges before the deletion are missing.",
    NOT_READ: "Correct the row. It is in no figure.",
    PAGES: "Give all pages: what the others hold is in no figure.",
    CHECK: "The rule does not say which comes first on that day. It was not charged: check the invoice.",
    COPY: "Nothing: it was counted once.",
    FREE: "Nothing, if Plivo stores it for nothing. A rate that is not known is blank, not 0.",
    ZERO: "Nothing: no minute, no charge, whatever the rate. The source is silent on empty recordings.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation; `amount` is what it is about in money, where that is known."""

    kind: str
    place: Place | None
    recording_id: str
    text: str
    amount: Fraction | None = None

    @property
    def is_open(self) -> bool:
        return self.kind not in HARMLESS
