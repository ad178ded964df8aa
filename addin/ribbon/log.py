"""The log file of the commands, in the user's own folder."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000


def log_path() -> Path:
    """Where the log is written: below LOCALAPPDATA on Windows, else in the home folder."""
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    folder = Path(base) / "Tollsheet" if base else Path.home() / ".tollsheet"
    return folder / "tollsheet.log"


def log() -> logging.Logger:
    """The log of the commands; none where its file cannot be written, and no command fails of that."""
    logger = logging.getLogger("tollsheet")
    path = log_path()
    if not any(getattr(handler, "baseFilename", "") == str(path.absolute()) for handler in logger.handlers):
        logger.setLevel(logging.INFO)
        logger.propagate = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = RotatingFileHandler(
                path, maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=True
            )
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
    return logger
