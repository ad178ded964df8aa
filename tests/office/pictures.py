"""A picture of the first printed page of each sheet.

    python tests/office/pictures.py WORKBOOK FOLDER

writes FOLDER/<workbook>-<n>-<sheet>.png and prints each path with the number of pages of that sheet.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.office.harness import print_sheets

DOTS_PER_INCH = 90


def pictures(workbook: Path, folder: Path) -> dict[Path, int]:
    """Write the pictures; gives the number of printed pages behind each."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[Path, int] = {}
    with tempfile.TemporaryDirectory(prefix="tollsheet-print-") as place:
        for number, (sheet, pdf) in enumerate(print_sheets(workbook, Path(place)).items(), 1):
            slug = re.sub(r"[^a-z0-9]+", "-", sheet.lower()).strip("-")
            target = folder / f"{workbook.stem}-{number}-{slug}"
            command = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS_PER_INCH), str(pdf), str(target)]
            subprocess.run(command, check=True)
            made[target.with_suffix(".png")] = page_count(pdf)
    return made


def page_count(pdf: Path) -> int:
    """The pages of a PDF, as pdfinfo counts them."""
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", told, re.MULTILINE)[1])


def main() -> None:
    """The command line."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for path, pages in pictures(Path(sys.argv[1]), Path(sys.argv[2])).items():
        print(f"{path}  ({pages} page{'s' if pages != 1 else ''})")


if __name__ == "__main__":
    main()
