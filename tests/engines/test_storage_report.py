"""The formulas of a storage statement against `udfs`, calculated by IronCalc from the file as it is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from addin.hosts.report_files.storage import write_storage
from addin.records.call import Recording
from tests.engines.calculated import by_ironcalc
from tests.storage.make import recording, report
from udfs import STORAGE_CHARGE, STORAGE_DAYS

COUNT = 7_000
ENDS = (date(2023, 6, 30), date(2023, 7, 31), date(2023, 8, 31))


def test_every_charge_is_that_of_the_function(tmp_path: Path) -> None:
    random, path = Random(90), tmp_path / "storage.xlsx"
    made = [_recording(random, number) for number in range(1, COUNT + 1)]
    write_storage(report(*made, first="2023-06", last="2023-08"), path)
    stored = load_workbook(path, data_only=True)["Recordings"]
    heads = {cell.value: cell.column_letter for cell in stored[4]}
    by_id = {row[0].value: row[0].row for row in stored.iter_rows(min_row=5)}
    cell, differing, charged = by_ironcalc(path), [], 0
    for one in made:
        number = by_id[one.recording_id]
        for on in ENDS:
            names = [f"{heads[f'{head} {on:%Y-%m}']}{number}" for head in ("Days", "Charge")]
            days, charge = (cell("Recordings", name) for name in names)
            expected = _charge(one, on)
            charged += charge != 0
            gone = one.deleted_at is not None and one.deleted_at.date() <= on
            lives = one.created_at.date() <= on and not gone
            wanted = STORAGE_DAYS(one.created_at, on) if lives else ""
            shown = [stored[name].value for name in names]
            stands = ["" if value is None else value for value in shown]
            if not [days, charge] == stands == [wanted, expected]:
                differing.append((one, on, days, charge, expected, shown))
    assert differing == []
    assert COUNT < charged < 3 * COUNT


def _charge(one: Recording, on: date) -> float | str:
    """Blank where no rate is known and something would be charged."""
    if one.rate is None:
        is_charged = STORAGE_CHARGE(one.duration_ms / 1000, 1, one.created_at, on, one.deleted_at) > 0
        return "" if is_charged else 0
    rate = float(one.rate)
    return STORAGE_CHARGE(one.duration_ms / 1000, rate, one.created_at, on, one.deleted_at)


def _recording(random: Random, number: int) -> Recording:
    created = date(2023, 8, 31) - timedelta(
        days=random.choice((random.randint(0, 400), 90, 91, 89, 151, 152, 153))
    )
    deleted = created + timedelta(days=random.randint(0, 300)) if random.random() < 0.3 else None
    return recording(
        number,
        created=str(created),
        seconds=random.choice(
            (0, 60, 60.001, 59.999, random.randint(1, 4_000), random.randint(1, 10**6) / 1000)
        ),
        rate=random.choice(("0.0004", "0.0004", "0.00045", "0.123456", None)),
        deleted=None if deleted is None else str(deleted),
    )
