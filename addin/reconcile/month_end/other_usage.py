"""The other usage of a bill (numbers, recordings, messages): what stands for itself, and what is contained.

Source: Twilio's REST API, Usage Records, the full list of usage categories, whose descriptions say what a
category is the sum of. What they do not say is not assumed: such a category is a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from addin.reconcile.bridge import usage_currency
from addin.reconcile.lines import UsageLine
from addin.reconcile.period import Period
from addin.reconcile.usage import CALLS, COPY, CROSSES, OUTSIDE_MONTH

TOTAL = "totalprice"
NO_PRICE = "no price"

_HOLDS = {
    "calls-sip": ("calls-sip-inbound", "calls-sip-outbound"),
    "sms": ("sms-inbound*", "sms-outbound*", "authy-sms-outbound"),
    "sms-inbound": ("sms-inbound-*",),
    "sms-outbound": ("sms-outbound-*",),
    "mms": ("mms-inbound*", "mms-outbound*"),
    "mms-inbound": ("mms-inbound-*",),
    "mms-outbound": ("mms-outbound-*",),
    "phonenumbers": ("phonenumbers-local", "phonenumbers-mobile", "phonenumbers-tollfree"),
    "shortcodes": (
        "shortcodes-customerowned",
        "shortcodes-random",
        "shortcodes-uk",
        "shortcodes-vanity",
    ),
    "recordings": ("calls-recordings", "trunking-recordings"),
    "trunking-origination": (
        "trunking-origination-local",
        "trunking-origination-mobile",
        "trunking-origination-tollfree",
    ),
    "lookups": (
        "carrier-lookups",
        "calleridlookups",
        "number-format-lookups",
        "call-forwarding-lookups",
        "sim-swap-lookups",
        "live-activity-lookups",
        "enhanced-line-type-lookups",
        "identity-match",
    ),
    "programmablevoiceconnectivity": ("programmablevoiceconn-*", "pstnconnectivity*"),
    "programmablevoiceconn-sip": ("programmablevoiceconn-sip-*",),
    "pstnconnectivity": ("pstnconnectivity-*",),
    "voice-intelligence": ("voice-intelligence-*",),
    "pv": (
        "pv-*",
        "group-rooms*",
        "small-group-rooms*",
        "peer-to-peer-rooms-*",
        "video-recordings",
        "turnmegabytes*",
    ),
    "group-rooms": ("group-rooms-participant-minutes", "group-rooms-data-track"),
    "small-group-rooms": ("small-group-rooms-*",),
    "turnmegabytes": ("turnmegabytes-*",),
    CALLS: ("authy-calls-outbound",),
}
"""A category and those that its sum contains; `*` is any ending."""

_ADD_ONS = {
    "sms-messages-carrierfees",
    "mms-messages-carrierfees",
    "phonenumbers-cps",
    "phonenumbers-setups",
    "phonenumbers-emergency",
    "shortcodes-mps",
    "shortcodes-mms-enablement",
    "trunking-cps",
    "trunking-secure",
}
"""Fees that are listed beside a category, and not as a part of it."""


@dataclass(frozen=True, slots=True)
class OtherUsage:
    """A category of an account and currency. `why_not` says why it is not added; empty where it is."""

    category: str
    account: str
    currency: str
    count: int
    cost: Fraction | None
    lines: tuple[UsageLine, ...]
    """The records that make it."""
    why_not: str = ""
    remark: str = ""

    @property
    def is_added(self) -> bool:
        return not self.why_not

    @property
    def unpriced(self) -> int:
        """Records whose cost no sum holds: of a category that another contains, that one's does."""
        contained = self.why_not not in ("", NO_PRICE)
        return 0 if contained else sum(line.lacks_price for line in self.lines)


