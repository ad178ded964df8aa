"""The month in the cell that is named for it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from addin.errors import TollsheetError
from addin.hosts.filling.cells import value_xml
from addin.hosts.filling.sheet_rows import Row, Scanner, attributes, tag_text
from addin.hosts.letters import column_letters
from templates.cells import Value


def with_month(
    scanner: Scanner,
    rows: Sequence[Row],
    place: tuple[int, int],
    month: str,
    dates: Container[str],
    *,
    is_1904: bool,
) -> list[Row]:
    """The rows with a month in one cell (by row and column): as its first day where a number stands there, or
    nothing in a style of `dates`; else as YYYY-MM. Raises TollsheetError where the cell holds a formula."""
    row, column = place
    found = [*rows]
    at = next((at for at, one in enumerate(found) if one.number >= row), len(found))
    if at == len(found) or found[at].number != row:
        found.insert(at, Row(row, f' r="{row}"', ""))
    cells = [*scanner.cells(found[at])]
    old = next((cell for cell in cells if cell.column == column), None)
    if old is not None and scanner.formula(old) is not None:
        raise TollsheetError(
            "The cell named month holds a formula", "Name another cell, or leave the month to the formula."
        )
    tag = attributes(old.tag) if old else {"r": f"{column_letters(column)}{row}"}
    is_filled = old is not None and old.has_content
    is_date = (is_filled and tag.get("t", "n") == "n") or (not is_filled and tag.get("s", "") in dates)
    value: Value = date(int(month[:4]), int(month[5:]), 1) if is_date else month
    said, inner = value_xml(value, prefix=scanner.prefix, is_1904=is_1904)
    p, kept = (
        scanner.prefix,
        tag_text({name: text for name, text in tag.items() if name not in ("t", "vm", "cm")}),
    )
    new = f"<{p}c{kept}{said}>{inner}</{p}c>"
    before = "".join(cell.text for cell in cells if cell.column < column)
    behind = "".join(cell.text for cell in cells if cell.column > column)
    found[at] = replace(found[at], cells=before + new + behind)
    return found
