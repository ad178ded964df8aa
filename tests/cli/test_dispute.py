"""`tollsheet dispute` as a person runs it, month after month; the faults planted in the example months."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.test_commands import HEADER, tollsheet

AS_OF = ("--as-of", "2026-10-05")
ROW = "CA{},+15005550006,+4477009001{},Outgoing API,Phone,Completed,{},12:00:00 UTC 2026-{:02}-10,,,{},USD"


def month(folder: Path, name: str, number: int, log: list[str], bill: list[str]) -> Path:
    """The reconciliation of a month of such rows."""
    for side, rows in (("log", log), ("bill", bill)):
        (folder / f"{name}-{side}.csv").write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    out = folder / f"{name}.xlsx"
    sides = ("--calls", folder / f"{name}-log.csv", "--billed", folder / f"{name}-bill.csv")
    done = tollsheet("reconcile", "--month", f"2026-{number:02}", *sides, "-o", out)
    assert done.returncode in (0, 1), done.stderr
    return out


@pytest.fixture
def september(tmp_path: Path) -> Path:
    """CA1 agrees, CA2 and CA3 are billed at another price."""
    log = [ROW.format(n, 10 + n, 61, 9, "-0.02800") for n in (1, 2, 3)]
    prices = {1: "-0.02800", 2: "-0.05000", 3: "-0.03000"}
    return month(tmp_path, "september", 9, log, [ROW.format(n, 10 + n, 61, 9, prices[n]) for n in prices])


@pytest.fixture
def october(tmp_path: Path) -> Path:
    """The bill credits CA2 of September; CA7 of October agrees."""
    log = [ROW.format(7, 17, 61, 10, "-0.02800")]
    return month(tmp_path, "october", 10, log, [*log, ROW.format(2, 12, 61, 9, "0.02000")])


def enter(path: Path, call_id: str, **cells: Any) -> None:
    book = load_workbook(path)
    sheet = book["Disputes"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 2).value == call_id)
    for name, value in cells.items():
        sheet.cell(row, heads[name.replace("_", " ")]).value = value
    book.save(path)


def test_from_the_first_run_to_a_late_credit(september: Path, october: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "disputes.xlsx", tmp_path / "disputes-october.xlsx"
    outputs = (
        "--letter",
        tmp_path / "letter.txt",
        "--csv",
        tmp_path / "d.csv",
        "--json",
        tmp_path / "d.json",
    )
    done = tollsheet("dispute", september, *AS_OF, "-o", first, *outputs)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Disputes 2026-09, as of 2026-10-05" in done.stdout
    assert "our record september-log.csv, row 3, your record september-bill.csv, row 3" in (
        tmp_path / "letter.txt"
    ).read_text("utf-8")
    rows = [*csv.DictReader((tmp_path / "d.csv").read_text("utf-8-sig").splitlines())]
    assert [(row["Call id"], row["In question"]) for row in rows] == [("CA2", "0.022"), ("CA3", "0.002")]
    found = json.loads((tmp_path / "d.json").read_text("utf-8"))
    assert found["totals"] == [
        {
            "unit": "USD",
            "disputes": 2,
            "in_question": "0.024",
            "credited": "0",
            "outstanding": "0.024",
            "given_up": "0",
            "billed_too_little": "0",
        }
    ]
    enter(first, "CA3", Status="rejected", Note="their tariff")
    # again over the same file: what was entered stays
    done = tollsheet("dispute", september, *AS_OF, "-o", first, "--force")
    assert done.returncode == 1
    assert "rejected" in done.stdout
    # the next month: the open one comes along, its credit is proposed
    options = ("--as-of", "2026-11-05", "--json", tmp_path / "o.json")
    done = tollsheet("dispute", october, "--previous", first, "-o", second, *options)
    assert done.returncode == 1
    assert "To check: A credit was found: enter it; settled? (1 dispute)" in done.stdout
    (carried,) = json.loads((tmp_path / "o.json").read_text("utf-8"))["disputes"]
    assert (carried["call_id"], carried["status"], carried["age_days"], carried["bucket"]) == (
        "CA2",
        "open",
        31,
        "31 to 60 days",
    )
    assert (carried["credit_found"], carried["credit_place"]) == (
        "0.02",
        "0.02 USD on the bill of 2026-10, october-bill.csv:3",
    )
    enter(second, "CA2", Status="settled", Amount_credited=0.02)
    done = tollsheet("dispute", october, "-o", second, "--force", *options[:2])
    assert done.returncode == 0, done.stdout


def test_two_runs_over_what_they_replace_give_the_same_bytes(september: Path, tmp_path: Path) -> None:
    out = tmp_path / "disputes.xlsx"
    tollsheet("dispute", september, *AS_OF, "-o", out)
    tollsheet("dispute", september, *AS_OF, "-o", out, "--force")
    before = out.read_bytes()
    tollsheet("dispute", september, *AS_OF, "-o", out, "--force")
    assert out.read_bytes() == before


def test_a_letter_for_each_provider(september: Path, tmp_path: Path) -> None:
    """Two bills of other providers: two files, and the terminal says whom each is for."""
    names = {"call_id": "Id", "start": "Time", "from": "From", "to": "To", "duration": "Seconds"}
    names |= {"status": "Status", "price": "Price"}
    columns = "".join(f'{key} = "{name}"\n' for key, name in names.items())
    mapping = tmp_path / "acme.toml"
    mapping.write_text(f'provider = "acme"\ncurrency = "EUR"\n[columns]\n{columns}', "utf-8")
    for side, price in (("a", "0.01"), ("b", "0.05")):
        row = f"Z1,2026-10-05T12:00:00Z,+15005550006,+447700900111,60,completed,{price}"
        (tmp_path / f"{side}.csv").write_text(f"{','.join(names.values())}\n{row}\n", "utf-8")
    sides = ("--calls", tmp_path / "a.csv", "--billed", tmp_path / "b.csv", "--mapping", mapping)
    options = ("--billed-mapping", mapping, "-o", tmp_path / "acme.xlsx")
    done = tollsheet("reconcile", "--month", "2026-10", *sides, *options)
    assert done.returncode == 1, done.stderr
    outputs = ("-o", tmp_path / "d.xlsx", "--letter", tmp_path / "l.txt", "--answer-within", "30")
    done = tollsheet("dispute", september, tmp_path / "acme.xlsx", *AS_OF, *outputs)
    assert done.returncode == 1, done.stderr
    assert "2 letters, one for each provider, account and currency: 1. twilio; 2. acme." in done.stdout
    assert "of this run" not in done.stdout
    first, second = ((tmp_path / name).read_text("utf-8") for name in ("l.txt", "l-2.txt"))
    assert ("call CA2" in first, "call Z1" in first, "by 2026-11-04" in first) == (True, False, True)
    assert ("call CA2" in second, "call Z1" in second, "[provider: acme]" in second) == (False, True, True)
    old = tmp_path / "l-3.txt"
    old.write_text("An old one", "utf-8")
    (tmp_path / "l-x.txt").write_text("No letter", "utf-8")
    done = tollsheet("dispute", september, tmp_path / "acme.xlsx", *AS_OF, *outputs, "--force")
    assert "l-3.txt is no letter of this run: left from an earlier one, and not changed." in done.stdout
    assert old.read_text("utf-8") == "An old one"
    alone = ("-o", tmp_path / "e.xlsx", "--letter", tmp_path / "l.txt", "--force")
    done = tollsheet("dispute", september, *AS_OF, *alone)
    assert "l-2.txt and l-3.txt are no letters of this run" in done.stdout


def test_several_months_at_once(september: Path, october: Path, tmp_path: Path) -> None:
    done = tollsheet("dispute", september, october, *AS_OF, "-o", tmp_path / "d.xlsx")
    assert done.returncode == 1
    assert done.stdout.startswith("Disputes 2026-09, 2026-10, as of 2026-10-05")


def test_nothing_disputed_is_0(october: Path, tmp_path: Path) -> None:
    done = tollsheet("dispute", october, *AS_OF, "-o", tmp_path / "d.xlsx")
    assert (done.returncode, "Nothing is disputed." in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("september.xlsx", "september.xlsx"), "are the same workbook"),
        (("september-log.csv",), "september-log.csv is no workbook that can be read. Give the .xlsx of a"),
        (("nowhere.xlsx",), "nowhere.xlsx is not there"),
        (("september.xlsx", "--ageing", "30,x"), "are no whole days"),
        (("september.xlsx", "--ageing", "60,30"), "The ageing boundaries 60, 30 cannot be used"),
        (("september.xlsx", "--as-of", "15/11/2026"), "'15/11/2026' is not a day as YYYY-MM-DD, such as"),
        (("september.xlsx", "--answer-within", "0"), "0 is not in the range"),
        (
            ("september.xlsx", "-o", "september-log.csv", "--force"),
            "september-log.csv does not end in .xlsx",
        ),
        (("september.xlsx", "--previous", "september.xlsx"), "is not a dispute workbook"),
        (("september.xlsx", "--letter", "d.xlsx"), "is named for two outputs"),
        (("september.xlsx", "-o", "september.xlsx", "--force"), "is an input"),
        ((), "Missing argument"),
    ],
)
def test_bad_input_is_2_and_changes_nothing(
    arguments: tuple[str, ...], said: str, september: Path, tmp_path: Path
) -> None:
    assert september.is_file()
    before = sorted(tmp_path.iterdir())
    paths = [tmp_path / one if "." in one else one for one in arguments]
    out = () if "-o" in arguments else ("-o", tmp_path / "d.xlsx")
    done = tollsheet("dispute", *paths, *out)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("provider", ["connexcs", "plivo", "generic"])
def test_planted_faults_are_disputed_under_their_names(provider: str, examples: Path, tmp_path: Path) -> None:
    """What is disputed, what was billed too little, and what our side left out is exactly what the bill has
    more than the log."""
    folder = examples / provider
    planted = json.loads((folder / "planted.json").read_text("utf-8"))
    mapped = provider == "generic"
    mappings = ("--mapping", folder / "mapping.toml", "--billed-mapping", folder / "mapping.toml") * mapped
    log, bill = sorted(folder.glob("calls-*.csv"))[0], next(folder.glob("billed-*"))
    sides = ("--calls", log, "--billed", bill, "--rates", folder / "rates.csv", *mappings)
    options = ("--time-zone", planted["zone"], "-o", tmp_path / "r.xlsx")
    tollsheet("reconcile", "--month", "2026-09", *sides, *options)
    outputs = ("-o", tmp_path / "d.xlsx", "--json", tmp_path / "d.json")
    assert tollsheet("dispute", tmp_path / "r.xlsx", *AS_OF, *outputs).returncode == 1
    made = json.loads((tmp_path / "d.json").read_text("utf-8"))
    wanted = {(one["kind"], one["call_id"]) for one in planted["planted"] if one["kind"]}
    disputed = {(one["kind"], one["call_id"]) for one in made["disputes"]}
    others = {(one["kind"], one["call_id"]) for one in made["not_disputed"] if one["kind"] != "unreadable"}
    assert disputed | others == {one for one in wanted if one[0] != "unreadable"}
    assert not disputed & others
    assert {kind for kind, _ in disputed} == {"missing-in-log", "status", "duration", "rate"}
    truth = planted["truth"]
    variance = Decimal(truth["billed"]["cost"]) - Decimal(truth["expected"]["cost"])
    (total,) = made["totals"]
    left_out = _billed_without_us(tmp_path / "r.xlsx")
    assert Decimal(total["in_question"]) + Decimal(total["billed_too_little"]) + left_out == variance


def _billed_without_us(path: Path) -> Decimal:
    """What the bill charges for calls that our log has unread, unrated or of unknown status."""
    sheet = load_workbook(path)["Findings"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    kinds = ("unreadable", "no-rate", "unknown-status")
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value in kinds]
    return sum((Decimal(str(sheet.cell(row, heads["Billed cost"]).value)) for row in rows), Decimal(0))
