"""THE log file, of Excel's commands and of all that runs in LibreOffice: in Tollsheet's folder of the user.

Functions write here as well, from LibreOffice: a cell can only show #VALUE!, what was behind it stands here.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

FOLDER = "Tollsheet"
"""On Windows, below LOCALAPPDATA."""
LOG_NAME = "tollsheet.log"
MOST_BYTES = 1_000_000


def log_path() -> Path:
    """Where the log stands: below LOCALAPPDATA on Windows, else in the home folder."""
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    return (Path(base) / FOLDER if base else Path.home() / ".tollsheet") / LOG_NAME


class Log:
    """Writes lines and failures into a file, which is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._said: set[tuple[str, str, int]] = set()
        self._logger = logging.Logger("tollsheet")
        self._handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._logger.addHandler(self._handler)

    def failure(self, what: str, error: BaseException) -> None:
        """The traceback, the first time that this fails at this place: a column of cells would repeat it."""
        deepest = error.__cause__ or error
        frames = traceback.extract_tb(deepest.__traceback__)
        where = (what, frames[-1].filename if frames else "", frames[-1].lineno or 0 if frames else 0)
        if where not in self._said:
            self._said.add(where)
            self._write(f"{what} failed (Python {sys.version.split()[0]})", error)

    def line(self, text: str, behind: BaseException | None = None) -> None:
        """One line, and the traceback of what was behind it."""
        self._write(text, behind)

    def _write(self, text: str, error: BaseException | None) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return  # a folder that cannot be written to must not become an error of a cell
        self._logger.info(text, exc_info=error)
        self._handler.close()  # it opens by itself again; an open file could not be deleted on Windows
