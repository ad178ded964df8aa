"""The extension as LibreOffice finds it: unpacked, with or without numpy in reach of its Python."""

from __future__ import annotations

from pathlib import Path

import numpy

from addin.ribbon.building.oxt import parts


def unpack(folder: Path) -> Path:
    """The extension, unpacked into a folder of extensions; gives that folder."""
    for name, content in parts().items():
        path = folder / "tollsheet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def with_entry(folder: Path, source: str) -> Path:
    """The extension, unpacked, with commands that a test has written in place of the real ones.

    The engine that the real ones run on is replaced too, by one that only keeps LibreOffice's context.
    """
    unpack(folder)
    ours = folder / "tollsheet" / "pythonpath" / "addin"
    engine = ours / "hosts" / "calc" / "engine.py"
    engine.parent.mkdir(exist_ok=True)
    engine.write_text(
        "def add_engine(context):\n    global CONTEXT\n    CONTEXT = context\n", encoding="utf-8"
    )
    (ours / "ribbon" / "entry.py").write_text(source, encoding="utf-8")
    return folder


def with_numpy(folder: Path) -> Path:
    """A folder with numpy and nothing else: what the extension does not carry must not be found by chance."""
    folder.mkdir(parents=True, exist_ok=True)
    package = Path(numpy.__file__).parent
    for found in (package, package.parent / "numpy.libs"):
        if found.exists():
            (folder / found.name).symlink_to(found)
    return folder


def without_numpy(folder: Path) -> Path:
    """A folder that hides numpy, as LibreOffice's own builds for Windows and macOS have none."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "numpy.py").write_text('raise ImportError("numpy is hidden")\n', encoding="utf-8")
    return folder
