"""One month reconciled twice: call by call, and with the calls of both sides in columns."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from addin.errors import TollsheetError
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Records
from addin.reports.reconciliation.build import Asked, Inputs, report_of
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile.alike import alike
from tests.reconcile.make import MONTH
from udfs.rating.rate_card import RateCard

THE_MONTH = Question(MONTH)


class BothRefuse(Exception):
    """There is no answer either way, and the reason is the same."""


def both(
    log: Records, billed: Records, rates: RateCard | None, question: Question = THE_MONTH
) -> tuple[Reconciliation, Reconciliation]:
    """One by one, and in columns."""
    try:
        in_columns = replace(billed, calls=alike(billed.calls)) if billed.calls else billed
        found = reconcile(replace(log, calls=alike(log.calls)), in_columns, question, rates)
    except TollsheetError as error:
        with pytest.raises(TollsheetError, match=f"^{re.escape(str(error))}$"):
            reconcile(log, billed, question, rates)
        raise BothRefuse from error
    assert isinstance(found.log, AlikeLines)
    return reconcile(log, billed, question, rates), found


def reports(
    log: Records,
    billed: Records,
    rates: RateCard | None,
    question: Question = THE_MONTH,
    earlier: tuple[EarlierFinding, ...] = (),
) -> tuple[ReconciliationReport, ReconciliationReport]:
    asked = Asked(rates, earlier=earlier)
    inputs = Inputs(log.sources, billed.sources)
    one, other = (report_of(result, inputs, asked) for result in both(log, billed, rates, question))
    return one, replace(other, calls=tuple(other.calls), billed_calls=tuple(other.billed_calls))


def same(one: ReconciliationReport, other: ReconciliationReport) -> None:
    for each in fields(one):
        ours, theirs = getattr(one, each.name), getattr(other, each.name)
        assert ours == theirs, each.name
