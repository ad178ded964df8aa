"""A day and a time of day in two columns, read in columns, say what they say row by row."""

from __future__ import annotations

from pathlib import Path

from addin.records import read_mapping
from addin.records.alike.calls import AlikeCalls

from .conftest import Both

DAY_AND_CLOCK = (
    'provider = "x"\ntime_zone = "Europe/Berlin"\n[columns]\ncall_id = "id"\nfrom = "von"\n'
    'to = "nach"\nstart = "Tag"\nstart_time = "Uhrzeit"\nduration = "Dauer"\n'
)


def test_day_and_clock_in_two_columns(both: Both, tmp_path: Path) -> None:
    days = ["2026-09-01", "2026-10-25", "", " 2026-09-02", "null", "1 Sep 2026", "2026-09-01Z"]
    clocks = ["10:00:01", "02:30:00", "", "10:00", "24:00:00", "10:00:01 ", "#N/A", "10:00:01 Z"]
    lines = [f"a,1,2,{day},{clock},61" for day in days for clock in clocks]
    path, mapped = tmp_path / "calls.csv", tmp_path / "mapping.toml"
    path.write_text("\n".join(["id,von,nach,Tag,Uhrzeit,Dauer", *lines]))
    mapped.write_text(DAY_AND_CLOCK)
    both([path], mapping=read_mapping(mapped))


def test_a_day_on_which_clocks_change_has_two_offsets(both: Both, tmp_path: Path) -> None:
    path, mapped = tmp_path / "calls.csv", tmp_path / "mapping.toml"
    times = ("25,01:00:00", "25,12:00:00", "01,09:00:00", "31,09:00:00")
    path.write_text(
        "\n".join(["id,von,nach,Tag,Uhrzeit,Dauer", *(f"a,1,2,2026-10-{time},61" for time in times)])
    )
    mapped.write_text(DAY_AND_CLOCK)
    calls = both([path], mapping=read_mapping(mapped)).calls
    assert isinstance(calls, AlikeCalls)
    assert [calls.shown(n).offset_s for n in range(4)] == [7200, 3600, 7200, 3600]
