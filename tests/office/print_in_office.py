"""Print each sheet of a workbook inside LibreOffice into a PDF of its own: run by the system's Python.

    /usr/bin/python3 print_in_office.py PIPE WORKBOOK FOLDER

Sheets are shown one at a time, so that print areas, titles, charts come out as they would on paper. The
answer is the names of the sheets, in their order, as JSON; the PDFs are FOLDER/1.pdf, FOLDER/2.pdf, ...
"""

import sys
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from shared_in_office import answer, opened


def main(pipe, path, folder):
    with opened(pipe, path) as document:
        sheets = document.Sheets
        names = [name for name in sheets.ElementNames if sheets.getByName(name).IsVisible]
        areas = {name: sheets.getByName(name).getPrintAreas() for name in names}
        for number, name in enumerate(names, 1):
            sheets.getByName(name).IsVisible = True
            sheets.getByName(name).setPrintAreas(areas[name])
            for other in names:
                if other != name:
                    sheets.getByName(other).IsVisible = False
                    sheets.getByName(other).setPrintAreas(())  # else it is printed even so
            target = uno.systemPathToFileUrl(str(Path(folder) / f"{number}.pdf"))
            document.storeToURL(target, (PropertyValue("FilterName", 0, "calc_pdf_Export", 0),))
    answer(names)


if __name__ == "__main__":
    main(*sys.argv[1:])
