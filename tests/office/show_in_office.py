"""Show a workbook in a window and say where a toolbar's buttons are: run by the system's Python.

    /usr/bin/python3 show_in_office.py PIPE WORKBOOK TOOLBAR
    /usr/bin/python3 show_in_office.py PIPE WORKBOOK

The first form opens it in a window of the screen's size; the answer is the middle of each button of the
toolbar by its name, as JSON. The second form reads the open workbook: the texts of its first sheet, by cell.
"""

import json
import sys
import time

import uno
from com.sun.star.accessibility.AccessibleRole import PUSH_BUTTON
from com.sun.star.beans import PropertyValue
from read_in_office import connect


def main(pipe, path, toolbar=None):
    desktop = connect(pipe)
    if toolbar is None:
        json.dump(texts(desktop.getCurrentComponent().Sheets.getByIndex(0)), sys.stdout)
        return
    shown = PropertyValue("Hidden", 0, False, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (shown,))
    document.calculateAll()
    frame = document.CurrentController.Frame
    window = frame.ContainerWindow
    window.IsMaximized = True
    deadline = time.monotonic() + 20
    found = {}
    while not found and time.monotonic() < deadline:
        time.sleep(0.3)
        element = frame.LayoutManager.getElement(f"private:resource/toolbar/addon_{toolbar}")
        if element is not None:
            found = places(element.RealInterface.AccessibleContext)
    json.dump(found, sys.stdout)


def places(toolbar):
    """The middle of each button, on the screen."""
    found = {}
    for number in range(toolbar.AccessibleChildCount):
        button = toolbar.getAccessibleChild(number).AccessibleContext
        if button.AccessibleRole == PUSH_BUTTON:
            corner, size = button.getLocationOnScreen(), button.getSize()
            found[button.AccessibleName] = [corner.X + size.Width // 2, corner.Y + size.Height // 2]
    return found


def texts(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    cells = (
        sheet.getCellByPosition(column, row)
        for row in range(last.EndRow + 1)
        for column in range(last.EndColumn + 1)
    )
    return {cell.AbsoluteName.rpartition(".")[2].replace("$", ""): cell.getString() for cell in cells}


if __name__ == "__main__":
    main(*sys.argv[1:])
