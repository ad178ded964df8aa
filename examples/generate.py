"""Writes a realistic month of calls and its bill for each provider, with planted faults that are all known.

    python examples/generate.py [--provider NAME] [--seed N] [--calls N] [--month 2026-09] [-o DIR]

As a function:

    >>> made = month("twilio", seed=7, faults={"rate": 2}, calls=40, mode="calls")
    >>> [fault["kind"] for fault in made.planted["planted"]]
    ['rate', 'rate']

The same arguments give the same files, byte for byte (compressed ones: once decompressed).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from examples.generator.billing import billing
from examples.generator.faults import Planted, Sides, plant
from examples.generator.files import Account, Provider, table
from examples.generator.money import rate_rows
from examples.generator.providers import PROVIDERS
from examples.generator.traffic import Call, make_calls
from examples.generator.truth import (
    LOG_PRICES,
    RATE_CARD,
    Basis,
    both_sides,
    later_steps,
    log_steps,
    readable,
)
from examples.generator.twilio import usage_daily, usage_monthly

STORY = {
    "neighbours": 6,
    "duplicates": 3,
    "older-copies": 2,
    "missing-in-bill": 1,
    "missing-in-log": 1,
    "price-pending": 1,
    "unreadable": 1,
    "formula-names": 1,
}
CALLS_STORY = STORY | {"status": 2, "duration": 2, "rate": 2, "unknown-status": 1, "no-rate": 1}
DEMO_CALLS = {"twilio": 1500}
BILLING = "billing"
"""The folder of the charges and the roster."""


@dataclass(frozen=True, slots=True)
class Month:
    """A generated month: its files by name, which of them are log and bill by format, and the truth."""

    files: dict[str, bytes]
    log_files: dict[str, list[str]]
    billed_files: dict[str, list[str]]
    planted: dict[str, Any]

    def write(self, folder: Path) -> None:
        """Write every file and `planted.json` into a folder."""
        write_example(self.files, self.planted, folder)


def write_example(files: Mapping[str, bytes], planted: dict[str, Any], folder: Path) -> None:
    """Write every file and `planted.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    text = json.dumps(planted, indent=1, ensure_ascii=False)
    (folder / "planted.json").write_text(text + "\n", "utf-8", newline="\n")


def month(
    provider: str = "twilio",
    seed: int = 1,
    faults: Mapping[str, int] | None = None,
    *,
    calls: int = 300,
    month: str = "2026-09",
    mode: str | None = None,
    zone: str | None = None,
    log_formats: Sequence[str] | None = None,
    billed_formats: Sequence[str] | None = None,
) -> Month:
    """One month of one provider.

    `faults` counts faults by name (generator.faults.FAULTS tells them); {} is a month that balances to the
    last decimal, None a story of a few. `mode` "totals" bills by usage records (Twilio only, its default),
    "calls" by the provider's own records of each call. `zone` is where the customer sits, and the console's.
    """
    whose = PROVIDERS[provider]
    mode = mode or ("totals" if provider == "twilio" else "calls")
    if mode not in ("totals", "calls") or (mode == "totals" and provider != "twilio"):
        raise ValueError(f"{provider} has no month in mode {mode!r}")
    if zone:
        whose = replace(whose, traffic=replace(whose.traffic, zone=zone))
    rng = random.Random(f"{provider} {seed} {month}")
    first_day = date.fromisoformat(f"{month}-01")
    traffic = whose.traffic
    account = Account(
        f"AC{rng.getrandbits(128):032x}", first_day, traffic.zone, traffic.places, traffic.currency
    )
    chosen = dict(STORY if mode == "totals" else CALLS_STORY) if faults is None else dict(faults)
    if faults is None:
        chosen = {name: count for name, count in chosen.items() if name not in whose.without}
    if impossible := sorted(name for name, count in chosen.items() if count and name in whose.without):
        raise ValueError(f"{provider}: its files cannot hold {', '.join(impossible)}")
    sides = plant(rng, traffic, make_calls(rng, traffic, first_day, calls), first_day, chosen)
    sides = _with_own_ids(whose, sides)

    names = list(log_formats or whose.formats)
    files: dict[str, bytes] = {}
    log: dict[str, _Side] = {}
    for name in names:
        log[name] = _write_side(whose, name, f"calls-{name}", sides.log, account)
    billed: dict[str, _Side] = {}
    if mode == "calls":
        for name in billed_formats or [whose.billed]:
            billed[name] = _write_side(whose, name, f"billed-{name}", sides.bill, account)
    else:
        monthly, daily = usage_monthly(sides.bill, account), usage_daily(sides.bill, account)
        billed["monthly"] = _Side({"usage-monthly.csv": monthly.encode()}, [], [])
        billed["daily"] = _Side({"usage-daily.json": daily.encode()}, [], [])
    for side in (*log.values(), *billed.values()):
        files |= side.files
    header, *rows = rate_rows(traffic.rates, traffic.currency)
    files["rates.csv"] = table(header, rows).encode()
    beside, told = whose.beside(account, seed)
    files |= beside
    planted = {
        "schema": 1,
        "provider": provider,
        "seed": seed,
        "month": month,
        "mode": mode,
        "zone": traffic.zone,
        "faults": chosen,
        "log": {name: _log_truth(whose, name, side, sides, first_day) for name, side in log.items()},
        "billed": {name: {"files": sorted(side.files)} for name, side in billed.items()},
        **_bill_truth(whose, sides, first_day, mode, next(iter(billed))),
        "planted": [_planted(fault, log, billed) for fault in sides.planted],
        **told,
    }
    return Month(
        files,
        {name: sorted(side.files) for name, side in log.items()},
        {name: sorted(side.files) for name, side in billed.items()},
        planted,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    files: dict[str, bytes]
    calls: list[Call]
    places: list[str]


def _with_own_ids(whose: Provider, sides: Sides) -> Sides:
    """The calls with identifiers in the provider's own form."""
    own = {call.id: whose.call_id(call.bits) for call in (*sides.log, *sides.bill)}

    def renamed(call: Call) -> Call:
        return replace(call, id=own[call.id], parent_id=own.get(call.parent_id, ""))

    planted = [replace(fault, call_id=own[fault.call_id]) for fault in sides.planted]
    return Sides([renamed(call) for call in sides.log], [renamed(call) for call in sides.bill], planted)


def _write_side(whose: Provider, name: str, stem: str, calls: list[Call], account: Account) -> _Side:
    form = whose.formats[name]
    kept = [call for call in calls if form.tells_updates or not call.is_older_copy]
    files, places = form.files(stem, kept, account)
    return _Side(files, kept, places)


def _log_truth(whose: Provider, name: str, side: _Side, sides: Sides, first_day: date) -> dict[str, Any]:
    form = whose.formats[name]
    rates = Basis(RATE_CARD, whose.traffic, form.tells_billed, form.tells_cost)
    return {
        "files": sorted(side.files),
        "rows": len(side.calls),
        **readable(side.calls),
        "steps": log_steps(side.calls, first_day),
        "expected": {
            basis.name: both_sides(side.calls, sides.bill, first_day, basis)["expected"]
            for basis in (rates, replace(rates, name=LOG_PRICES))
        },
    }


def _bill_truth(whose: Provider, sides: Sides, first_day: date, mode: str, billed: str) -> dict[str, Any]:
    """With a rate card: both sides in all, by category, by day; call by call also the later steps."""
    form = whose.formats.get(billed)
    told = (form.tells_billed, form.tells_cost) if form else (True, True)
    truth: dict[str, Any] = {
        "truth": both_sides(sides.log, sides.bill, first_day, Basis(RATE_CARD, whose.traffic, *told))
    }
    if mode == "calls":
        truth["later_steps"] = later_steps(sides.log, sides.bill, first_day, whose.traffic)
    return truth


def _planted(fault: Planted, log: dict[str, _Side], billed: dict[str, _Side]) -> dict[str, Any]:
    def place(side: _Side) -> str | None:
        found = [
            where
            for call, where in zip(side.calls, side.places, strict=True)
            if call.id == fault.call_id and (call.is_older_copy or not fault.is_older_copy)
        ]
        return max(found, key=_row_order, default=None)  # of two identical rows the first is kept

    said = asdict(fault)
    return {
        **{name: said[name] for name in ("fault", "kind", "step", "call_id", "note", "needs_rates")},
        "log": {name: where for name, side in log.items() if (where := place(side))},
        "billed": {name: where for name, side in billed.items() if side.calls and (where := place(side))},
    }


def _row_order(place: str) -> tuple[str, int]:
    name, _, row = place.rpartition(":")
    return name, int(row)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--provider", choices=PROVIDERS, help="only this one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", type=int, help="about so many (Twilio 1500, others 300)")
    parser.add_argument("--month", default="2026-09")
    parser.add_argument("-o", "--out", type=Path, default=Path(__file__).parent)
    asked = parser.parse_args()
    for name in [asked.provider] if asked.provider else PROVIDERS:
        calls = asked.calls or DEMO_CALLS.get(name, 300)
        made = month(name, asked.seed, calls=calls, month=asked.month)
        made.write(asked.out / name)
        print(
            f"{asked.out / name}: {len(made.files) + 1} files, {len(made.planted['planted'])} planted faults"
        )
    if asked.provider is None:
        files, planted = billing(asked.seed)
        write_example(files, planted, asked.out / BILLING)
        print(f"{asked.out / BILLING}: {len(files) + 1} files, {planted['rows']} charges")


if __name__ == "__main__":
    main()
