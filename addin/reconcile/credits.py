"""Credits: negative amounts that a file gives beside the charges of its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from addin.reconcile.duplicates import Duplicate, credited, may_be_same
from addin.records.call import Call


def charges_of_credits(calls: Sequence[Call]) -> dict[int, int]:
    """For each credit that stands beside the charge of its call, by their indexes: the charge's.

    That is the one charge of the same provider, currency, id and numbers: the one of about the same start,
    or the only one there is, since a credit may be dated by the day on which it was given. Without an id, the
    one charge of the same numbers that starts at the same instant. Where several fit, none is taken.
    """
    charges: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, call in enumerate(calls):
        if call.cost is not None and call.cost >= 0 and (call.cost or call.is_billed is not False):
            charges[_key(call)].append(index)
    found = {}
    for index, call in enumerate(calls):
        if credited(call) is None:
            continue
        same = charges.get(_key(call), [])
        if not call.call_id:
            near = same = [one for one in same if calls[one].started_at == call.started_at]
        else:
            near = [one for one in same if may_be_same(calls[one], call)]
        fitting = near or same
        if len(fitting) == 1:
            found[index] = fitting[0]
    return found


def charged_again(calls: Sequence[Call], copies: Mapping[int, Duplicate]) -> dict[int, Call]:
    """Copies with another amount that are charges after all, and the row that is kept: a credit takes back
    one of the two in full, as where a call is priced anew. Rows with update times are versions."""
    credits = defaultdict(list)
    for call in calls:
        if credited(call) is not None:
            credits[_key(call)].append(call)
    found = {}
    for index, copy in copies.items() if credits else ():
        one, kept = calls[index], copy.kept
        if not one.cost or kept.cost is None or one.cost == kept.cost or min(one.cost, kept.cost) < 0:
            continue
        taken_back = [
            -(credit.cost or 0) for credit in credits.get(_key(one), ()) if may_be_same(credit, one)
        ]
        if not (one.updated_at and kept.updated_at) and {one.cost, kept.cost} & {*taken_back}:
            found[index] = kept
    return found


def _key(call: Call) -> tuple[str, ...]:
    return call.provider, call.currency, call.call_id, call.from_number, call.to_number
