"""The file from which Windows' Task Scheduler makes a task: schema 1.2, in UTF-16 as schtasks expects it.

Source: Microsoft, "Task Scheduler Schema" and [MS-TSCH] 2.5. Most groups of the schema take their elements
in any order; a trigger's own elements, StartBoundary among them, stand before its calendar. Not tried on
Windows.
"""

from __future__ import annotations

import codecs
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

from addin.errors import TollsheetError, safe
from addin.hosts.schedule.when import DAY, WEEK, WEEKDAYS, Schedule

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MOST_RUNNING = "PT4H"


def task_file(
    schedule: Schedule, program: str, arguments: Sequence[str], folder: Path, what: str, first_run: datetime
) -> bytes:
    """The bytes of the file. The task runs as the person who registers it, while that person is logged on:
    only then can it open the person's key store. A run that was missed is made up for when it can be."""
    for part in (program, *arguments, str(folder)):
        if not part.isprintable() or "%" in part or "$(" in part:
            raise TollsheetError(
                f"{safe(part)} has a sign that Task Scheduler replaces", "Use a path without % and $(."
            )
    task = Xml.Element("Task", version="1.2", xmlns=NAMESPACE)
    _add(_add(task, "RegistrationInfo"), "Description", what)
    trigger = _add(_add(task, "Triggers"), "CalendarTrigger")
    _add(trigger, "StartBoundary", first_run.strftime("%Y-%m-%dT%H:%M:%S"))
    _add_calendar(trigger, schedule)
    principal = _add(_add(task, "Principals"), "Principal", id="Author")
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = _add(task, "Settings")
    for name, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", MOST_RUNNING),
    ):
        _add(settings, name, value)
    action = _add(_add(task, "Actions", Context="Author"), "Exec")
    _add(action, "Command", program)
    _add(action, "Arguments", subprocess.list2cmdline(arguments))
    _add(action, "WorkingDirectory", str(folder))
    Xml.indent(task)
    text = f'<?xml version="1.0" encoding="UTF-16"?>\n{Xml.tostring(task, encoding="unicode")}\n'
    return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")


def _add_calendar(trigger: Xml.Element, schedule: Schedule) -> None:
    if schedule.every == DAY:
        _add(_add(trigger, "ScheduleByDay"), "DaysInterval", "1")
    elif schedule.every == WEEK:
        week = _add(trigger, "ScheduleByWeek")
        _add(week, "WeeksInterval", "1")
        _add(_add(week, "DaysOfWeek"), WEEKDAYS[schedule.on])
    else:
        month = _add(trigger, "ScheduleByMonth")
        _add(_add(month, "DaysOfMonth"), "Day", str(schedule.on))
        months = _add(month, "Months")
        for name in MONTHS:
            _add(months, name)


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = text or None
    return element
