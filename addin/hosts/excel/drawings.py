"""What stands on a sheet of Excel beside its cells: comments, charts, pictures and shapes."""

from __future__ import annotations

from typing import Any

from addin.hosts.excel.reading import items

_COMMENT, _FORM_CONTROL = 4, 8
"""Types of shapes (MsoShapeType)."""
_DROP_DOWN = 2
"""The type of form control (XlFormControl) that the button of a filter or of a validation list is, too."""


def comments_on(sheet: Any) -> list[tuple[int, int]]:
    """Row and column of each cell with a comment, be it a note or a thread, from the top."""
    cells = [one.Parent for one in (*items(sheet.api.Comments), *_threads(sheet.api))]
    return sorted({(int(cell.Row), int(cell.Column)) for cell in cells})


def drawings_on(sheet: Any) -> list[str]:
    """The name of each chart, picture and shape."""
    return [str(shape.Name) for shape in items(sheet.api.Shapes) if not _is_of_excel(shape)]


def _threads(sheet: Any) -> list[Any]:
    try:
        threads = sheet.CommentsThreaded
    except Exception:  # pywin32's own: before Excel 365 there are none
        return []
    return [*items(threads)]


def _is_of_excel(shape: Any) -> bool:
    """Whether Excel draws it itself: the box of a comment, a button of a filter or a validation list."""
    if shape.Type == _COMMENT:
        return True
    if shape.Type != _FORM_CONTROL or shape.FormControlType != _DROP_DOWN:
        return False
    try:
        return not shape.TopLeftCell.Address
    except Exception:  # pywin32's own: Excel's own buttons stand on no cell
        return True
