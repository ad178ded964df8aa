"""Print each sheet of a workbook inside LibreOffice into a PDF of its own: run by the system's Python.

    /usr/bin/python3 print_in_office.py PIPE WORKBOOK FOLDER

Sheets are shown one at a time, so that print areas, titles, charts come out as they would on paper. The
answer is the names of the sheets, in their order, as JSON; the PDFs are FOLDER/1.pdf, FOLDER/2.pdf, ...
"""

import json
import os
import sys
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from read_in_office import connect


def main(pipe, path, folder):
    desktop = connect(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    if document is None:
        sys.exit(f"LibreOffice cannot open {path}")
    try:
        sheets = document.Sheets
        names = [name for name in sheets.ElementNames if sheets.getByName(name).IsVisible]
        for number, name in enumerate(names, 1):
            sheets.getByName(name).IsVisible = True
            for other in names:
                if other != name:
                    sheets.getByName(other).IsVisible = False
            target = uno.systemPathToFileUrl(str(Path(folder) / f"{number}.pdf"))
            document.storeToURL(target, (PropertyValue("FilterName", 0, "calc_pdf_Export", 0),))
    finally:
        document.close(True)
    sys.stdout.write(json.dumps(names))
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads now and then crash an interpreter that shuts down


if __name__ == "__main__":
    main(*sys.argv[1:])
