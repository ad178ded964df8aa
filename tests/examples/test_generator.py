"""The generated months: the same bytes again, a truth that adds up, every fault where it is said."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from examples.generate import BILLING, DEMO_CALLS, Month, month, write_example
from examples.generator.billing import billing
from examples.generator.faults import FAULTS
from examples.generator.providers import PROVIDERS

MODES = [("twilio", "totals"), *((name, "calls") for name in PROVIDERS)]


def content(name: str, packed: bytes) -> bytes:
    """A file's content: the compressor may differ from one machine to the next, its content may not."""
    return gzip.decompress(packed) if name.endswith(".gz") else packed


def text_at(made: Month, place: str) -> str:
    """The record at `file:row`: a line of a table or of one object a line, or a record of a document."""
    name, _, row = place.rpartition(":")
    text = content(name, made.files[name]).decode()
    if ".json" in name and ".jsonl" not in name:
        document = json.loads(text)
        records = document if isinstance(document, list) else document.get("calls") or document.get("objects")
        return json.dumps(records[int(row) - 1])
    return text.splitlines()[int(row) - 1]


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_committed_example_is_what_the_generator_writes(
    name: str, examples: Path, tmp_path: Path
) -> None:
    month(name, seed=1, calls=DEMO_CALLS.get(name, 300)).write(tmp_path)
    written = {path.name: content(path.name, path.read_bytes()) for path in tmp_path.iterdir()}
    committed = {path.name: content(path.name, path.read_bytes()) for path in (examples / name).iterdir()}
    assert sorted(committed) == sorted(written)
    assert [file for file in written if committed[file] != written[file]] == []


def test_the_committed_charges_are_what_the_generator_writes(examples: Path, tmp_path: Path) -> None:
    write_example(*billing(1), tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in (examples / BILLING).iterdir()}
    assert committed == written


def test_the_examples_are_small(examples: Path) -> None:
    files = [path for name in PROVIDERS for path in (examples / name).iterdir()]
    assert sum(path.stat().st_size for path in files) < 2_000_000


def test_the_command_writes_a_month(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(root / "examples" / "generate.py"), "--provider", "twilio"]
    subprocess.run([*command, "--calls", "20", "--seed", "3", "-o", str(tmp_path)], check=True, cwd=tmp_path)
    planted = json.loads((tmp_path / "twilio" / "planted.json").read_text("utf-8"))
    assert (planted["seed"], planted["month"]) == (3, "2026-09")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("name", "mode"), MODES)
def test_a_month_without_faults_balances(name: str, mode: str, seed: int) -> None:
    made = month(name, seed, {}, calls=80, mode=mode)
    truth = made.planted["truth"]
    assert made.planted["planted"] == []
    for pair in (truth, *truth["categories"].values(), *truth["days"].values()):
        expected, billed = pair["expected"], pair["billed"]
        assert (expected["calls"], expected["minutes"]) == (billed["calls"], billed["minutes"])
        assert billed["cost"] in (expected["cost"], None)


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_every_fault_stands_where_it_is_said(name: str, mode: str) -> None:
    faults = {fault: 2 for fault in FAULTS if fault not in PROVIDERS[name].without}
    made = month(name, 5, faults, calls=160, mode=mode)
    assert {planted["fault"] for planted in made.planted["planted"]} == set(faults)
    for planted in made.planted["planted"]:
        places = [*planted["log"].values(), *planted["billed"].values()]
        assert all(planted["call_id"] in text_at(made, place) for place in places)
        assert places or planted["fault"] == "older-copies" or mode == "totals"
        if planted["kind"] == "missing-in-bill":
            assert not planted["billed"]
        if planted["fault"] == "missing-in-log":
            assert not planted["log"]


def test_seeds_and_faults_change_the_month() -> None:
    first, again, other = (month("twilio", seed, calls=40).files for seed in (1, 1, 2))
    assert first == again
    assert first["calls-console.csv"] != other["calls-console.csv"]


def test_a_clock_change_and_a_short_month() -> None:
    made = month("twilio", 4, {"neighbours": 3}, calls=120, month="2026-11", zone="America/New_York")
    text = made.files["calls-console.csv"].decode()
    assert " EDT 2026-10-31" in text
    assert " EST 2026-11-" in text
    assert month("twilio", 4, {}, calls=40, month="2027-02").planted["month"] == "2027-02"


def test_what_cannot_be_planted_is_refused() -> None:
    with pytest.raises(ValueError, match="No such fault: typo"):
        month("twilio", faults={"typo": 1})
    with pytest.raises(ValueError, match="ask for more calls"):
        month("twilio", faults={"rate": 500}, calls=50)
