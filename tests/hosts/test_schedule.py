"""Schedules: the right days, no run of a wrong period, and text that cron and Windows read as meant."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, time, timedelta
from itertools import islice, pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.hosts.schedule.cron import crontab_line
from addin.hosts.schedule.when import Schedule, left_out, planned
from addin.hosts.schedule.windows_task import NAMESPACE, task_file

NOW = datetime(2026, 11, 25, 12, 0)
UTC = ZoneInfo("UTC")


def plan(every: str, at: str, on: str, period: str, here: str = "UTC", report: str = "UTC") -> list[str]:
    local = ZoneInfo(here)
    runs = planned(
        Schedule.of(every, at, on), period, ZoneInfo(report), NOW, lambda at: at.replace(tzinfo=local)
    )
    return [str(run) for run in runs]


@pytest.mark.parametrize(
    ("every", "at", "on", "first"),
    [
        ("day", "12:01", "", "2026-11-25 12:01"),
        ("day", "12:00", "", "2026-11-26 12:00"),
        ("week", "6:00", "", "2026-11-30 06:00"),
        ("week", "23:59", "Wednesday", "2026-11-25 23:59"),
        ("week", "11:59", "wed", "2026-12-02 11:59"),
        ("month", "06:00", "", "2026-12-01 06:00"),
        ("month", "06:00", "28", "2026-11-28 06:00"),
        ("month", "06:00", "25", "2026-12-25 06:00"),
    ],
)
def test_the_next_run(every: str, at: str, on: str, first: str) -> None:
    assert f"{next(Schedule.of(every, at, on).runs(NOW)):%Y-%m-%d %H:%M}" == first


@pytest.mark.parametrize(
    ("every", "at", "on"),
    [
        ("day", "24:00", ""), ("day", "6", ""), ("day", "06:60", ""), ("day", "06:00", "1"),
        ("week", "06:00", "t"), ("week", "06:00", "tu we"), ("week", "06:00", "1"), ("week", "06:00", "T"),
        ("month", "06:00", "0"), ("month", "06:00", "29"), ("month", "06:00", "monday"),
    ],
)  # fmt: skip
def test_what_is_no_schedule(every: str, at: str, on: str) -> None:
    with pytest.raises(TollsheetError):
        Schedule.of(every, at, on)


def test_each_run_is_of_its_own_period() -> None:
    months = plan("month", "06:00", "2", "last month")
    assert months[:2] == ["Wed 2026-12-02 06:00: 2026-11", "Sat 2027-01-02 06:00: 2026-12"]
    assert plan("week", "06:00", "mon", "last week")[0] == "Mon 2026-11-30 06:00: 2026-11-23 to 2026-11-29"
    assert plan("day", "06:00", "", "yesterday")[0] == "Thu 2026-11-26 06:00: 2026-11-25"


@pytest.mark.parametrize(
    ("here", "report", "at"),
    [
        ("Asia/Tokyo", "UTC", "08:59"),  # still the 30th in London
        ("Europe/Berlin", "America/New_York", "05:30"),
        ("UTC", "Pacific/Auckland", "12:00"),  # already the 2nd: but of the same month, so it is right
    ],
)
def test_a_month_late_is_seen(here: str, report: str, at: str) -> None:
    if report == "Pacific/Auckland":
        assert plan("month", at, "1", "last month", here, report)[0].endswith("2026-11")
        return
    with pytest.raises(TollsheetError, match='where "last month" still means 2026-10'):
        plan("month", at, "1", "last month", here, report)
    assert plan("month", at, "2", "last month", here, report)[0].endswith("2026-11")


def test_a_time_that_is_only_wrong_in_winter_is_seen() -> None:
    """01:30 in Berlin is 23:30 UTC of the day before in summer, 00:30 in winter."""
    with pytest.raises(TollsheetError, match="on 2027-04-01 here it is 2027-03-31 in the report's zone"):
        plan("month", "01:30", "1", "last month", "Europe/Berlin")


@pytest.mark.parametrize(
    ("every", "period"),
    [("day", "last month"), ("week", "last month"), ("day", "last week"), ("month", "last quarter")],
)
def test_the_same_report_again_is_seen(every: str, period: str) -> None:
    with pytest.raises(TollsheetError, match="the same report would be sent again"):
        plan(every, "12:00", "", period)


def test_days_in_no_report_are_said() -> None:
    def missing(every: str, period: str) -> str:
        return left_out(
            planned(Schedule.of(every, "06:00", ""), period, UTC, NOW, lambda at: at.replace(tzinfo=UTC))
        )

    assert missing("week", "yesterday") == "Some days are in no report, such as 2026-11-30 to 2026-12-05."
    assert missing("month", "last 30 days") == "Some days are in no report, such as 2026-12-01."
    assert (
        missing("week", "last 7 days") == missing("month", "last month") == missing("day", "yesterday") == ""
    )


WORDS = st.text(
    st.characters(
        min_codepoint=32, exclude_characters="\\", exclude_categories=["C", "Z"], include_characters=" "
    ),
    max_size=20,
)


def as_cron_does(line: str) -> str:
    """What cron hands to /bin/sh: the sixth field, up to the first % without a backslash (crontab(5))."""
    command, out, escaped = line.split(" ", 5)[5], "", False
    for sign in command:
        if escaped:
            out += sign if sign == "%" else f"\\{sign}"
        elif sign == "%":
            break
        elif sign != "\\":
            out += sign
        escaped = sign == "\\" and not escaped
    return out


@settings(deadline=None, max_examples=60)  # each starts a shell
@given(st.lists(WORDS, max_size=4))
def test_a_shell_gets_every_word_of_the_line(words: list[str]) -> None:
    command = [sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))", *words]
    line = crontab_line(Schedule("day", time(6)), command, Path("/a b/50 %.log"))
    said = subprocess.run(
        ["/bin/sh", "-c", as_cron_does(line)],
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{words!a}\n"


def test_a_run_that_fails_is_said_with_its_log() -> None:
    line = crontab_line(Schedule("day", time(6)), ["/bin/sh", "-c", "exit 2"], Path("/a b/50 %.log"))
    said = subprocess.run(
        ["/bin/sh", "-c", as_cron_does(line)], env={}, capture_output=True, text=True, check=True
    )
    assert said.stdout == "Ended with exit code 2: see /a b/50 %.log\n"


@pytest.mark.parametrize(
    ("every", "on", "fields"),
    [
        ("day", "", "5 18 * * *"),
        ("week", "sunday", "5 18 * * 0"),
        ("week", "mon", "5 18 * * 1"),
        ("month", "28", "5 18 28 * *"),
    ],
)
def test_the_five_fields(every: str, on: str, fields: str) -> None:
    assert crontab_line(Schedule.of(every, "18:05", on), ["x"], Path("y")).startswith(f"{fields} x ")


@pytest.mark.parametrize("path", ["/a\nb", "/a\\%b", "/a\x00", "/" + "x" * 1000])
def test_what_no_crontab_can_hold(path: str) -> None:
    with pytest.raises(TollsheetError):
        crontab_line(Schedule("day", time(6)), ["/usr/bin/python3", path], Path("/log"))


def task(schedule: Schedule, arguments: list[str]) -> Xml.Element:
    content = task_file(
        schedule, r"C:\Program Files\Python\pythonw.exe", arguments, Path(r"C:\conf"), 'A & B <"x">', NOW
    )
    assert content.startswith(b"\xff\xfe<\x00?\x00")
    text = content.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    assert "\n" not in text.replace("\r\n", "")
    return Xml.fromstring(content)


def names(parent: Xml.Element, path: str) -> list[str]:
    found = parent.find("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")) if path else ".")
    assert found is not None, path
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in found]


def value(parent: Xml.Element, path: str) -> str | None:
    return parent.findtext("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))


ALLOWED = {
    "": {"RegistrationInfo", "Triggers", "Principals", "Settings", "Data", "Actions"},
    "RegistrationInfo": {"URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description"},
    "Principals/Principal": {"UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"},
    "Settings": {
        "AllowStartOnDemand", "RestartOnFailure", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries",
        "StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "RunOnlyIfNetworkAvailable",
        "WakeToRun", "Enabled", "Hidden", "ExecutionTimeLimit", "Priority", "RunOnlyIfIdle", "IdleSettings",
    },
    "Actions/Exec": {"Command", "Arguments", "WorkingDirectory"},
}  # fmt: skip
"""Groups of schema 1.2 whose elements come once each in any order ([MS-TSCH] 2.5)."""
CALENDARS = {
    "day": ("ScheduleByDay", ["DaysInterval"]),
    "week": ("ScheduleByWeek", ["WeeksInterval", "DaysOfWeek"]),
    "month": ("ScheduleByMonth", ["DaysOfMonth", "Months"]),
}


@pytest.mark.parametrize("every", CALENDARS)
def test_the_task_keeps_to_the_schema(every: str) -> None:
    found = task(Schedule.of(every, "06:00", ""), ["-m", "addin.cli"])
    assert (found.tag, found.attrib) == (f"{{{NAMESPACE}}}Task", {"version": "1.2"})
    for path, allowed in ALLOWED.items():
        used = names(found, path)
        assert len(used) == len(set(used))
        assert set(used) <= allowed, path
    trigger = "Triggers/CalendarTrigger"
    calendar, inside = CALENDARS[every]
    assert names(found, trigger) == ["StartBoundary", calendar]  # a sequence: this order and no other
    assert names(found, f"{trigger}/{calendar}") == inside
    assert value(found, f"{trigger}/StartBoundary") == "2026-11-25T12:00:00"
    assert value(found, "Principals/Principal/LogonType") == "InteractiveToken"
    assert value(found, "Settings/StartWhenAvailable") == "true"
    assert value(found, "RegistrationInfo/Description") == 'A & B <"x">'
    assert value(found, "Actions/Exec/Command") == r"C:\Program Files\Python\pythonw.exe"


def test_the_days_of_a_task() -> None:
    month = task(Schedule.of("month", "06:00", "28"), [])
    assert value(month, "Triggers/CalendarTrigger/ScheduleByMonth/DaysOfMonth/Day") == "28"
    assert len(names(month, "Triggers/CalendarTrigger/ScheduleByMonth/Months")) == 12
    week = task(Schedule.of("week", "06:00", "sunday"), [])
    assert names(week, "Triggers/CalendarTrigger/ScheduleByWeek/DaysOfWeek") == ["Sunday"]


def test_arguments_are_quoted_as_windows_programs_read_them() -> None:
    found = task(Schedule("day", time(6)), ["--config", r"C:\My Files\a & b.toml", "--mail"])
    assert value(found, "Actions/Exec/Arguments") == r'--config "C:\My Files\a & b.toml" --mail'


@pytest.mark.parametrize("path", ["C:\\%TEMP%\\a", "C:\\$(Arg0)", "C:\\a\x01"])
def test_what_task_scheduler_would_replace(path: str) -> None:
    with pytest.raises(TollsheetError, match="Task Scheduler replaces"):
        task(Schedule("day", time(6)), [path])


def test_runs_never_stand_still() -> None:
    runs = [*islice(Schedule.of("month", "00:00", "1").runs(NOW), 30)]
    assert all(timedelta(days=28) <= b - a <= timedelta(days=31) for a, b in pairwise(runs))
    assert runs[-1] == datetime(2029, 5, 1)
