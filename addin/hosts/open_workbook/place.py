"""Where an open workbook lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def path_of(book: Any) -> Path | None:
    """The file of a workbook; None where it was never saved, or lies in the cloud alone.

    For a workbook of SharePoint or OneDrive xlwings looks for its local copy, and raises whatever it meets
    where there is none.
    """
    try:
        path = Path(book.fullname)
    except Exception:
        return None
    return path if path.is_absolute() else None
