"""From exact sums and calls of an investigation to the rows that are printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from addin.investigation.formula import implied_rate, our_formula, their_formula
from addin.investigation.pairs import CallPair
from addin.investigation.questions import Asked
from addin.investigation.sums import Sides, Sums
from addin.investigation.walk import CREDITS, DURATION, MISSING, PARTS, RATING, Walk
from addin.reconcile.lines import UNKNOWN_STATUS, UNRATED, BillLine, LogLine
from addin.reconcile.measure import MS_PER_MINUTE, printed
from addin.reconcile.wording import amount, figure, plain
from addin.records.call import Call
from addin.reports.investigation.data import (
    NO_MATTER,
    Compared,
    FieldRow,
    Figures,
    PairRow,
    PartRow,
    QuestionRow,
    SideBySide,
)

OURS_ONLY, THEIRS_ONLY, BOTH = "our log only", "the bill only", "both"
PART_NAMES = {
    MISSING: "Calls on one side only",
    DURATION: "Durations of the same calls",
    RATING: "Costs of the same time",
    CREDITS: "Credits of no call on the bill",
}
_NOTHING = "-"


def compared(sides: Sides, costs_compared: bool, *, theirs_talk: bool) -> Compared:
    """`theirs_talk` says that their records hold the time talked."""
    variance = sides.variance(costs_compared)
    talked = sides.theirs.talked_ms - sides.ours.talked_ms
    single = sides.single.cost if costs_compared else sides.single.minutes
    return Compared(
        _figures(sides.ours, costs_compared, has_talked=True),
        _figures(sides.theirs, costs_compared, has_talked=theirs_talk),
        Figures(
            variance.calls,
            _minutes(talked) if theirs_talk else None,
            printed(variance.minutes),
            printed(variance.cost) if costs_compared else None,
        ),
        printed(single) if theirs_talk else None,
    )


def _figures(sums: Sums, costs_compared: bool, *, has_talked: bool) -> Figures:
    return Figures(
        sums.calls,
        _minutes(sums.talked_ms) if has_talked else None,
        _minutes(sums.billed_ms),
        printed(sums.cost) if costs_compared else None,
    )


def _minutes(ms: int | Fraction) -> Decimal:
    return printed(Fraction(ms) / MS_PER_MINUTE)


def seconds(ms: int | Fraction) -> Decimal:
    return printed(Fraction(ms) / 1000)


def question_row(asked: Asked) -> QuestionRow:
    return QuestionRow(
        asked.question,
        asked.what,
        printed(asked.ours),
        printed(asked.theirs),
        printed(asked.difference),
        printed(asked.allowed),
        asked.unit,
        "yes" if asked.matches else NO_MATTER if asked.is_harmless else "no",
    )


def part_rows(path: Walk) -> tuple[PartRow, ...]:
    """The day's difference in its parts, credits only where there are any; none without call records."""
    if not path.by_call or path.isolated is None:
        return ()
    rows = []
    for kind in PARTS:
        count, part = path.part(kind)
        if kind == CREDITS and not count:
            continue
        cost = printed(part.cost) if path.costs_compared else None
        rows.append(PartRow(kind, PART_NAMES[kind], count, printed(part.minutes), cost))
    return tuple(rows)


def pair_row(pair: CallPair, hour: int | None = None) -> PairRow:
    """A call with its difference; of a call on one side only the other's figures are blank."""
    call, ours, theirs = pair.call, pair.ours, pair.theirs
    side = BOTH if ours and theirs else OURS_ONLY if ours else THEIRS_ONLY
    other = str(pair.other.place) if pair.other else ""
    variance = pair.variance
    return PairRow(
        call_id=call.call_id or (theirs.call.call_id if theirs else ""),
        started_at=pair.started_at,
        from_number=call.from_number,
        to_number=call.to_number,
        side=side,
        our_place=str(ours.call.place) if ours else other,
        their_place=str(theirs.call.place) if theirs else other,
        our_seconds=seconds(ours.expected_ms) if ours else None,
        their_seconds=seconds(theirs.billed_ms) if theirs else None,
        our_cost=_cost(ours.expected_cost) if ours else None,
        their_cost=_cost(theirs.net_cost) if theirs else None,
        seconds_variance=seconds(variance.ms),
        cost_variance=printed(variance.cost) if pair.costs_compared else None,
        remark=pair.why or _remark(pair),
        in_hour=hour is not None and pair.started_at.hour == hour,
    )


