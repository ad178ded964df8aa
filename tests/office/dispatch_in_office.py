"""Run commands of the extension as its menu would: run by the system's Python.

    /usr/bin/python3 dispatch_in_office.py PIPE WORKBOOK URL...

Toolbars and menus exist only in a window, so the workbook is opened shown (headless, nobody sees it). The
answer is column A of the first sheet afterwards, as JSON.
"""

import sys

from shared_in_office import answer, opened, service


def main(pipe, path, *urls):
    with opened(pipe, path, Hidden=False) as document:
        frame = document.CurrentController.Frame
        dispatcher = service(pipe, "com.sun.star.frame.DispatchHelper")
        for url in urls:
            dispatcher.executeDispatch(frame, url, "_self", 0, ())
        sheet = document.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        area = sheet.getCellRangeByPosition(0, 0, 0, cursor.getRangeAddress().EndRow)
        column = [row[0] for row in area.getDataArray()]
    answer(column)


if __name__ == "__main__":
    main(*sys.argv[1:])
