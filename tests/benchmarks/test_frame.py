"""The benchmarks' frame: medians, ratios and verdicts are right, and what runs in turn really does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.frame.document import Section, joined, sections_in, text_of
from benchmarks.frame.inputs import made
from benchmarks.frame.rows import OURS, Figure, Row, Way, floor, lines_of, ours, peer
from benchmarks.frame.timing import fresh, in_turn, median_s, peak_mb


class Clock:
    """Time that passes only where a run says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []

    def __call__(self) -> float:
        return self.now

    def run(self, name: str, *seconds: float) -> object:
        """A run that takes these times, one after the other."""
        left: Iterator[float] = iter(seconds)

        def take() -> None:
            self.told.append(name)
            self.now += next(left)

        return take


def row(*ways: Way, **figures: Figure) -> Row:
    return Row("work", "size", ways, lambda: figures)


def test_medians_leave_the_first_round_out() -> None:
    clock = Clock()
    runs = {"slow": clock.run("s", 99, 5, 1, 4, 2, 3), "quick": clock.run("q", *[50] * 2, *range(10))}
    medians = in_turn(runs, clock=clock, repeats={"quick": 2})  # type: ignore[arg-type]
    assert medians == {"slow": 3, "quick": 4.5}
    assert "".join(clock.told) == "sqq" * 6


def test_a_median_of_few_is_refused() -> None:
    with pytest.raises(ValueError, match="4 times are too few"):
        median_s([1, 2, 3, 4])


def test_ratios_and_verdicts() -> None:
    ways = (
        ours(within_s=2, within_mb=100, none_wrong=True),
        peer("ten times", 10),
        peer("a bit more", 10.5),
        floor("half", 2),
        floor("a third", 2.9),
        peer("no aim"),
        floor("not measured", 2),
    )
    figures = {
        OURS: Figure(2.0, 100.0, 0),
        "ten times": Figure(20.0, wrong=7),
        "a bit more": Figure(20.0),
        "half": Figure(1.0),
        "a third": Figure(2 / 3),
        "no aim": Figure(1.0),
    }
    lines = lines_of(row(*ways), figures)
    assert [line.ratio for line in lines] == [None, 10, 10, 2, pytest.approx(3), 0.5, None]
    assert [line.verdict for line in lines] == [
        "reached",
        "reached",
        "not reached",
        "reached",
        "not reached",
        "",
        "",
    ]
    assert [way.aim for way in ways[:2]] == ["at most 2 s, at most 100 MB, 0 wrong", "at least 10 x"]


@pytest.mark.parametrize(
    "figure",
    [Figure(2.1, 100, 0), Figure(2, 100.1, 0), Figure(2, 100, 1), Figure(2, None, 0), Figure(2, 100)],
)
def test_each_aim_of_ours_counts_and_what_was_not_looked_at_is_not_reached(figure: Figure) -> None:
    (line,) = lines_of(row(ours(within_s=2, within_mb=100, none_wrong=True)), {OURS: figure})
    assert line.verdict == "not reached"


def test_a_figure_of_no_way_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no way is called Decimal"):
        lines_of(row(ours()), {OURS: Figure(1), "Decimal": Figure(1)})


def test_fresh_processes_are_timed_in_turn_with_their_own_memory(tmp_path: Path) -> None:
    said = tmp_path / "said"
    commands = {
        name: [sys.executable, "-S", "-c", f"open({str(said)!r}, 'a').write({name!r}); {work}; exit(1)"]
        for name, work in (("a", "b'x' * (64 << 20)"), ("b", "0"))
    }
    held = b"x" * (200 << 20)
    figures = fresh(commands, codes=(1,))
    assert said.read_text() == "ab" * 6
    assert len(held) / 2**20 > (figures["a"].peak_mb or 0) > 64 > (figures["b"].peak_mb or 0) > 1
    assert all(figure.seconds > 0 for figure in figures.values())


def test_a_command_that_fails_stops_the_measurement(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="failed"):
        peak_mb("raise SystemExit(3)")
    assert "Exit code 3" in capfd.readouterr().err


def test_an_input_is_made_once_and_never_half(tmp_path: Path) -> None:
    written: list[Path] = []

    def write(path: Path) -> None:
        written.append(path)
        path.write_text("calls")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise OSError("full")

    paths = {made("calls-10.csv", write, within=tmp_path) for _ in range(2)}
    assert (len(written), [path.read_text() for path in paths]) == (1, ["calls"])
    with pytest.raises(OSError, match="full"):
        made("usage-10.csv", fail, within=tmp_path)
    assert [*tmp_path.iterdir()] == [*paths]


def section(title: str, *rows: Row) -> Section:
    return Section(title, "A note.", ("click",), rows)


def test_a_part_of_the_document() -> None:
    one = row(ours(none_wrong=True), peer("`Decimal`", 100), floor("copy", 5))
    figures = {OURS: Figure(0.00519, 75.2, 0), "`Decimal`": Figure(1.1, None, 0), "copy": Figure(0.001)}
    other = Row("elsewhere", "1 row", (ours(),), dict)
    part = section("Costs", one, other)
    text = text_of(
        part, [(one, figures, ""), (other, {}, "wine is missing")], datetime(2026, 9, 1, tzinfo=UTC), "here"
    )
    assert text.splitlines() == [
        "## Costs",
        "",
        "A note.",
        "",
        "1 September 2026, here:",
        "",
        "| work | way | seconds | Tollsheet against it | wrong | peak memory | aim |  |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| work; size | **Tollsheet** | 0.00519 |  | 0 | 75 MB | 0 wrong | reached |",
        "|  | peer: `Decimal` | 1.10 | 212 x as fast | 0 |  | at least 100 x | reached |",
        "|  | floor: copy | 0.00100 | 5.2 x as long |  |  | at most 5 x | **not reached** |",
        "| elsewhere; 1 row | not measured here: wine is missing |  |  |  |  |  |  |",
    ]


def test_parts_are_kept_and_ordered() -> None:
    costs = "## Costs\n\n| x | reached |\n| y | **not reached** |\n"
    months = "## Months\n\n| z | reached |\n"
    document = joined(
        {"Months": months, "Gone": "## Gone\n", "Costs": costs}, ["Costs", "Start-up", "Months"]
    )
    assert sections_in(document) == {"Costs": costs, "Months": months}
    assert [*sections_in(document)] == ["Costs", "Months"]
    assert "Aims reached: 2. Not reached: 1," in document
    assert joined(sections_in(document), ["Costs", "Start-up", "Months"]) == document
