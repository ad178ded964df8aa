"""The names of the reconciliation workbook's cells, in one list: the sheets define them, and where a report
takes the place of an older one, they tell which names were the report's."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MEASURES = ("calls", "minutes", "cost")
_OF_SIDE = {"expected": "expected", "billed": "bill", "variance": "variance"}
"""How the totals' names begin. The workbook carries a function BILLED_MINUTES, and names know no capitals."""


def total_name(side: str, measure: str) -> str:
    """
    >>> total_name("billed", "minutes")
    'bill_minutes'
    """
    return f"{_OF_SIDE[side]}_{measure}"


TOTALS = tuple(total_name(side, measure) for side in _OF_SIDE for measure in _MEASURES)
_FORMER = tuple(f"billed_{measure}" for measure in _MEASURES)
"""What reports of earlier versions called them."""
INVOICE_SUM, INVOICE_TOTAL, INVOICE_REST = "invoice_sum", "invoice_total", "invoice_not_explained"
BY_CURRENCY = (*TOTALS, INVOICE_SUM, INVOICE_TOTAL, INVOICE_REST)
"""With several currencies they end in `_USD`, `_none` or a number."""
CHECKS = (
    "check_bridge_sums",
    "check_calls_counted",
    "check_billed_counted",
    "check_categories",
    "check_all",
)


def suffixes(currencies: Sequence[str | None]) -> list[str]:
    """What the names of each currency end in; nothing where there is one.

    >>> suffixes(["USD"]), suffixes(["USD", "EUR", None]), suffixes(["USD", "a b"])
    ([''], ['_USD', '_EUR', '_none'], ['_USD', '_2'])
    """
    if len(currencies) == 1:
        return [""]
    names = [currency or "none" for currency in currencies]
    return [
        f"_{name}" if re.fullmatch("[A-Za-z]{3,4}", name) else f"_{number}"
        for number, name in enumerate(names, 1)
    ]


def is_of_a_report(name: str) -> bool:
    """Whether a report brings such a name along.

    >>> is_of_a_report("expected_calls_USD"), is_of_a_report("tollsheet_check_all"), is_of_a_report("check_2")
    (True, True, False)
    """
    by_currency, checks = "|".join((*BY_CURRENCY, *_FORMER)), "|".join(CHECKS)
    form = rf"(?:tollsheet_)?(?:(?:{by_currency})(?:_[a-z]{{3,4}}|_\d+)?|{checks})"
    return re.fullmatch(form, name, re.IGNORECASE) is not None
