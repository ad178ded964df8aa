"""Why that much of an account's calls counts for the books, and what no amount holds, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.reconcile.measure import Measure
from addin.reconcile.month_end.accrual_sides import Side
from addin.reconcile.wording import amount, calls, counted, listed, measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


_OF_NOBODY = "calls of the log that name no account of the bill"


def why_of(result: Reconciliation, currency: str, side: Side) -> str:
    """Parts with `; ` between them, the reason first."""
    if side.expected is None and side.billed is None:
        said = "no calls whose cost is known" if side.unrated else "no calls; other usage as billed"
        return _with(said, _unrated(side.unrated))
    if not result.billed_has_prices:
        return _without_prices(result, side)
    if side.billed is None:
        return _unbilled(result, currency, side)
    lacks = _pending(result, currency, side)
    unknown = (
        "calls of the log name no account of the bill, so that what is expected of this one is not known"
    )
    return _with(
        _billed(result, currency, side),
        lacks,
        *_differences(result, currency, side),
        _unrated(side.unrated_beyond) if result.cost_basis else "",
        unknown * side.log_names_none,
    )


def _pending(result: Reconciliation, currency: str, side: Side) -> str:
    """Records of the bill that no amount holds, and what they are expected to cost once they are priced."""
    unpriced = side.billed.unpriced if side.billed is not None else 0
    if not unpriced:
        return ""
    known = side.pending.calls - side.pending.unpriced if result.cost_basis else 0
    of_them = "" if known == unpriced else f" for {known} of them"
    expected = f" ({amount(side.pending.cost, currency)} expected{of_them})" if known else ""
    return f"not in it: {counted(unpriced, 'record')} without a price{expected}"


def _without_prices(result: Reconciliation, side: Side) -> str:
    if result.cost_basis is None:
        return "neither side has prices: the calls are not in it"
    lack = "no calls are billed yet" if side.billed is None else "the bill has no prices"
    return _with(f"{lack}: the calls as expected by the {result.cost_basis}", _unrated(side.unrated))


def _unbilled(result: Reconciliation, currency: str, side: Side) -> str:
    """What is charged in another currency, or to another account, stands there."""
    lack = "no calls are billed yet"
    if side.beside_accounts:
        lack = f"{_OF_NOBODY}, beyond where the bill of every account reaches"
    elif side.billed_in:
        lack = f"no calls are billed in this currency ({listed(side.billed_in)}: see there)"
    said = f"{lack}: the calls as expected by the {result.cost_basis}, which the invoice does not hold"
    if result.cost_basis is None:
        said = f"{lack}: the calls are not in it, since no side knows their cost"
    elif not side.beyond.calls:
        said = _OF_NOBODY if side.beside_accounts else lack
    charged = Measure() if side.beside_accounts else side.charged
    elsewhere = _not_in_it(result, currency, charged, "that the bill charges to another account")
    unrated = _unrated(side.unrated_beyond) if result.cost_basis else ""
    return _with(said, elsewhere, *_differences(result, currency, side), unrated)


def _billed(result: Reconciliation, currency: str, side: Side) -> str:
    """The records of the bill, and what is expected beyond them."""
    beyond, known = side.beyond, result.cost_basis is not None
    told = measure(beyond, currency, with_cost=known)
    if any(line.in_total for line in result.usage):
        if not side.stops_short:
            return "usage records for the whole month"
        if beyond.calls and known:
            return f"the bill stops short; expected on the other days: {told}"
        left = f"not in it: {told} on the other days"
        if not beyond.calls:
            left = "" if side.log_names_none else "no calls are expected on the other days"
        return _with("usage records, which stop short of the month", left)
    records = "the bill's call records" if side.last_at else "the bill has credits alone"
    if not beyond.calls:
        return records
    where = f"after the bill's last record ({side.last_at:%Y-%m-%d %H:%M:%S} UTC)" if side.last_at else ""
    if known:
        return _with(records, f"expected {where}".rstrip() + f": {told}")
    return _with(records, f"not in it: {told} {where or 'that are expected'}")


def _differences(result: Reconciliation, currency: str, side: Side) -> list[str]:
    """What is expected and not accrued: as far as the bill reaches, it counts."""
    return [
        _not_in_it(result, currency, part, words)
        for part, words in (
            (side.missing, "that the bill lacks: see Findings"),
            (side.uncharged, "that the bill has as not billed: see Findings"),
            (side.otherwise, "that the bill charges in another currency"),
            (side.untold, "that some accounts' bills are too short for: the log names none of them"),
        )
    ]


def _not_in_it(result: Reconciliation, currency: str, part: Measure, words: str) -> str:
    if not part.calls:
        return ""
    cost = f" ({amount(part.cost, currency)})" if result.cost_basis else ""
    if part.unpriced and result.cost_basis:
        cost = f" ({amount(part.cost, currency)}, {part.unpriced} without a price)"
    return f"not in it: {calls(part.calls)}{cost} {words}"


def _unrated(count: int) -> str:
    return f"not in it: {calls(count)} of the log whose cost is not known" if count else ""


def _with(*parts: str) -> str:
    return "; ".join(filter(None, parts))
