"""What became of the findings of an earlier reconciliation, by the records of this month's files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.errors import TollsheetError
from addin.reconcile.lines import DUPLICATES, EXPECTED, BillLine, LogLine
from addin.reconcile.period import Month
from addin.reconcile.wording import amount, counted, listed

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

BILLED_LATE, FOUND_LATE, PRICED_LATE = "billed late", "found late", "priced late"
CREDITED, CREDITED_IN_PART = "credited", "credited in part"
CORRECTED, READ_NOW, OPEN = "corrected", "rated now", "open"
_CREDITABLE = ("missing-in-log", "duration", "rate", "currency", "duplicate")
"""What a credit can settle: a credit takes back a charge, so a finding of what was charged then. A call that
was missing in the bill was not, and a credit of it leaves its charge as missing as before."""
_CREDITABLE_IF_CHARGED = ("status", "unreadable")
"""Those of which either side may be the one that lacks the call: where the bill had an amount for it."""
STATES = (BILLED_LATE, FOUND_LATE, PRICED_LATE, CREDITED, CREDITED_IN_PART, CORRECTED, READ_NOW, OPEN)


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """A finding as an earlier reconciliation wrote it."""

    month: Month
    kind: str
    call_id: str
    expected: Fraction | None
    billed: Fraction | None
    currency: str
    note: str
    in_question: Fraction | None = None
    """What of it no other finding says: of a copy its whole cost. None where that was not written."""

    @property
    def too_much(self) -> Fraction | None:
        """What a credit would have to give back; None where it is not known."""
        if self.in_question is not None:
            return self.in_question
        return None if self.expected is None or self.billed is None else self.billed - self.expected


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of an earlier finding. `amount` is what the records of this month's files say: a late
    price or charge, a credit; of an open one what is still in question."""

    earlier: EarlierFinding
    state: str
    amount: Fraction | None
    place: str
    text: str


def follow(earlier: Sequence[EarlierFinding], result: Reconciliation) -> list[Followed]:
    """Each earlier finding, and what this month's records of the same call id say: ids alone count."""
    if late := next(
        (one for one in earlier if not one.month.first_day < result.question.month.first_day), None
    ):
        raise TollsheetError(
            f"The earlier reconciliation is of {late.month}, and this one is of {result.question.month}",
            "Give that of a month before.",
        )
    log: dict[str, list[LogLine]] = defaultdict(list)
    bill: dict[str, list[BillLine]] = defaultdict(list)
    for line in result.log.with_ids({one.call_id for one in earlier}):
        if line.step != DUPLICATES and line.call.call_id:
            log[line.call.call_id].append(line)
    for record in result.bill.with_ids({one.call_id for one in earlier}):
        if record.step != DUPLICATES and record.call.call_id:
            bill[record.call.call_id].append(record)
    followed = [_follow(one, log.get(one.call_id, []), bill.get(one.call_id, [])) for one in earlier]
    for index, credit in _credited(earlier, bill).items():
        followed[index] = _with_credit(followed[index], credit)
    return followed


def _with_credit(one: Followed, credit: Followed) -> Followed:
    """A charge that is taken back in full is settled by that; of one whose call the log has found, a credit
    of a part changes the price."""
    is_part = credit.amount is None or credit.amount != -(one.earlier.billed or 0)
    if one.state != FOUND_LATE or not is_part:
        return credit
    told = f"{amount(-(credit.amount or 0), one.earlier.currency)} ({credit.place})"
    return replace(one, text=f"{one.text} The bill credits {told}.")


def _credited(
    earlier: Sequence[EarlierFinding], bill: Mapping[str, Sequence[BillLine]]
) -> dict[int, Followed]:
    """What the credits of a call settle: one finding each, that whose amount too much is nearest to it; where
    there are more credits than findings, a further one goes to the nearest again, so that none is lost. A
    negative amount is never a late price or charge. Beside charges of the call what the bill takes back on
    balance is one credit; a call of which it takes back no more than it charges is priced anew."""
    given: dict[int, list[BillLine]] = defaultdict(list)
    for call_id in dict.fromkeys(one.call_id for one in earlier if one.call_id):
        records = [record for record in bill.get(call_id, ()) if record.cost is not None]
        if not _is_taken_back(records):
            continue
        its = [index for index, one in enumerate(earlier) if one.call_id == call_id and _is_creditable(one)]
        free = [*its]
        is_charged = any(_cost(record) >= 0 for record in records)
        for credit in [records] if is_charged else [[record] for record in records]:
            if its:
                best = _nearest(earlier, free or its, -_cost(*credit))
                if best in free:
                    free.remove(best)
                given[best].extend(credit)
    return {index: _credit(earlier[index], lines) for index, lines in given.items()}


