"""A billing report as JSON: a contract for other programs. Amounts are decimal text: nothing rounds them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from addin.billing.lines import SHORT_NAMES
from addin.billing.tables import Book, Split, Table
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport

SCHEMA = 1


def to_json(report: BillingReport) -> str:
    """The contract's text, ending in a newline."""
    return json.dumps(to_contract(report), indent=2, ensure_ascii=False) + "\n"


def to_contract(report: BillingReport) -> dict[str, Any]:
    """Currencies follow each other; a table's columns by country are keyed by code, and `Other`."""
    return {
        "schema": SCHEMA,
        "report": "billing",
        "note": NOT_AN_INVOICE,
        "period": report.about.period,
        "time_zone": report.about.time_zone,
        "is_complete": report.is_fine,
        "charges": report.charges,
        "currencies": [_book(book) for book in report.books],
        "left_out": [
            {
                "reason": one.reason,
                "charges": one.charges,
                "costs": [{"currency": currency, "cost": _decimal(cost)} for currency, cost in one.costs],
            }
            for one in report.left_out
        ],
        "to_look_at": list(report.to_look_at),
        "facts": list(report.facts),
    }


def _book(book: Book) -> dict[str, Any]:
    names = {name: short for short, name in SHORT_NAMES.items()}
    return {
        "currency": book.currency or None,
        "total": _decimal(book.total),
        "charges": book.charges,
        "columns": list(book.columns),
        "tables": {names[table.name]: _table(table, book) for table in book.tables},
        "teams": [{"team": one.name, **_split(one)} for one in book.teams],
        "countries": [{"country": one.name, **_split(one)} for one in book.countries],
        "months": [{"month": one.name, **_split(one)} for one in book.months],
    }


def _table(table: Table, book: Book) -> dict[str, Any]:
    key = table.label.casefold().replace(" ", "_")
    return {
        "name": table.name,
        "total": _decimal(table.total),
        "rows": [
            {
                key: row.label,
                "team": row.team,
                "charges": row.charges,
                "total": _decimal(row.total),
                "by_country": {
                    name: _decimal(cost) for name, cost in zip(book.columns, row.by_column, strict=True)
                },
            }
            for row in table.rows
        ],
    }


def _split(split: Split) -> dict[str, Any]:
    costs = zip(SHORT_NAMES, split.by_table, strict=True)
    return {
        "charges": split.charges,
        "total": _decimal(split.total),
        **{name: _decimal(cost) for name, cost in costs},
    }


def _decimal(value: Decimal) -> str:
    return f"{value:f}"
