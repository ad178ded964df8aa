"""Show a workbook in a window and say where a toolbar's buttons are: run by the system's Python.

    /usr/bin/python3 show_in_office.py PIPE WORKBOOK TOOLBAR
    /usr/bin/python3 show_in_office.py PIPE WORKBOOK

The first form opens it in a window of the screen's size; the answer is the middle of each button of the
toolbar by its name, as JSON. The second form reads the open workbook: the texts of its first sheet, by cell.
"""

import sys
import time

import uno
from shared_in_office import answer, connect, load

BUTTONS = ("PUSH_BUTTON", "BUTTON_DROPDOWN")


def main(pipe, path, toolbar=None):
    if toolbar is None:
        answer(texts(connect(pipe).getCurrentComponent().Sheets.getByIndex(0)))
    document = load(pipe, path, Hidden=False)
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
    answer(found)


def places(toolbar):
    """The middle of each button, on the screen."""
    found = {}
    roles = {uno.getConstantByName(f"com.sun.star.accessibility.AccessibleRole.{name}") for name in BUTTONS}
    for number in range(toolbar.AccessibleChildCount):
        button = toolbar.getAccessibleChild(number).AccessibleContext
        if button.AccessibleRole in roles:
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
