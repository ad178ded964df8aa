"""Pictures of the first sheet of each template, in small files.

    python tests/office/template_pictures.py FOLDER

writes FOLDER/template-<name>.png: the first printed page without its margins, header and footer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from addin.hosts.blank_templates import blank_path
from templates.blank.made import BLANKS
from tests.office.pictures import pictures

EDGE = 55
"""Pixels at the top and the bottom of a page, with header and footer."""
COLOURS = 32
BORDER = 10


def main() -> None:
    """The command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    for blank in BLANKS:
        with tempfile.TemporaryDirectory(prefix="tollsheet-pictures-") as place:
            book = Path(
                shutil.copy(blank_path(blank), place)
            )  # LibreOffice writes a lock beside what it opens
            first = next(iter(pictures(book, Path(place) / "printed")))
            target = folder / f"template-{blank.name}.png"
            cut = ["-shave", f"0x{EDGE}", "-trim", "+repage", "-bordercolor", "white", "-border", str(BORDER)]
            small = ["-colors", str(COLOURS), "-strip", f"PNG8:{target}"]
            subprocess.run(["convert", str(first), *cut, *small], check=True)
        print(target)


if __name__ == "__main__":
    main()