def _remark(pair: CallPair) -> str:
    """Which part of a matched call differs."""
    if pair.is_pending:
        return "A price is pending."
    if pair.ours is not None and not pair.is_rated:
        return f"{pair.ours.rate_problem}."
    said = []
    if (time := pair.by_duration) and pair.theirs:
        cost = f", {_signed(time.cost, pair.currency)}" if time.cost else ""
        said.append(f"time {_signed(Fraction(time.ms, 1000), 's')}{cost}")
    if rate := pair.by_rate:
        said.append(f"rate {_signed(rate.cost, pair.currency)}")
    return "; ".join(said)


def _signed(value: Fraction, unit: str) -> str:
    return f"{'+' if value > 0 else ''}{figure(value)} {unit}".rstrip()


def _cost(value: Fraction | None) -> Decimal | None:
    return None if value is None else printed(value)


def side_by_side(pair: CallPair) -> SideBySide:
    """Both records field by field; of a side without a charge the record that it has all the same."""
    ours = pair.ours.call if pair.ours else pair.other
    theirs = pair.theirs.call if pair.theirs else pair.other
    if pair.ours is None and pair.theirs is not None and pair.theirs.log is not None:
        ours = pair.theirs.log.call
    rows = [
        _field("Call id", ours, theirs, lambda call: call.call_id),
        _field("From", ours, theirs, lambda call: call.from_number),
        _field("To", ours, theirs, lambda call: call.to_number),
        _field("Started (UTC)", ours, theirs, lambda call: f"{call.started_at:%Y-%m-%d %H:%M:%S}"),
        _field("Status", ours, theirs, lambda call: call.status),
        _field("Talked", ours, theirs, lambda call: f"{plain(Fraction(call.duration_ms, 1000))} s"),
        _texts("Billed", _billed(pair.ours), _billed(pair.theirs)),
        _rates(_our_rate(pair), _their_rate(pair)),
        _texts("Cost", _amount(pair.ours, pair.currency), _amount(pair.theirs, pair.currency)),
        _field("File and row", ours, theirs, lambda call: str(call.place), compare=False),
    ]
    call_id = pair.call.call_id or (theirs.call_id if theirs else "")
    return SideBySide(call_id, tuple(rows), our_formula(pair), their_formula(pair))


def _field(
    label: str,
    ours: Call | None,
    theirs: Call | None,
    of: Callable[[Call], str],
    *,
    compare: bool = True,
) -> FieldRow:
    one, other = (_NOTHING if call is None else of(call) or _NOTHING for call in (ours, theirs))
    return FieldRow(label, one, other, compare and one != other)


def _texts(label: str, ours: str, theirs: str) -> FieldRow:
    return FieldRow(label, ours, theirs, ours != theirs)


def _rates(ours: str, theirs: str) -> FieldRow:
    """What stands behind a comma says where the rate is from."""
    differs = ours.partition(",")[0] != theirs.partition(",")[0]
    return FieldRow("Rate per minute", ours, theirs, differs)


def _billed(line: LogLine | BillLine | None) -> str:
    """What no row of the card covers has no minimum and increment to bill its time by."""
    if line is None:
        return _NOTHING
    if isinstance(line, LogLine) and line.step in (UNRATED, UNKNOWN_STATUS):
        return "not known"
    ms = line.billed_ms if isinstance(line, BillLine) else line.expected_ms
    return f"{plain(Fraction(ms, 1000))} s"


def _amount(line: LogLine | BillLine | None, currency: str) -> str:
    if line is None:
        return _NOTHING
    cost = line.net_cost if isinstance(line, BillLine) else line.expected_cost
    return "not known" if cost is None else amount(cost, currency)


def _our_rate(pair: CallPair) -> str:
    line = pair.ours
    if line is None:
        return _NOTHING
    if line.rate_row is not None:
        return f"{amount(line.terms.rate, pair.currency)}, row {line.rate_row.row} of the rate card"
    return _stated_rate(line.call, line.expected_ms, line.expected_cost, pair.currency)


def _their_rate(pair: CallPair) -> str:
    line = pair.theirs
    if line is None:
        return _NOTHING
    return _stated_rate(line.call, line.billed_ms, line.cost, pair.currency)


def _stated_rate(call: Call, ms: int, cost: Fraction | None, currency: str) -> str:
    if call.rate_per_minute is not None:
        return amount(Fraction(call.rate_per_minute), currency)
    implied = None if cost is None else implied_rate(cost, ms)
    return "not known" if implied is None else f"{amount(implied, currency)}, implied by cost / minutes"
