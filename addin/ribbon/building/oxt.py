"""Builds `tollsheet.oxt`, the extension for LibreOffice Calc: from text alone, the same bytes each time.

python -m addin.ribbon.building.oxt dist/tollsheet.oxt
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from addin.hosts.calc_addin.component import INTERFACE, SERVICE
from addin.ribbon.building import oxt_parts
from addin.ribbon.building.oxt_packages import LIBRARIES, installed, library_files, own_files
from addin.ribbon.building.type_library import type_library
from udfs.cells import CELL_FUNCTIONS

NAME = "tollsheet.oxt"
CONFIGURATION = "application/vnd.sun.star.configuration-data"
REGISTERED = {  # in the order in which LibreOffice needs them: types before what is written in them
    "tollsheet.rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "tollsheet_functions.py": "application/vnd.sun.star.uno-component;type=Python",
    "tollsheet_commands.py": "application/vnd.sun.star.uno-component;type=Python",
    "CalcAddIns.xcu": CONFIGURATION,
    "ProtocolHandler.xcu": CONFIGURATION,
    "Addons.xcu": CONFIGURATION,
    "CalcWindowState.xcu": CONFIGURATION,
}
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""Every file's time in the archive: the earliest that the format knows."""
LICENCE = "LICENSE.txt"


def build(path: Path) -> None:
    """Write the extension. It holds what is installed beside it: the same versions give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(parts().items()):
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def parts() -> dict[str, bytes]:
    """Every file of the extension, by path."""
    release = version("tollsheet")
    texts = {
        "META-INF/manifest.xml": oxt_parts.manifest(REGISTERED),
        "description.xml": oxt_parts.description(release),
        "description.txt": oxt_parts.DESCRIPTION_TEXT,
        "CalcAddIns.xcu": oxt_parts.functions_configuration(),
        "Addons.xcu": oxt_parts.commands_configuration(),
        "CalcWindowState.xcu": oxt_parts.window_configuration(),
        "ProtocolHandler.xcu": oxt_parts.protocol_configuration(),
        "tollsheet_functions.py": oxt_parts.FUNCTIONS_COMPONENT,
        "tollsheet_commands.py": oxt_parts.COMMANDS_COMPONENT,
        f"pythonpath/tollsheet-{release}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: tollsheet\nVersion: {release}\n"
        ),
    }
    found = {name: text.encode() for name, text in texts.items()}
    found[LICENCE] = _licence()
    found["tollsheet.rdb"] = _types()
    found |= {f"pythonpath/{name}": content for name, content in own_files()}
    for library in LIBRARIES:
        found |= {f"pythonpath/{name}": content for name, content in library_files(library)}
    return found


def _types() -> bytes:
    module, interface = INTERFACE.rsplit(".", 1)
    methods = {
        name: [argument.name for argument in function.arguments] for name, function in CELL_FUNCTIONS.items()
    }
    dated = {name for name, function in CELL_FUNCTIONS.items() if function.has_dates}
    return type_library(module, interface, SERVICE.rsplit(".", 1)[1], methods, dated)


def _licence() -> bytes:
    """Our licence: beside the packages in a checkout, in the metadata of an installed one."""
    beside = Path(__file__).resolve().parents[2] / "LICENSE"
    if beside.is_file():
        return beside.read_bytes()
    text = installed("tollsheet").read_text("licenses/LICENSE")
    return (text or "").encode()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
