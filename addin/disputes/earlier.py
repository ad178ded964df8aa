"""What earlier dispute sheets hold finds its dispute again; what has none any more is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace

from addin.disputes.checks import to_check
from addin.disputes.found_credits import FoundCredit
from addin.disputes.records import BY_HAND, CARRIED, FOUND, GONE, Dispute, Earlier, may_be_one
from addin.reconcile.wording import counted

Key = Callable[[Dispute], Hashable]


@dataclass(slots=True)
class Kept:
    """The disputes of this run, and what has to be said of the earlier ones."""

    disputes: list[Dispute]
    remarks: list[str] = field(default_factory=list)


def with_earlier(
    found: Sequence[Dispute], read: Collection[tuple[str, str]], sheets: Sequence[Earlier]
) -> Kept:
    """The disputes found, each with what was entered beside it, then all others that are not finished.

    A dispute is known by its month, provider, account, call id and kind; without a call by what it is about.
    Of several alike the one at the same place comes first. Of several sheets what the first says counts, but
    every credit that one of them has found; what one sheet has several times stays so often. A sheet that is
    replaced loses nothing; of any other, what is settled or rejected in another month stays there. `read` are
    month and provider of each bill of this run: only these can show that a dispute is gone.
    """
    kept = Kept([*found])
    months = {month for month, _ in read}
    taken: set[int] = set()
    others: dict[Hashable, Dispute] = {}
    providers: dict[Hashable, list[str]] = {}
    for sheet in sheets:
        mine: set[int] = set()
        alike: Counter[Hashable] = Counter()
        left: list[Dispute] = []
        for one in _matched(sheet.disputes, kept.disputes, taken, mine):
            state = GONE if any(_is_read(one, *bill) for bill in read) else CARRIED
            state = BY_HAND if one.state == BY_HAND else state
            if state == CARRIED and one.month not in months and not (one.is_unfinished or sheet.replaced):
                left.append(one)
            else:
                now = replace(one, state=state, before=None)
                own = (one.question, one.opened_on) if one.state == BY_HAND else None
                alike_but_for_provider = _by_place(one), one.reason, own
                named = providers.setdefault(alike_but_for_provider, [])
                key = alike_but_for_provider, _provider_among(named, one.provider)
                known = others.setdefault((key, alike[key]), now)
                others[key, alike[key]] = replace(known, credits=_joined(known.credits, now.credits))
                alike[key] += 1
        taken |= mine
        if left:
            kept.remarks.append(_of_left(left, sheet.name))
    kept.disputes = sorted([*kept.disputes, *others.values()], key=_order)
    return kept


def _is_read(one: Dispute, month: str, provider: str) -> bool:
    return one.month == month and may_be_one(one.provider, provider)


def _provider_among(named: list[str], provider: str) -> str:
    """The provider under which a dispute stands: a sheet of an earlier version names none, and is of any."""
    if provider in named or not named:
        found = provider
    elif not provider:
        found = named[0]
    else:
        found = "" if "" in named else provider
    if found not in named:
        named.append(found)
    return found


def _of_left(left: Sequence[Dispute], name: str) -> str:
    """What does not come along; what is amiss with it would be seen by nobody any more."""
    are, stay = ("is", "stays") if len(left) == 1 else ("are", "stay")
    said = (
        f"{counted(len(left), 'dispute')} of earlier months {are} settled or rejected, and {stay} in {name}."
    )
    amiss = Counter(filter(None, map(to_check, left)))
    told = [f"{text} ({counted(count, 'dispute')})" for text, count in amiss.items()]
    return f"{said} To check there: {'; '.join(told)}." if told else said


def _matched(
    earlier: Sequence[Dispute], found: list[Dispute], taken: set[int], mine: set[int]
) -> list[Dispute]:
    """Puts what was entered beside the disputes of this run; gives those that have none. `taken` are those
    that a sheet before said something of, `mine` gathers those that this sheet does."""
    left = [*enumerate(earlier)]
    for key in (_by_place, _by_start, _by_call, _without_account):
        free: dict[Hashable, list[int]] = {}
        for index, one in enumerate(found):
            if index not in mine and one.state == FOUND:
                free.setdefault(key(one), []).append(index)
        rest = []
        for number, one in left:
            free_ones = free.get(key(one), []) if one.state != BY_HAND else []
            fitting = [index for index in free_ones if _may_be_one(found[index], one)]
            if fitting:
                index = fitting[0]
                free_ones.remove(index)
                mine.add(index)
                now = found[index]
                if index not in taken:
                    found[index] = _entered(now, one)
                else:
                    found[index] = replace(now, credits=_joined(now.credits, one.credits))
            else:
                rest.append((number, one))
        left = rest
    return [one for _, one in left]


def _may_be_one(now: Dispute, was: Dispute) -> bool:
    """Two providers or accounts that are both named are two disputes."""
    return may_be_one(now.provider, was.provider) and may_be_one(now.account, was.account)


def _entered(now: Dispute, was: Dispute) -> Dispute:
    """Both are in one unit: no dispute is known again in another."""
    before = was.question if was.question != now.question else None
    return replace(now, entered=was.entered, opened_on=was.opened_on, before=before, credits=was.credits)


def _joined(first: tuple[FoundCredit, ...], second: tuple[FoundCredit, ...]) -> tuple[FoundCredit, ...]:
    """What either sheet has found, each credit once: of a place on a bill that both know, the first says how
    much it is. One without a month is all that its sheet found, which nothing tells from the other's: the
    larger of the two counts."""
    if all(one.month for one in (*first, *second)):
        known = {(one.month, one.place) for one in first}
        return (*first, *(one for one in second if (one.month, one.place) not in known))
    return max(first, second, key=lambda credits: sum(one.amount for one in credits))


def _by_place(one: Dispute) -> tuple[Hashable, ...]:
    return *_by_start(one), one.log_place, one.billed_place


def _by_start(one: Dispute) -> tuple[Hashable, ...]:
    return *_by_call(one), one.day, one.from_number, one.to_number


def _by_call(one: Dispute) -> tuple[Hashable, ...]:
    return *_without_account(one), one.account


def _without_account(one: Dispute) -> tuple[Hashable, ...]:
    """A workbook of an earlier version names no account. Without a call id the call itself decides."""
    if one.call_id:
        return one.month, one.kind, one.call_id, one.unit
    about = one.subject or (one.day, one.from_number, one.to_number, one.log_place, one.billed_place)
    return one.month, one.kind, about, one.unit


def _order(one: Dispute) -> tuple[str, int]:
    """By month; those that nothing speaks for any more after the others."""
    return one.month, (FOUND, BY_HAND, CARRIED, GONE).index(one.state)
