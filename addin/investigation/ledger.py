"""A balance derived from its ledger, line by line, against the one that is stated.

opening + top-ups + credits - CDR charges - storage - other charges = closing. A provider refreshes a balance
every 60 seconds and may hold back a buffer, so that it is never billed from; what a mismatch needs is this
statement. Source: ConnexCS, Billing Basics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.errors import TollsheetError
from addin.investigation.balance import SIGNS, Balance, Ledger
from addin.investigation.charges import charges_between, ended_at
from addin.investigation.pairs import CallPair
from addin.investigation.span import Span
from addin.investigation.statement import charge_lines, entry_line, lacking, remedy
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.records.ledger_file import CLOSING, OPENING, OTHER, STORAGE, LedgerRow


def check(result: Reconciliation, pairs: Sequence[CallPair], ledger: Ledger) -> list[Balance]:
    """One balance for each currency of the ledger. Raises TollsheetError where it cannot be derived."""
    if not result.billed_has_prices:
        raise TollsheetError(
            "A balance is derived from what was charged, and the bill has no prices",
            "Give the bill with its prices, or leave the ledger out.",
        )
    rows = [_named(row, result.currencies) for row in ledger.rows]
    currencies = list(dict.fromkeys(row.currency for row in rows))
    return [
        _balance(result, pairs, ledger, [row for row in rows if row.currency == one]) for one in currencies
    ]


def _named(row: LedgerRow, currencies: Sequence[str]) -> LedgerRow:
    """A row without a currency is in the only one there is."""
    if row.currency or len(currencies) == 1:
        own = row.currency or currencies[0]
        if own not in currencies:
            raise TollsheetError(
                f"{_where(row)} is in {own}, and the bill in {', '.join(filter(None, currencies)) or 'none'}",
                "Amounts of several currencies are never added: give the ledger of the bill's account.",
            )
        return replace(row, currency=own)
    raise TollsheetError(
        f"{_where(row)} names no currency, and the bill has {', '.join(currencies)}",
        "Name its currency.",
    )


def _where(row: LedgerRow) -> str:
    return f"{row.place}: the {row.kind}" if row.place else f"The {row.kind} balance or amount"


def _balance(
    result: Reconciliation, pairs: Sequence[CallPair], ledger: Ledger, rows: Sequence[LedgerRow]
) -> Balance:
    opening, closing = (_one(rows, kind) for kind in (OPENING, CLOSING))
    span, currency = Span.between(opening, closing, result.question.month), closing.currency
    lines = [entry_line(row, span) for row in rows if row.kind != CLOSING]
    lines.sort(key=lambda line: [*SIGNS].index(line.kind))
    found = charges_between(result, pairs, currency, span)
    at = next((n for n, line in enumerate(lines) if line.kind in (STORAGE, OTHER)), len(lines))
    lines[at:at] = charge_lines(found, result.mode == CALLS)
    is_open = any(line.may_add for line in lines)
    balance = Balance(
        currency,
        lines,
        replace(closing, at=span.end),
        found.charged.cost,
        found.expected.cost if found.expected is not None and not is_open else None,
        ledger.buffer,
        ledger.staleness,
        closing_remark=span.remarks[1],
        lacking=[*lacking(found, span)],
        remedy=remedy(span, found),
    )
    if span.end is not None and result.mode == CALLS:
        end = span.end
        balance.recent_known = True
        balance.recent = [
            line
            for line in result.bill
            if line.counts
            and line.currency == currency
            and line.cost
            and not line.is_credit
            and end - ledger.staleness < ended_at(line.call) <= end
        ]
    return balance


def _one(rows: Sequence[LedgerRow], kind: str) -> LedgerRow:
    found = [row for row in rows if row.kind == kind]
    if len(found) == 1:
        return found[0]
    currency = rows[0].currency
    raise TollsheetError(
        f"The ledger has {'no' if not found else len(found)} {kind} balance in {currency or 'its currency'}",
        f"State one {kind} balance.",
    )
