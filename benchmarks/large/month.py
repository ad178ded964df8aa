"""A month of any size for the benchmarks: a call log as a script exports it, its usage records, a rate card.

Made with whole numbers, block by block, the same for the same size. The bill lacks one call of the 14th.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

HEADERS = (
    *("Account SID", "Call SID", "Parent Call SID", "From", "To", "Status", "Direction"),
    *("Start Time", "End Time", "Duration", "Price", "Price Unit"),
)
BLOCK = 1_000_000
FIRST_S = 1_788_220_800  # 2026-09-01 00:00 UTC
DAYS = 30
PREFIXES = ("1", "44", "447", "49", "4930", "33", "336", "61", "81", "91")
STEMS = ("1500", "442", "447", "492", "4930", "332", "336", "61", "81", "91")
"""How the numbers of each prefix begin, so that no longer prefix covers them."""
RATES_E5 = (1400, 1305, 3240, 1200, 990, 1850, 9000, 2410, 7350, 405)
"""Per minute, in hundred thousandths of a dollar, by prefix."""
INBOUND_E5 = 850
STATUSES = ("completed", "busy", "no-answer", "failed")
COPIES = 25
"""Rows at the end that are copies of the first ones."""


def write_month(folder: Path, calls: int) -> tuple[Path, Path, Path]:
    """The call log, the usage records and the rate card of so many calls, if they are not there."""
    log, usage, rates = (folder / f"{what}-{calls}.csv" for what in ("calls", "usage", "rates"))
    if not rates.exists():
        minutes, counts, cost = (np.zeros(DAYS, np.int64) for _ in range(3))
        with log.open("wb") as file:
            copies = None
            for table, days, billed, price in _blocks(calls):
                options = pa_csv.WriteOptions(include_header=copies is None, quoting_style="none")
                pa_csv.write_csv(table, file, options)
                copies = table.slice(0, COPIES) if copies is None else copies
                counts += np.bincount(days[billed > 0], minlength=DAYS)
                np.add.at(minutes, days, billed)
                np.add.at(cost, days, price)
            pa_csv.write_csv(copies, file, pa_csv.WriteOptions(include_header=False, quoting_style="none"))
        _write_usage(usage, counts, minutes, cost)
        with rates.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("prefix", "direction", "rate", "currency", "decimals"))
            rows.writerow(("", "inbound", f"{INBOUND_E5 / 1e5:.5f}", "USD", 5))
            for prefix, rate in zip(PREFIXES, RATES_E5, strict=True):
                rows.writerow((prefix, "outbound", f"{rate // 100_000}.{rate % 100_000:05}", "USD", 5))
    return log, usage, rates


def write_records(folder: Path, calls: int) -> Path:
    """The provider's own records of the same calls: no copies, and one call of the 14th less."""
    log, _, _ = write_month(folder, calls)
    records = folder / f"records-{calls}.csv"
    if not records.exists():
        made, is_lacking = records.with_suffix(".new"), False
        with log.open("rb") as rows, made.open("wb") as file:
            file.write(next(rows))
            for row in islice(rows, calls):
                if not is_lacking and b",2026-09-14 " in row and b",-0.00850," in row:
                    is_lacking = True
                else:
                    file.write(row)
        made.rename(records)
    return records


def _blocks(calls: int) -> Iterator[tuple[pa.Table, np.ndarray, np.ndarray, np.ndarray]]:
    for number, start in enumerate(range(0, calls, BLOCK)):
        yield _block(np.random.default_rng(20260901 + number), min(BLOCK, calls - start))


def _block(chance: np.random.Generator, count: int) -> tuple[pa.Table, np.ndarray, np.ndarray, np.ndarray]:
    started = FIRST_S + np.sort(chance.integers(0, DAYS * 86_400, count))
    status = chance.choice(4, count, p=(0.82, 0.07, 0.08, 0.03))
    lasted = np.minimum(chance.lognormal(4.4, 1.1, count).astype(np.int64) + 1, 14_400) * (status == 0)
    prefix = chance.choice(len(PREFIXES), count)
    inbound = chance.random(count) < 0.35
    billed = -(-lasted // 60)
    price = billed * np.where(inbound, INBOUND_E5, np.array(RATES_E5)[prefix])
    away = pc.binary_join_element_wise(
        "+", pa.array(STEMS).take(pa.array(prefix)), _digits(chance, count, 8), ""
    )
    own = pa.array([f"+1500555{line:04}" for line in range(400)]).take(
        pa.array(chance.integers(0, 400, count))
    )
    is_inbound = pa.array(inbound)
    answered = pa.array(status == 0)
    whole, rest = _text(price // 100_000), pc.utf8_lpad(_text(price % 100_000), 5, "0")
    blank = pa.scalar("")
    columns = {
        "Account SID": pa.repeat("AC95648230cae1c952b514ba6a6e71c779", count),
        "Call SID": _ids(chance, count),
        "Parent Call SID": pa.repeat("", count),
        "From": pc.if_else(is_inbound, away, own),
        "To": pc.if_else(is_inbound, own, away),
        "Status": pa.array(STATUSES).take(pa.array(status)),
        "Direction": pc.if_else(is_inbound, "inbound", "outbound-api"),
        "Start Time": _time(started),
        "End Time": _time(started + lasted),
        "Duration": pc.if_else(answered, _text(lasted), blank),
        "Price": pc.if_else(answered, pc.binary_join_element_wise("-", whole, ".", rest, ""), blank),
        "Price Unit": pa.repeat("USD", count),
    }
    return pa.table(columns), (started - FIRST_S) // 86_400, billed, price


def _ids(chance: np.random.Generator, count: int) -> pa.Array:
    """`CA` and 32 hex digits."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)[chance.integers(0, 16, (count, 34))]
    digits[:, :2] = np.frombuffer(b"CA", np.uint8)
    return pa.array(digits.view("S34").ravel()).cast(pa.string())


def _digits(chance: np.random.Generator, count: int, length: int) -> pa.Array:
    digits = chance.integers(48, 58, (count, length)).astype(np.uint8)
    return pa.array(digits.view(f"S{length}").ravel()).cast(pa.string())


def _text(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def _time(seconds: np.ndarray) -> pa.Array:
    times = pa.array(seconds).cast(pa.timestamp("s"))
    return pc.binary_join_element_wise(pc.strftime(times, format="%Y-%m-%d %H:%M:%S"), "+00:00", "")


def _write_usage(path: Path, counts: np.ndarray, minutes: np.ndarray, cost: np.ndarray) -> None:
    """By day; the 14th has a call of a minute less."""
    counts, minutes, cost = counts.copy(), minutes.copy(), cost.copy()
    counts[13] -= 1
    minutes[13] -= 1
    cost[13] -= INBOUND_E5
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ("category", "start_date", "end_date", "count", "usage", "usage_unit", "price", "price_unit")
        )
        for day in range(DAYS):
            on = f"2026-09-{day + 1:02}"
            price = f"{cost[day] // 100_000}.{cost[day] % 100_000:05}"
            rows.writerow(("calls", on, on, counts[day], minutes[day], "minutes", price, "usd"))
