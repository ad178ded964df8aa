"""Open a workbook inside LibreOffice, recalculate it and save it: run by the system's Python.

    /usr/bin/python3 save_in_office.py PIPE WORKBOOK TARGET...

The targets' names end in .xlsx or .ods. The answer is the list of what was written, as JSON.
"""

import sys

import uno
from com.sun.star.beans import PropertyValue
from shared_in_office import answer, opened

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}


def main(pipe, path, *targets):
    with opened(pipe, path) as document:
        document.calculateAll()
        for target in targets:
            filter_name = PropertyValue("FilterName", 0, FILTERS[target.rpartition(".")[2]], 0)
            document.storeToURL(uno.systemPathToFileUrl(target), (filter_name,))
    answer(targets)


if __name__ == "__main__":
    main(*sys.argv[1:])
