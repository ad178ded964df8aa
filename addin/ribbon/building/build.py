"""Build the add-ins: `python -m addin.ribbon.building.build [FOLDER]`, by default into dist/.

Each builder writes one file, `build(path)`, and names it, `NAME`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

BUILDERS = ("addin.ribbon.building.xlam", "addin.ribbon.building.oxt")


def build_all(folder: Path) -> list[Path]:
    """Build every add-in whose builder there is; gives the files."""
    built = []
    for name in BUILDERS:
        if find_spec(name) is not None:
            builder = import_module(name)
            path = folder / builder.NAME
            builder.build(path)
            built.append(path)
    return built


if __name__ == "__main__":
    for path in build_all(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")):
        print(f"{path}  ({path.stat().st_size:,} bytes)")
