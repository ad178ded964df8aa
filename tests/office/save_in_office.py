"""Open a workbook inside LibreOffice, recalculate it and save it: run by the system's Python.

    /usr/bin/python3 save_in_office.py PIPE WORKBOOK TARGET...

The targets' names end in .xlsx or .ods. The answer is the list of what was written, as JSON.
"""

import json
import sys

import uno
from com.sun.star.beans import PropertyValue
from read_in_office import connect

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}


def main(pipe, path, *targets):
    desktop = connect(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    if document is None:
        sys.exit(f"LibreOffice cannot open {path}")
    try:
        document.calculateAll()
        for target in targets:
            filter_name = PropertyValue("FilterName", 0, FILTERS[target.rpartition(".")[2]], 0)
            document.storeToURL(uno.systemPathToFileUrl(target), (filter_name,))
    finally:
        document.close(True)
    json.dump(targets, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
