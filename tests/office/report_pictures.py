"""Pictures of the sheets that the pages on the reports show, from the workbooks that `make demo` writes.

python tests/office/report_pictures.py OUT FOLDER
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.office.pictures import pictures

SHOWN = {
    "investigation": ("investigation", "the-call"),
    "disputes": ("dispute-summary", "letter"),
    "billing-report": ("summary", "tables"),
    "storage": ("summary", "forecast"),
}
"""Workbook: its sheets, as their pictures are called."""


def main() -> None:
    """The command line."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    books, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for name, sheets in SHOWN.items():
        with tempfile.TemporaryDirectory(prefix="tollsheet-pictures-") as place:
            made = pictures(books / f"{name}.xlsx", Path(place))
            for sheet in sheets:
                (path,) = [one for one in made if one.stem.endswith(f"-{sheet}")]
                target = folder / f"{name}-{sheet}.png"
                shutil.copyfile(path, target)
                print(target)


if __name__ == "__main__":
    main()
