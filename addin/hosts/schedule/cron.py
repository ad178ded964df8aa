"""The line of a crontab. It depends on no PATH, no folder and no profile, since cron has none of them.

The command goes to /bin/sh, after cron has put a line break for every % without a backslash before it; what
is right for a shell is therefore not enough (crontab(5)).
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from addin.errors import TollsheetError, safe
from addin.hosts.schedule.when import DAY, MONTH, Schedule

LONGEST = 990
"""Of a command: the cron of most Linux systems cuts it at 1,000 characters."""


def crontab_line(schedule: Schedule, command: Sequence[str], log: Path) -> str:
    """The line, without a line break. A run that does not end with 0 is said on its output, which cron sends
    to the owner of the crontab where the system has local mail.

    >>> from datetime import time
    >>> crontab_line(Schedule("week", time(6, 5), 6), ["/usr/bin/tool", "50 % off"], Path("/var/log/a"))
    "5 6 * * 0 /usr/bin/tool '50 \\\\% off' || echo Ended with exit code $?: see /var/log/a"
    """
    for part in (*command, str(log)):
        if not part.isprintable() or "\\" in part:
            raise TollsheetError(
                f"{safe(part)} has a sign that no crontab can hold",
                "Use a path of plain letters, digits and blanks.",
            )
    told = f"{shlex.join(command)} || echo Ended with exit code $?: see {shlex.quote(str(log))}"
    told = told.replace("%", "\\%")
    if len(told) > LONGEST:
        raise TollsheetError(
            f"The command has {len(told)} characters, and cron takes {LONGEST}", "Use shorter paths."
        )
    if schedule.every == DAY:
        days = "* * *"
    elif schedule.every == MONTH:
        days = f"{schedule.on} * *"
    else:
        days = f"* * {(schedule.on + 1) % 7}"
    return f"{schedule.at.minute} {schedule.at.hour} {days} {told}"
