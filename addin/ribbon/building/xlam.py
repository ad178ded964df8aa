"""The Excel add-in `tollsheet.xlam` from text alone: the same bytes each time, no Excel needed.

pyOpenVBA brings an empty add-in that Excel once saved, and writes the VBA project; the sheet of settings, the
ribbon and its relationship are put beside it here.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pyopenvba

from addin.ribbon.building.ribbon_xml import PART, RELATIONSHIP, ribbon_xml
from addin.ribbon.building.vba_text import BuildError, modules, this_workbook
from addin.ribbon.excel_addin import NAME, PROJECT, SETTINGS

__all__ = ["NAME", "build"]

SETTINGS_SHEET = f"{PROJECT}.conf"

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Of ZIP: every part gets it, so that two builds are equal."""


def build(path: Path, texts: dict[str, str] | None = None) -> None:
    """Write the add-in; `texts` are the VBA modules, by default those of the product."""
    with tempfile.TemporaryDirectory(prefix="tollsheet-build-") as folder:
        raw = Path(folder) / NAME
        with pyopenvba.ExcelFile.create_new(raw) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            book.set_module("ThisWorkbook", _lines(this_workbook()))
            for name, text in (texts or modules()).items():
                project.add_module(name, _lines(text))
            book.save()
        with zipfile.ZipFile(raw) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in _with_ours(parts).items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system that builds
            package.writestr(entry, content)


def _with_ours(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of the empty add-in with the settings, the ribbon and our name in them."""
    relationship = f'<Relationship Id="rIdRibbon" Type="{RELATIONSHIP}" Target="{PART}"/></Relationships>'
    changes = {
        "_rels/.rels": [("</Relationships>", relationship)],
        "xl/workbook.xml": [('<sheet name="Sheet1"', f'<sheet name="{SETTINGS_SHEET}"')],
        "xl/worksheets/sheet1.xml": [
            ('<dimension ref="A1"/>', f'<dimension ref="A1:B{len(SETTINGS)}"/>'),
            ("<sheetData/>", f"<sheetData>{_settings_rows()}</sheetData>"),
        ],
        "docProps/app.xml": [("<vt:lpstr>Sheet1</vt:lpstr>", f"<vt:lpstr>{SETTINGS_SHEET}</vt:lpstr>")],
    }
    ours = dict(parts)
    for name, replacements in changes.items():
        text = parts[name].decode()
        for old, new in replacements:
            if text.count(old) != 1:
                raise BuildError(f"{name} of pyOpenVBA's empty add-in is not as expected: {old} is missing.")
            text = text.replace(old, new)
        ours[name] = text.encode()
    ours["docProps/core.xml"] = _core_properties()
    ours[PART] = ribbon_xml()
    return ours


def _settings_rows() -> str:
    """The settings, a row each. Which Python, and where it finds Tollsheet, `tollsheet addin install` writes
    into the user's own file: INTERPRETER_WIN and PYTHONPATH. Were they here too, even empty, they would win.
    """
    cells = [
        "".join(
            f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for column, text in zip("AB", pair, strict=True)
        )
        for row, pair in enumerate(SETTINGS.items(), 1)
    ]
    return "".join(f'<row r="{row}">{text}</row>' for row, text in enumerate(cells, 1))


def _core_properties() -> bytes:
    """What Excel's list of add-ins shows of the file."""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tollsheet</dc:title>'
        b"<dc:creator>Tollsheet</dc:creator><dc:description>Exact per-call rating and billing reconciliation."
        b"</dc:description></cp:coreProperties>"
    )


def _lines(text: str) -> str:
    """With the line ends of VBA."""
    return "\r\n".join(text.splitlines()) + "\r\n"
