"""What an investigation rests on beside the reconciliation below it."""

from __future__ import annotations

from addin.investigation.balance import Balance
from addin.investigation.investigation import Investigation
from addin.investigation.on_total import OURS
from addin.reconcile.measure import printed
from addin.reconcile.reconciliation import CALLS
from addin.reconcile.wording import amount
from addin.records.call import SourceFile
from addin.reports.about import Assumption
from addin.reports.reconciliation.assumptions import assumptions_of

_CONNEXCS = "ConnexCS: Billing Basics"
_OURS = "assumption: no source says it"
_RUN = "as asked for this run"


def assumptions(found: Investigation, sources: list[SourceFile]) -> tuple[Assumption, ...]:
    """Those of the walk first, then those of the reconciliation."""
    percent = f"{printed(found.threshold * 100):f} %"
    rows = [
        Assumption(
            "Tree",
            "The day that differs most; do the connected calls roughly match, do the durations; then the "
            "hour and the missing calls, or the single call with the largest difference.",
            _CONNEXCS,
        ),
        Assumption(
            "Roughly",
            f"The two figures of a day differ by at most {percent} of the larger one. The source says "
            "'roughly' and names no figure. What the threshold passes is listed all the same, and is the "
            "conclusion where nothing else differs.",
            _OURS,
        ),
        Assumption(
            "Day",
            "By amount where both sides have prices, else by billed minutes; of equal days the earliest. "
            "Where no day differs by it: by minutes, by calls, by single calls that cancel each other.",
            _OURS,
        ),
        Assumption(
            "Costs",
            "After calls and durations it is asked whether the same calls cost the same for the same time, "
            "call by call: the source takes for granted that something is left.",
            _OURS,
        ),
    ]
    if found.result.mode == CALLS:
        rows.append(
            Assumption(
                "Connected calls",
                "Ours: what the log takes for billed, also where no rate covers it. Theirs: what the bill "
                "charges. A call that both have stands on the day and hour of our record.",
                _OURS,
            )
        )
    rows.append(
        Assumption(
            "Export",
            "An export is complete 24 hours after the period: from "
            f"{found.exports.settled_at:%Y-%m-%d %H:%M} UTC on.",
            _CONNEXCS,
        )
    )
    if found.on_total.rates:
        whose = "Our calls" if found.on_total.side == OURS else "The bill's calls"
        text = (
            f"{whose}, rate by rate: time talked x rate is never the sum of calls that are billed in steps "
        )
        rows.append(Assumption("Minutes x rate", f"{text}and rounded one by one.", _CONNEXCS))
    if found.balances:
        rows += _of_balances(found.balances, found.result.mode == CALLS)
    return (*rows, *assumptions_of(found.result, sources))


def _of_balances(balances: list[Balance], by_call: bool) -> list[Assumption]:
    first = balances[0]
    seconds = int(first.staleness.total_seconds())
    buffers = ", ".join(amount(one.buffer, one.currency) for one in balances)
    by_day = (
        "Usage records are sums of whole days in UTC: those that lie between the balances count. A balance "
        "read within a minute of midnight is that of midnight. "
    )
    return [
        Assumption(
            "Balance, time",
            f"{'' if by_call else by_day}A balance without a time is that of the period's start or end; a "
            "day without a time is its beginning or its end, whichever is nearer to the period's.",
            _OURS,
        ),
        Assumption(
            "Balance",
            "A balance is never used for billing: it is derived from its ledger, opening + top-ups + credits "
            "- CDR charges - storage - other charges, and compared with the one that is stated.",
            _CONNEXCS,
        ),
        Assumption(
            "Balance, staleness",
            f"It is refreshed every {seconds} s: calls that ended within {seconds} s before it was read may "
            "not be in it yet.",
            _CONNEXCS if seconds == 60 else _RUN,
        ),
        Assumption("Balance, buffer", f"Allowed difference: {buffers}.", _RUN),
    ]
