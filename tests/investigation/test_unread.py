"""What our own log holds in a row that could not be read is not asked of the provider."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from addin.investigation.export import exports_of
from addin.investigation.investigation import investigate
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Place, Records, Unreadable
from addin.reports.investigation.build import investigation_report
from addin.reports.investigation.data import InvestigationReport
from addin.reports.reconciliation.build import Inputs
from tests.reconcile.make import MONTH, START, bill, call, card, source, usage

BAD = Unreadable(Place("log.csv", 9), "C2", '"Duration" is 6l, not a number', START, "1", "2")


def report(billed: Records, *unread: Unreadable) -> InvestigationReport:
    log = Records(calls=(call("C1", 61),), unreadable=unread, sources=(source("log.csv"),))
    result = reconcile(log, billed, Question(MONTH), card())
    exports = exports_of(MONTH, log.sources, billed.sources, datetime(2026, 10, 3, tzinfo=UTC))
    return investigation_report(
        investigate(result, exports, Fraction(1, 100)), Inputs(log.sources, billed.sources)
    )


def said(made: InvestigationReport) -> str:
    return " ".join(line.strip() for line in made.text)


RECORDS = Records(calls=(bill("C1", 61), bill("C2", 61)), sources=(source("bill.csv"),))
SUMS = Records(
    usage=(usage(2, "4", "0.056", start_on=date(2026, 9, 10), end_on=date(2026, 9, 10)),),
    sources=(source("bill.csv"),),
)


def test_a_call_whose_row_could_not_be_read_is_not_said_to_be_unknown_to_us() -> None:
    text = said(report(RECORDS, BAD))
    assert "our log has it at log.csv:9, in a row that could not be read" in text
    assert "1 call is on the other side too, in a row that could not be read, the first at log.csv:9." in text
    assert "nothing is due" not in text
    assert "evidence" not in text
    assert "Do not send this yet: correct what is left out, then run again." in text


def test_without_such_a_row_the_provider_is_asked() -> None:
    text = said(report(RECORDS))
    assert "our log has no connected call: nothing is due" in text
    assert "Ask for evidence that these calls were connected and are ours, or for a credit." in text


def test_a_day_of_usage_that_a_row_is_missing_from_says_so() -> None:
    text = said(report(SUMS, BAD))
    assert "1 row of the log of this day could not be read, at log.csv:9." in text
    assert "Do not send this yet" in text
    assert "Ask for the call records" not in text
    assert "Ask for the call records" in said(report(SUMS))


def test_a_row_of_no_known_day_is_to_be_noted_all_the_same() -> None:
    unknown = Unreadable(Place("log.csv", 9), "", '"Start Time" is tbc')
    made = report(SUMS, unknown)
    assert "Correct that first: it may be what differs." in said(made)
    assert not any("could not be read" in fact for fact in made.facts)