def parents_of(category: str) -> tuple[str, ...]:
    """The categories whose sum contains this one, as far as the provider says.

    >>> parents_of("sms-outbound-longcode"), parents_of("phonenumbers-setups"), parents_of("recordingstorage")
    (('sms', 'sms-outbound'), (), ())
    """
    return tuple(parent for parent, held in _HOLDS.items() if _is_one_of(category, held))


def _is_one_of(category: str, held: tuple[str, ...]) -> bool:
    return any(category.startswith(one[:-1]) if one.endswith("*") else category == one for one in held)


def other_usage(
    lines: Sequence[UsageLine], month: Period, currencies: Sequence[str]
) -> tuple[list[OtherUsage], dict[tuple[str, str], Fraction]]:
    """Every category that is no call minutes, and the provider's own totals by account and currency.

    Of a category's records the month's own counts, else the shortest spans that do not overlap; a child only
    where no record of a parent covers its days.
    """
    sums: dict[tuple[str, str, str], list[UsageLine]] = defaultdict(list)
    calls: dict[tuple[str, str, str], set[date]] = defaultdict(set)
    for line in lines:
        if line.reason in (COPY, CROSSES, OUTSIDE_MONTH):
            continue
        record = line.record
        key = record.account, usage_currency(line, currencies), record.category
        if line.unit or line.reason.startswith("contained in"):
            calls[key] |= line.record.days
        else:
            sums[key].append(line)
    chosen = {key: list(_spans(its, month)) for key, its in sums.items()}
    days = {key: set().union(*(line.record.days for line in its)) for key, its in chosen.items()} | calls
    found, totals = [], {}
    for (account, currency, category), its in sorted(chosen.items(), key=lambda item: _order(item[0])):
        costs = [Fraction(line.record.cost) for line in its if line.record.cost is not None]
        if category == TOTAL:
            if len(costs) == len(its) and its:
                totals[account, currency] = sum(costs, Fraction(0))
            continue
        known = {name for who, money, name in days if (who, money) == (account, currency)}
        own = days[account, currency, category]
        held = [name for name in parents_of(category) if own <= days.get((account, currency, name), set())]
        partly = [
            name
            for name in parents_of(category)
            if name in known and name not in held and own & days[account, currency, name]
        ]
        why_not = f"contained in {held[0]}" if held else "" if costs else NO_PRICE
        left = len(sums[account, currency, category]) - len(its)
        remarks = [f"also for some days in {partly[0]}: look"] if partly else []
        if left and _overlaps(sums[account, currency, category], own):
            remarks.append("records that cover some of the same days were left out: look")
        if costs and len(costs) < len(its):
            remarks.append(f"{len(its) - len(costs)} records without a price")
        if not held and (parent := _may_be_held_by(category, known)):
            remarks.append(f"the provider does not say whether {parent} contains it")
        found.append(
            OtherUsage(
                category,
                account,
                currency,
                sum(line.record.calls for line in its),
                sum(costs, Fraction(0)) if costs else None,
                tuple(its),
                why_not,
                "; ".join(remarks),
            )
        )
    return found, totals


def _order(key: tuple[str, str, str]) -> tuple[str, str, str]:
    account, currency, category = key
    return currency, account, category


def _may_be_held_by(category: str, known: set[str]) -> str:
    """A category of the file whose name this one begins with, where nothing is said of the two."""
    if category in _ADD_ONS or category.startswith("calls-"):
        return ""
    return next((name for name in sorted(known) if category.startswith(f"{name}-")), "")


def _spans(lines: Sequence[UsageLine], month: Period) -> Iterator[UsageLine]:
    """The records that make the sum: no day twice."""
    covered: set[date] = set()
    for line in sorted(
        lines, key=lambda line: (len(line.record.days) != len(month.days()), len(line.record.days))
    ):
        if not line.record.days & covered:
            covered |= line.record.days
            yield line


def _overlaps(lines: Sequence[UsageLine], covered: set[date]) -> bool:
    """Whether a record left out holds days that the chosen ones do not."""
    return any(line.record.days - covered for line in lines)
