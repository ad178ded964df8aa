"""Run commands of the extension as its menu would: run by the system's Python.

    /usr/bin/python3 dispatch_in_office.py PIPE WORKBOOK URL...

Toolbars and menus exist only in a window, so the workbook is opened shown (headless, nobody sees it). The
answer is column A of the first sheet afterwards, as JSON.
"""

import json
import sys

import uno
from com.sun.star.beans import PropertyValue
from read_in_office import connect, service


def main(pipe, path, *urls):
    desktop = connect(pipe)
    shown = PropertyValue("Hidden", 0, False, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (shown,))
    try:
        frame = document.CurrentController.Frame
        dispatcher = service(pipe, "com.sun.star.frame.DispatchHelper")
        for url in urls:
            dispatcher.executeDispatch(frame, url, "_self", 0, ())
        sheet = document.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        area = sheet.getCellRangeByPosition(0, 0, 0, cursor.getRangeAddress().EndRow)
        answer = [row[0] for row in area.getDataArray()]
    finally:
        document.close(True)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
