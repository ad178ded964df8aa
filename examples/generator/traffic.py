"""What really happened: the calls of one month, before anybody writes them down."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from examples.generator.money import Rate, find_rate

NO_RATE = Rate("8816", "satellite", 850_000)
"""What a call costs that no rate row covers: the provider charges it all the same."""

NOT_BILLED = ("no-answer", "no-answer", "busy", "failed", "canceled")
# Numbers that regulators keep free for drama and for tests; {} is filled with digits.
ABROAD = (("+1500555{:04}", 60), ("+447700900{:03}", 20), ("+442079460{:03}", 10), ("+493023125{:03}", 10))
OWN_NUMBERS = ("+15005550006", "+15005550009", "+442079460006")
SATELLITE = "+881699900{:03}"
AGENTS = ("ada", "grace", "katherine", "dorothy", "edith")
NAMES = ("ACME PLUMBING", "J SMITH", "MILLER & SONS", "WIRELESS CALLER", "HOTEL BERLIN", "")
# Seconds from, to, weight: many short calls, few long ones.
DURATIONS = (
    (1, 9, 6),
    (10, 35, 18),
    (36, 90, 24),
    (91, 240, 28),
    (241, 600, 16),
    (601, 1800, 7),
    (1801, 5400, 1),
)
# Local hours by weight: office hours, few at night.
HOURS = (1, 1, 0, 0, 0, 1, 2, 6, 18, 40, 48, 46, 34, 40, 46, 44, 38, 24, 10, 6, 4, 3, 3, 2)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is particular to a provider's customers: where they are, how they call, what it costs."""

    zone: str
    places: int
    currency: str
    rates: tuple[Rate, ...]
    inbound_share: int = 35
    client_share: int = 0
    """Of 100 calls, those with a leg to an agent's app, billed apart."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call leg as one side writes it; `cost` in units of the last place, None while it is pending."""

    number: int
    id: str
    parent_id: str
    from_number: str
    to_number: str
    direction: str
    category: str
    status: str
    started_at: datetime
    duration: int
    rate: Rate
    billed: int
    cost: int | None
    caller_name: str = ""
    duration_text: str | None = None
    """What stands in the row where the duration should be, if it is not the duration."""
    is_older_copy: bool = False
    bits: int = 0
    """Random bits for identifiers in the provider's own form."""

    @property
    def is_billed(self) -> bool:
        return self.status == "completed"

    @property
    def party(self) -> str:
        """The number at the other end, which decides the rate."""
        return self.from_number if self.direction == "inbound" else self.to_number

    def lasting(self, duration: int, places: int) -> Call:
        """The same call, answered and of this length, at its own rate."""
        billed = self.rate.billed(duration)
        cost = self.rate.cost(billed, places)
        return replace(self, status="completed", duration=duration, billed=billed, cost=cost)

    def unanswered(self, status: str) -> Call:
        """The same call, not answered."""
        return replace(self, status=status, duration=0, billed=0, cost=0)


def make_calls(rng: random.Random, traffic: Traffic, first_day: date, count: int) -> list[Call]:
    """About `count` legs that start within the month (UTC), in order of their start."""
    zone = ZoneInfo(traffic.zone)
    days = [first_day + timedelta(days=n) for n in range((next_month(first_day) - first_day).days)]
    weights = [8 if day.weekday() >= 5 else 100 for day in days]
    calls: list[Call] = []
    while len(calls) < count:
        day = rng.choices(days, weights)[0]
        hour = rng.choices(range(24), HOURS)[0]
        local = datetime(
            day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60), tzinfo=zone
        )
        started_at = local.astimezone(UTC)
        if month_of(started_at) == first_day:
            calls += make_call(rng, traffic, started_at, len(calls))
    for hours in (1, 2, 3):  # the first hours of the month in UTC are the last of another in the Americas
        started_at = utc(first_day) + timedelta(hours=hours, seconds=rng.randrange(3000))
        calls += make_call(rng, traffic, started_at, len(calls), answered=True)
    return sorted(calls, key=lambda call: (call.started_at, call.number))


def make_call(
    rng: random.Random, traffic: Traffic, started_at: datetime, number: int, *, answered: bool | None = None
) -> list[Call]:
    """One call: a leg, or two where an agent's app takes part."""
    is_inbound = rng.randrange(100) < traffic.inbound_share
    other = rng.choices([form for form, _ in ABROAD], [weight for _, weight in ABROAD])[0]
    other = other.format(rng.randrange(10 ** int(other[-2])))
    own = rng.choice(OWN_NUMBERS)
    low, high, _ = rng.choices(DURATIONS, [weight for _, _, weight in DURATIONS])[0]
    duration = rng.randint(low, high)
    if answered is None:
        answered = rng.randrange(100) >= 17
    status = "completed" if answered else rng.choice(NOT_BILLED)
    ends = (other, own) if is_inbound else (own, other)
    legs = [
        _leg(
            rng, traffic, started_at, number, ends, "inbound" if is_inbound else "outbound", status, duration
        )
    ]
    if is_inbound:
        legs[0] = replace(legs[0], caller_name=rng.choice(NAMES))
    if answered and rng.randrange(100) < traffic.client_share:
        client = f"client:{rng.choice(AGENTS)}"
        if is_inbound:  # the caller is put through to an agent's app
            later, shorter = started_at + timedelta(seconds=4), max(1, duration - 4)
            leg = _leg(rng, traffic, later, number + 1, (other, client), "outbound", status, shorter)
            legs.append(replace(leg, parent_id=legs[0].id))
        else:  # an agent's app calls in, and the number is dialled for it
            leg = _leg(rng, traffic, started_at, number + 1, (client, other), "inbound", status, duration + 6)
            legs = [leg, replace(legs[0], parent_id=leg.id, started_at=started_at + timedelta(seconds=3))]
    first_of_next = utc(next_month(month_of(started_at)))
    return [leg for leg in legs if leg.started_at < first_of_next]


def rate_of(traffic: Traffic, number: str, direction: str, category: str) -> Rate:
    """The row that covers a call, or what the provider charges without one."""
    return find_rate(traffic.rates, number, direction, category) or NO_RATE


def utc(day: date) -> datetime:
    """Its midnight in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def month_of(instant: datetime) -> date:
    """The first day of its month in UTC."""
    return instant.astimezone(UTC).date().replace(day=1)


def next_month(first_day: date) -> date:
    """The first day of the month after."""
    return (first_day + timedelta(days=31)).replace(day=1)


def _leg(
    rng: random.Random,
    traffic: Traffic,
    started_at: datetime,
    number: int,
    ends: tuple[str, str],
    direction: str,
    status: str,
    duration: int,
) -> Call:
    category = "calls-client" if any(end.startswith("client:") for end in ends) else "calls"
    party = ends[0] if direction == "inbound" else ends[1]
    rate = rate_of(traffic, party, direction, category)
    bits = rng.getrandbits(128)
    call = Call(
        number, f"{bits:032x}", "", *ends, direction, category, status, started_at, 0, rate, 0, 0, bits=bits
    )
    return call.lasting(duration, traffic.places) if status == "completed" else call
