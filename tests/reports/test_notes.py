"""What people wrote beside findings finds its own finding again, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.data import Note, ReconciliationReport
from addin.reports.reconciliation.notes import merged, with_notes
from tests.reconcile.make import bill, call, run, source, usage


def by_call() -> ReconciliationReport:
    result = run([call("C1"), call("C2")], [bill("C1", 200), bill("C3", to_number="+33140000000")])
    return report_of(result, Inputs((source("log.csv"),), (source("bill.csv"),)))


def by_usage() -> ReconciliationReport:
    result = run([call("C1")], [usage(2, "4", "0.056")])
    return report_of(result, Inputs((source("log.csv"),), (source("usage.csv"),)))


def note(kind: str, call_id: str = "", found: str = "", text: str = "sent", month: str = "2026-09") -> Note:
    return Note(kind, call_id, "old.csv:7", "", found, "open", "Ann", text, month)


def entered(report: ReconciliationReport) -> dict[tuple[str, str], str]:
    return {(one.kind, one.call_id): one.entered.text for one in report.findings if one.entered}


def test_a_note_goes_with_its_kind_and_call() -> None:
    notes = [note("missing-in-bill", "C2"), note("duration", "C1", text="ticket 10482937")]
    made = with_notes(by_call(), notes)
    assert entered(made) == {("missing-in-bill", "C2"): "sent", ("duration", "C1"): "ticket 10482937"}
    assert made.earlier_notes == ()


def test_a_note_whose_finding_is_gone_is_kept_apart() -> None:
    gone = [note("missing-in-bill", "C9"), note("duration", "C2")]
    made = with_notes(by_call(), gone)
    assert (entered(made), made.earlier_notes) == ({}, tuple(gone))


def test_without_a_call_the_subject_tells() -> None:
    about = note("category", found="calls: billed 9 calls, 9 min, 9 USD; expected 1 call.")
    made = with_notes(by_usage(), [about, note("category", found="calls-client: billed 1 call.")])
    assert entered(made) == {("category", ""): "sent"}
    assert [one.found for one in made.earlier_notes] == ["calls-client: billed 1 call."]


def test_another_month_s_category_is_another_finding() -> None:
    about = note("category", found="calls: billed 9 calls, 9 min, 9 USD; expected 1 call.")
    about = replace(about, month="2026-08")
    made = with_notes(by_usage(), [about])
    assert (entered(made), made.earlier_notes) == ({}, (about,))
    again = with_notes(by_usage(), made.earlier_notes)
    assert (entered(again), again.earlier_notes) == ({}, (about,)), "nor is it this month's at the next build"


def test_a_note_that_says_no_month_is_of_the_report_s() -> None:
    about = note("category", found="calls: billed 9 calls.", month="")
    assert entered(with_notes(by_usage(), [about])) == {("category", ""): "sent"}


def test_a_note_that_two_reports_have_counts_once() -> None:
    one, moved = note("duration", "C1"), replace(note("duration", "C1"), log_place="new.csv:9", found="else")
    same, other = note("duration", "C1"), note("duration", "C1", text="paid")
    assert merged([one], [moved]) == [one]
    assert merged([one], [other]) == [one, other]
    assert merged([one, same], [moved, moved, moved]) == [one, same, moved], "two of one report are two"
    assert entered(with_notes(by_call(), [other, one])) == {("duration", "C1"): "paid"}


def test_of_two_findings_about_one_subject_neither_takes_the_note() -> None:
    whole = by_usage()
    (finding,) = [one for one in whole.findings if one.kind == "category"]
    twice = replace(whole, findings=(finding, replace(finding, billed_place="usage.csv:99")))
    about = note("category", found="calls: billed 9 calls.")
    assert entered(with_notes(twice, [about])) == {}


@pytest.mark.parametrize("other", ["status", "owner", "text"])
def test_notes_that_differ_in_anything_a_person_wrote_are_two(other: str) -> None:
    one = Note("rate", "CA1", "log.csv:2", "", "billed at another rate", "open", "Ada", "asked")
    assert merged([one], [one]) == [one]
    assert len(merged([one], [replace(one, **{other: "else"})])) == 2