def _is_taken_back(records: Sequence[BillLine]) -> bool:
    """Whether the bill gives back more of the call than it charges."""
    return _cost(*records) < 0


def _cost(*records: BillLine) -> Fraction:
    """Of those whose cost is known."""
    return sum((Fraction(record.cost) for record in records if record.cost is not None), Fraction(0))


def _credit(one: EarlierFinding, lines: Sequence[BillLine]) -> Followed:
    """What was too much may be credited bit by bit: less than it settles nothing."""
    credit, too_much = -(_sum(lines) or 0), one.too_much
    if too_much is None or credit >= too_much:
        return _found(one, CREDITED, lines, "the bill credits it")
    told = f"the bill credits {amount(credit, one.currency)} of {amount(too_much, one.currency)} too much: "
    told += f"{amount(too_much - credit, one.currency)} is open by these files"
    return _found(one, CREDITED_IN_PART, lines, told)


def _is_creditable(one: EarlierFinding) -> bool:
    return one.kind in _CREDITABLE or (one.kind in _CREDITABLE_IF_CHARGED and (one.billed or 0) > 0)


def _nearest(earlier: Sequence[EarlierFinding], its: Sequence[int], credited: Fraction) -> int:
    return min(its, key=lambda index: _apart(earlier[index], credited))


def _apart(one: EarlierFinding, credited: Fraction) -> tuple[bool, Fraction]:
    """How far a credit is from what a finding says is billed too much; unknown amounts come last."""
    too_much = one.too_much
    return (True, Fraction(0)) if too_much is None else (False, abs(too_much - credited))


def _follow(one: EarlierFinding, log: Sequence[LogLine], bill: Sequence[BillLine]) -> Followed:
    if not one.call_id:
        return _open(one, "It is about no single call, and cannot be followed.")
    credits = [record for record in bill if record.cost is not None and record.cost < 0]
    charged = [] if _is_taken_back(bill) else [record for record in bill if _is_charge(record)]
    if one.kind == "missing-in-bill" and charged:
        return _billed_late(one, charged, credits)
    if one.kind == "missing-in-log" and log:
        rated = _rated(log)
        if not rated:
            return _open(one, f'The log has it now as "{log[0].call.status}", which is not rated.')
        return _found(one, FOUND_LATE, rated, "the log has it now")
    if one.kind in ("missing-in-bill", "price-pending") and any(record.lacks_price for record in bill):
        return _open(one, "The bill has it, and no price for it yet.")
    if one.kind == "price-pending" and (news := _priced(one, log, charged)):
        side = "bill" if news is charged else "log"
        return _found(one, PRICED_LATE, news, f"the {side} has its price now")
    if one.kind in ("unreadable", "unknown-status", "no-rate") and _rated(log):
        return _found(one, READ_NOW, _rated(log), "the log's row can be rated now")
    if one.kind in ("status", "duration", "rate", "currency", "duplicate") and charged:
        both = [*charged, *credits]
        now = _sum(both)
        if one.kind == "duplicate":
            return _open(one, "The bill has the call again, and does not take a copy of it back.")
        if one.billed is None:
            return _open(one, "The bill has it again; what it charged then is not known.")
        if now is not None and (now != one.billed or _foreign(one, both)):
            told = f"billed {amount(one.billed, one.currency)} then, {amount(now, one.currency)} now"
            return _found(one, CORRECTED, both, told)
        return _open(one, "The bill has it again, at the same amount.")
    if credits and one.kind == "price-pending":
        return _open(one, "The bill credits this call, which is no price of it.")
    if credits and one.kind == "missing-in-bill":
        if any(_is_charge(record) for record in bill):
            return _open(one, "The bill takes back more of this call than it charges: still missing.")
        return _open(one, "The bill credits this call and does not charge it, here or then: still missing.")
    if credits and one.kind in _CREDITABLE_IF_CHARGED and not _is_creditable(one):
        return _open(one, "The bill credits this call, and had no amount for it then.")
    if credits and not _is_creditable(one):
        return _open(one, "The bill credits this call, which is no answer to this finding.")
    if credits and charged:
        return _open(one, "The bill charges this call again, and takes no more of it back than that.")
    if credits:
        return _open(one, "The bill credits this call; that amount stands at another finding of it.")
    return _open(one, "These files say nothing new of this call.")


