"""Sheets that other readers of XML would read otherwise than openpyxl does, or not at all."""

from __future__ import annotations

import pytest

from .made_sheets import (
    HEAD,
    HEADER,
    X14AC,
    book,
    compare,
    plain_row,
    row_of,
)

pytestmark = pytest.mark.usefixtures("small_head")


def inline(text: str) -> str:
    return f' t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = [row_of(at, plain_row(at, I="><v>1</v></c>")) for at in range(2, 30)]
INLINE_HEAD = row_of(1, [inline(name) for name in (*HEADER, "more")])
LONG = f"><v>{'0' * 5000}60</v></c>"
ERROR = ' t="e"><v>#N/A</v></c>'
X14AC_ROW = row_of(30, plain_row(30), ' x14ac:dyDescent="0.25"')
ODD_BOOKS = {
    "a place without a text, in a row with an error": book(
        [HEAD, *ROWS, row_of(30, plain_row(30, F=ERROR, H=' t="s"><v>999</v></c>'))]
    ),
    "the same where nobody looks": book(
        [HEAD, *ROWS, row_of(30, plain_row(30, F=ERROR, I=' t="s"><v>999</v></c>'))]
    ),
    "a very long id": book([HEAD, *ROWS, row_of(30, plain_row(30, D=LONG))]),
    "a very long duration": book([HEAD, *ROWS, row_of(30, plain_row(30, E=LONG))]),
    "a very long duration in a row with an error": book(
        [HEAD, *ROWS, row_of(30, plain_row(30, E=LONG, F=ERROR))]
    ),
    "a very long time": book([HEAD, *ROWS, row_of(30, plain_row(30, B=' s="2"' + LONG))]),
    "a very long place": book([HEAD, *ROWS, row_of(30, plain_row(30, I=' t="s"' + LONG))]),
    "another encoding behind a mark": book(
        [HEAD, *ROWS], declared='\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>'
    ),
    "texts in an instruction": book([HEAD, *ROWS], declared="<?x <si><t>fake</t></si>?>"),
    "a name space of another element": book([HEAD, *ROWS, X14AC_ROW], spaces="", dimension=X14AC),
    "places without a table of texts": book(
        [
            INLINE_HEAD,
            *(
                row_of(at, [inline("u"), inline("2026-09-01 10:00:00"), *[inline("1")] * 6, inline("x")])
                for at in range(2, 30)
            ),
            row_of(
                30, [inline("u"), inline("2026-09-01 10:00:00"), *[inline("1")] * 6, ' t="s"><v>0</v></c>']
            ),
        ],
        (),
    ),
}


@pytest.mark.parametrize("content", ODD_BOOKS.values(), ids=ODD_BOOKS)
def test_odd_books(content: bytes) -> None:
    assert not compare(content)


def test_texts_that_stand_in_their_cells() -> None:
    """As programs write them that keep no table; also one that looks escaped."""
    cells = [
        *[inline("+15005550001")] * 2,
        "><v>60</v></c>",
        inline("answered"),
        inline("_x0041_"),
        inline("a &amp; b"),
    ]
    rows = [
        row_of(at, [inline(f"u{at}"), f' s="2"><v>{46000 + at / 7}</v></c>', *cells]) for at in range(2, 60)
    ]
    assert compare(book([INLINE_HEAD, *rows], ()))


@pytest.mark.parametrize("odd", [' t="b"><v>1</v></c>', ERROR])
@pytest.mark.parametrize("column", "FGH")
def test_a_long_id_in_a_row_that_is_read_by_itself(odd: str, column: str) -> None:
    """A spreadsheet keeps 15 of its digits, however the row is read."""
    long = plain_row(60, A="><v>1234567890123451</v></c>", **{column: odd})
    compare(book([HEAD, *ROWS, row_of(60, long)]))
