"""What the figures rest on: rules with sources, choices that no source decides, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from addin.reconcile.expectation import LOG_PRICES, RATE_CARD, places_of
from addin.reconcile.gaps import part_of_month
from addin.reconcile.lines import EXPECTED, LogLine
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.reconcile.wording import amount, counted, measure, minutes
from addin.records.call import SourceFile
from addin.reports.about import Assumption

_TWILIO = "Twilio: Resolving Call Log and Call Usage Discrepancies"
_TWILIO_USAGE = "Twilio: REST API, Usage Records, usage categories"
_CONNEXCS = "ConnexCS: Billing Basics"
_OURS = "assumption: no source says it"
_RUN = "as asked for this run"


def assumptions_of(result: Reconciliation, sources: Sequence[SourceFile]) -> tuple[Assumption, ...]:
    """The list for the Assumptions sheet, the same order every month."""
    return (
        *_time(result, sources),
        *_minutes(result),
        *_cost(result),
        *_sides(result),
        *_left_out(result),
    )


def assumptions_of_month_end(*, others: bool, checked: bool) -> tuple[Assumption, ...]:
    """What the sheets beyond the comparison rest on: with other usage, with prices that were checked."""
    found = [
        Assumption("End of a call", "The start and the time talked; logs do not all say the end.", _OURS),
        Assumption(
            "Accrual",
            "Up to where an account's bill reaches, the bill counts; beyond it what is expected is accrued. "
            "Call records reach to the start of the last one that counts, usage records to the days that "
            "they cover; an account without anything billed reaches nowhere. What an invoice leaves "
            "unexplained is not accrued.",
            _OURS,
        ),
    ]
    if others:
        text = "What a category contains is as the provider's list says. One that the list does not know "
        found.append(Assumption("Other usage", f"{text}stands for itself.", _TWILIO_USAGE))
    if checked:
        text = "Where several causes explain a price, the one that explains most prices of the month is "
        found.append(Assumption("Rate check", f"{text}named.", _OURS))
    return tuple(found)


def _time(result: Reconciliation, sources: Sequence[SourceFile]) -> list[Assumption]:
    month = result.question.month
    return [
        Assumption(
            "Month",
            f"{month.first_day} 00:00 to before {month.next_first_day} 00:00, UTC. A call belongs to "
            "the month in which it starts.",
            _TWILIO,
        ),
        Assumption(
            "Time zone",
            f"Times that carry no zone are read as {_zones(sources)}. A zone written with a time wins.",
            _RUN,
        ),
        Assumption(
            "Clock changes",
            "A local time that exists twice is its first occurrence; one that does not exist counts by "
            "the offset before the change.",
            _OURS,
        ),
    ]


def _zones(sources: Sequence[SourceFile]) -> str:
    """`UTC`, or where the files differ `Europe/Berlin (calls.csv), UTC (usage.csv)`."""
    files: dict[str, list[str]] = {}
    for source in sources:
        files.setdefault(source.zone or "UTC", []).append(source.name)
    if len(files) < 2:
        return next(iter(files), "UTC")
    return ", ".join(f"{zone} ({', '.join(names)})" for zone, names in files.items())


def _minutes(result: Reconciliation) -> list[Assumption]:
    rule = "Minutes are rounded up call by call, never on the total. "
    if result.cost_basis == RATE_CARD:
        rule += (
            "Minimum and increment come from the rate card; increments count after the minimum unless its "
        )
        rule += "row says otherwise."
    else:
        rule += "Where the log does not say its billed time, minimum and increment are 60 s."
    return [
        Assumption("Billed minutes", rule, _TWILIO),
        Assumption(
            "Duration",
            "Durations are answered seconds, to the millisecond. No time costs nothing.",
            _CONNEXCS,
        ),
    ]


def _cost(result: Reconciliation) -> list[Assumption]:
    found = []
    if result.cost_basis == RATE_CARD:
        providers = (
            {result.billing} if result.billing else {line.call.provider for line, _ in result.log.counted()}
        )
        places = ", ".join(f"{name} {places_of(name)}" for name in sorted(providers))
        text = "Expected cost is the rate card's: connect fee + billed time x rate, rounded once per call. "
        text += f"Where a row says no decimals: {places}."
        found.append(Assumption("Cost", text, _CONNEXCS))
        if any(not line.call.direction for line, _ in result.log.counted()):
            text = "Calls whose direction the log does not say are rated by the number called, by rows for "
            text += "inbound calls by the number calling."
            found.append(Assumption("Direction", text, _OURS))
        found += _default_row(result)
    elif result.cost_basis == LOG_PRICES:
        text = (
            "No rate card was given: expected cost is the log's own price per call. This finds missing and "
        )
        text += "changed calls, not a wrong rate. A connect fee within these prices is not known: of a call "
        text += "that is billed for another time it shows as rate."
        found.append(Assumption("Cost", text, _RUN))
    else:
        text = "Neither a rate card nor prices in the log: minutes are compared, the cost is not."
        found.append(Assumption("Cost", text, _RUN))
    if not result.billed_has_prices:
        found.append(Assumption("Billed cost", "The bill has no prices: the cost is not compared.", _RUN))
    if without := result.log.select(lambda line: bool(line.expected_cost) and not _names_currency(line)):
        currency = next(line.currency for line, _ in without.counted()) or "no currency"
        text = (
            f"{counted(len(without), 'call')} of the log without a currency: taken as {currency}, the only "
        )
        text += "one known."
        found.append(Assumption("Currency", text, _OURS))
    tolerance = result.question.tolerance
    allowed = f"{minutes(tolerance.minutes)} and {amount(tolerance.amount, '')}"
    found.append(
        Assumption("Tolerance", f"{allowed} for every call, category, day and the total, inclusive.", _RUN)
    )
    if len(result.currencies) > 1:
        names = ", ".join(currency or "(none)" for currency in result.currencies)
        found.append(Assumption("Currencies", f"{names}: one bridge each, never netted.", _RUN))
    return found


def _names_currency(line: LogLine) -> bool:
    return bool(line.call.currency or (line.rate_row and line.rate_row.currency))


def _default_row(result: Reconciliation) -> list[Assumption]:
    """Numbers that no prefix covers take the default row, if there is one: how many, and at what cost."""

    def currency_of(line: LogLine) -> str | None:
        is_default = line.step == EXPECTED and line.rate_row is not None and not line.rate_row.prefix
        return line.currency if is_default else None

    return [
        Assumption(
            "Default row", f"{measure(total, currency)} by a row of the rate card without a prefix.", _RUN
        )
        for currency, total in result.log.totals(currency_of).items()
    ]


def _sides(result: Reconciliation) -> list[Assumption]:
    if result.mode == CALLS:
        seconds = int(result.question.window.total_seconds())
        text = (
            f"By id; else by both numbers and a start within {seconds} s, nearest first, one to one. Where "
        )
        text += "other calls agree by id, records with different ids only if they start within 1 s."
        found = [
            Assumption("Matching", text, _RUN),
            Assumption("Price and status", "A record of the bill that carries a price is charged.", _OURS),
        ]
        if any(line.is_credit for line, _ in result.bill.counted()):
            text = "A negative amount is no call. Beside the charge of its call it makes that cheaper, and "
            text += (
                "the net price is compared; by itself it is in the step 'unexplained'. A later version of "
            )
            text += "a record, by its update time, replaces the earlier one instead."
            found.append(Assumption("Credits", text, _OURS))
        return found
    days = sorted(result.comparison.day_categories)
    by_day = (
        f"By day: {', '.join(days)}." if days else "The bill has no daily records: days are not compared."
    )
    text = (
        f"Usage records are sums: calls are compared by category. {by_day} A parent category is never added "
    )
    text += "to its children; client calls are apart from calls."
    return [Assumption("Categories", text, _TWILIO)]


def _left_out(result: Reconciliation) -> list[Assumption]:
    """Usage that is no calls, and why records of the bill were not added."""
    reasons = Counter((line.reason, line.record.category) for line in result.usage if line.reason)
    by_reason: dict[str, list[str]] = {}
    for reason, category in sorted(reasons):
        by_reason.setdefault(reason, []).append(category)
    found = [
        Assumption("Left out of the bill", f"{reason}: {', '.join(dict.fromkeys(names))}.", _TWILIO)
        for reason, names in by_reason.items()
    ]
    if text := part_of_month(result):
        found.append(Assumption("Not the whole month", text, _RUN))
    return found