def _is_charge(record: BillLine) -> bool:
    if record.cost is None:
        return False
    return record.cost > 0 or (record.cost == 0 and bool(record.call.is_billed))


def _billed_late(one: EarlierFinding, charged: Sequence[BillLine], credits: Sequence[BillLine]) -> Followed:
    """A charge on this bill settles it, less what the same bill gives back of it."""
    both = [*charged, *credits]
    if credits and _sum(both) == 0:
        return _open(one, "The bill charges it now and takes all of it back: still nothing is charged.")
    told = "the bill has it now, less what it credits of it" if credits else "the bill has it now"
    return _found(one, BILLED_LATE, both, told)


def _priced(
    one: EarlierFinding, log: Sequence[LogLine], charged: Sequence[BillLine]
) -> Sequence[LogLine | BillLine]:
    """The records of the side that waited for its price; of either where the finding does not tell which. A
    cost that was not known is None; reconciliations of earlier versions wrote 0."""
    priced = [line for line in log if line.call.cost is not None]
    bill_waits, log_waits = one.billed is None, one.expected is None
    if not (bill_waits or log_waits):
        bill_waits, log_waits = not one.billed, not one.expected
    if bill_waits == log_waits:
        return charged or priced
    return charged if bill_waits else priced


def _rated(log: Sequence[LogLine]) -> list[LogLine]:
    return [line for line in log if line.step == EXPECTED or line.if_counted is not None]


def _found(one: EarlierFinding, state: str, lines: Sequence[LogLine | BillLine], told: str) -> Followed:
    places = ", ".join(str(line.call.place) for line in lines)
    if foreign := _foreign(one, lines):
        return _open(one, f"It is in {listed(foreign)} now, and was in {one.currency}: see {places}.")
    return Followed(one, state, _sum(lines), places, f"{told[:1].upper()}{told[1:]}.")


def _foreign(one: EarlierFinding, lines: Iterable[LogLine | BillLine]) -> list[str]:
    """Other currencies than the finding's, as far as both are known: amounts of two are never compared."""
    return sorted({line.currency for line in lines} - {one.currency, ""}) if one.currency else []


def _open(one: EarlierFinding, text: str) -> Followed:
    return Followed(one, OPEN, one.too_much, "", text)


def _sum(lines: Iterable[LogLine | BillLine]) -> Fraction | None:
    """What the records say they cost; a log's row without a price as it is rated, None where it is not."""
    total = Fraction(0)
    for line in lines:
        cost = None if line.call.cost is None else Fraction(line.call.cost)
        if cost is None and isinstance(line, LogLine):
            counted = line.if_counted
            cost = line.expected_cost if counted is None else None if counted.unpriced else counted.cost
        if cost is None:
            return None
        total += cost
    return total


def sentence_of(followed: Sequence[Followed]) -> str:
    """How many of the earlier findings are settled now; empty without any."""
    if not followed:
        return ""
    settled = sum(one.state not in (OPEN, CREDITED_IN_PART) for one in followed)
    partly = sum(one.state == CREDITED_IN_PART for one in followed)
    month = followed[0].earlier.month
    in_part = f", {partly} {'is' if partly == 1 else 'are'} credited in part" if partly else ""
    return (
        f"Of {counted(len(followed), 'finding')} of {month}, {settled} can be settled by these files"
        f"{in_part}: see Month over month."
    )
