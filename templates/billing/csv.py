"""The three tables as one CSV, in the order in which the sheet shows them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from addin.billing.tables import added
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport
from templates.as_csv import csv_value
from templates.billing.tables import columns_of
from templates.grid import total_of


def tables_csv(report: BillingReport) -> Iterator[list[str]]:
    """Title and warning, then each table: a line with its name and currency, the header, rows, totals; blank
    lines between. Amounts have all their digits, and no separators."""
    yield [report.about.title]
    yield [NOT_AN_INVOICE]
    yield [f"By the moment billed; days by the clocks of {report.about.time_zone}"]
    for book in report.books:
        for table in book.tables:
            columns = columns_of(table, book)
            yield []
            yield [table.name, book.currency]
            yield [column.header for column in columns]
            for row in table.rows:
                yield [csv_value(column.of(row)) for column in columns]
            sums = (added([Decimal(total_of(one, table.rows))]) if one.adds else None for one in columns[1:])
            yield ["Total", *map(csv_value, sums)]
