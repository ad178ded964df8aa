"""What a storage statement rests on: Plivo's rule with its source, and the choices that no source decides."""

from __future__ import annotations

from addin.reconcile.measure import printed
from addin.reports.about import Assumption
from addin.storage.statement import Statement

_PLIVO = "Plivo: Recording storage charges (support article)"
_OBJECT = "Plivo: the Recording object of the Voice API"
_OURS = "assumption: no source says it"
_RUN = "as asked for this run"


def assumptions_of(statement: Statement) -> tuple[Assumption, ...]:
    """The list for the sheet Assumptions, in the same order every time."""
    return (
        *_rule(),
        *_rates(statement),
        Assumption(
            "Filters",
            "Days of storage are filtered on the day stated. A filter decides what the view shows, never "
            "what a month end is charged: schedule and invoice line are of all recordings.",
            _OURS,
        ),
        Assumption(
            "One year",
            "Plivo's console exports recordings of one year at most. Older ones that are still stored are "
            "charged, so that an invoice can be higher than what such an export adds up to.",
            _PLIVO,
        ),
        Assumption(
            "Deleted before the export",
            "A recording that was deleted is in no later export, though it was charged at the month ends "
            "before. Its line has to come from an earlier export or a list of one's own.",
            _OURS,
        ),
        *_compared(statement),
        Assumption(
            "Forecast",
            "The recordings held on the day stated, none added, known deletions counted. A recording older "
            "than N days is one stored for more than N days on that day.",
            _OURS,
        ),
    )


def _rule() -> list[Assumption]:
    return [
        Assumption(
            "Charge",
            "On the last day of each month a recording stored for more than 90 days is charged its whole "
            "minutes x rate, the full month, and again at every month end after.",
            _PLIVO,
        ),
        Assumption(
            "Days of storage",
            "The day of recording is day 1. Plivo's printed example has 77 days at May 30 for a recording of "
            "March 16: counting gives 76 on May 30 and 77 on May 31, and its other days agree with that.",
            _PLIVO,
        ),
        Assumption("Days", "Days are those of UTC.", _OURS),
        Assumption(
            "Minutes",
            "A part minute counts as one, from the duration in milliseconds; 0 s is 0 minutes, for which "
            "nothing is charged at any rate, though the recording counts among those charged. Where Plivo's "
            "rounded duration says otherwise, it is a finding.",
            _OURS,
        ),
        Assumption("Deleted", "Deleted before the end of the month: not considered for a charge.", _PLIVO),
        Assumption(
            "Deleted on the last day",
            "Not charged, and listed as a check: the source does not say what comes first on that day.",
            _OURS,
        ),
        Assumption(
            "Rounding",
            "Amounts are exact: whole minutes x rate, nothing is rounded before it is shown.",
            _OURS,
        ),
    ]


def _rates(statement: Statement) -> list[Assumption]:
    rate = statement.question.rate
    chosen = "none was chosen" if rate is None else f"{printed(rate, 20):f} was chosen"
    currency = f"Amounts are in {statement.currency}."
    if statement.is_currency_assumed:
        currency += " Plivo's recordings name no currency; Plivo bills in US dollars."
    return [
        Assumption(
            "Rate",
            f"A recording's own rate counts. For those without one {chosen}; without any, a recording is a "
            "finding and in no amount, which is not the same as 0.",
            _OBJECT,
        ),
        Assumption("Currency", currency, _OURS if statement.is_currency_assumed else _RUN),
    ]


def _compared(statement: Statement) -> list[Assumption]:
    if not statement.is_compared:
        return []
    found = [
        Assumption(
            "Plivo's amount",
            "Plivo's monthly amount is that of the last month end that had passed on the day of the export.",
            _OURS,
        )
    ]
    if statement.question.invoices:
        found.append(
            Assumption(
                "Invoice",
                "An invoice agrees where our amount, rounded half up to the decimals that the invoice shows "
                "(two at least), is the invoice's. The difference shown is the exact one.",
                _OURS,
            )
        )
    return found


def choices_of(statement: Statement) -> tuple[tuple[str, str], ...]:
    """What was chosen, for the sheet About."""
    question = statement.question
    exports = [f"{export.file}: {export.on} ({export.known})" for export in statement.exports]
    stored = f"{question.stored}, on {question.as_of}" if question.stored else "any"
    return (
        ("Currency", statement.currency),
        ("Rate without one", "none" if question.rate is None else f"{printed(question.rate, 20):f} a minute"),
        ("As of", str(question.as_of)),
        ("Days of storage", stored),
        ("Within a year", "yes" if question.within_a_year else "no: all"),
        ("Exported on", "; ".join(exports) or "not known"),
        ("Month ends ahead", str(question.months_ahead)),
        ("Older than, days", ", ".join(map(str, question.older_than))),
    )
