"""The blank templates as files, and building them again: `python -m addin.hosts.blank_templates`."""

from __future__ import annotations

from pathlib import Path

import templates
from addin.errors import TollsheetError
from addin.hosts.files import write_atomically
from templates.blank.made import BLANKS, Blank

FOLDER = Path(templates.__file__).parent


def blank_named(name: str) -> Blank:
    """The template of this name. Raises TollsheetError where there is none."""
    for one in BLANKS:
        if one.name == name.strip().casefold():
            return one
    names = ", ".join(one.name for one in BLANKS)
    raise TollsheetError(f'There is no template "{name[:40]}"', f"The templates are {names}.")


def blank_path(blank: Blank) -> Path:
    """The committed file, which an installation brings along."""
    return FOLDER / f"{blank.name}.xlsx"


def write_blank(blank: Blank, path: Path, *, force: bool) -> None:
    """A copy of the committed file. Raises TollsheetError where it cannot be written."""
    if path.suffix.lower() != ".xlsx":
        raise TollsheetError(f"{path} is no .xlsx", "Templates are workbooks: give the file that ending.")
    content = blank_path(blank).read_bytes()
    write_atomically(path, force, lambda target: target.write_bytes(content))


def build_all(folder: Path = FOLDER) -> list[Path]:
    """Build every template into a folder; gives the files."""
    paths = [folder / f"{one.name}.xlsx" for one in BLANKS]
    for one, path in zip(BLANKS, paths, strict=True):
        path.write_bytes(one.build())
    return paths


if __name__ == "__main__":
    for built in build_all():
        print(f"{built}  ({built.stat().st_size:,} bytes)")
