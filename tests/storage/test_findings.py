"""What is odd is named, decides nothing in silence, and leaves the statement open where it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.reconcile.period import Month
from addin.records.call import Place, Records, SourceFile, Unreadable
from addin.records.json_tables import GOES_ON
from addin.storage import findings as kind
from addin.storage.findings import HARMLESS, REMEDIES
from addin.storage.notes import notes_of
from addin.storage.question import StoredDays, months_between, parse_invoices, year_before
from addin.storage.statement import state
from tests.storage.make import amounts, day, deletion, kinds, question, recording, records, report, statement


def test_a_missing_rate_is_no_zero() -> None:
    made = statement(recording(rate=None))
    assert kinds(made) == [(kind.NO_RATE, "r1")]
    assert (made.months[0].charged, made.months[0].unrated, made.months[0].amount) == (1, 1, 0)
    assert made.lines[0].charge(day("2023-06-30")) is None
    assert made.lines[0].total(made.month_ends) is None
    assert not made.is_fine


def test_a_chosen_rate_is_for_those_without() -> None:
    made = statement(recording(1, rate=None), recording(2, rate="0.0002"), rate=Fraction("0.0005"))
    assert amounts(made) == [Fraction("0.0007")]
    assert [line.rate_from for line in made.lines] == ["chosen", "record"]
    assert made.is_fine


def test_a_rate_that_no_charge_needs_is_not_asked_for() -> None:
    made = statement(recording(created="2023-06-01", rate=None, deleted="2023-06-20"))
    assert kinds(made) == []


def test_deleted_on_the_last_day_is_a_check() -> None:
    made = statement(recording(seconds=119, deleted="2023-06-30"))
    assert kinds(made) == [(kind.CHECK, "r1")]
    assert made.findings[0].amount == Fraction("0.0008")
    assert (amounts(made), made.is_fine) == ([0], True)
    assert made.months[0].deleted_on_last_day == 1
    assert "0.0008 USD if Plivo does" in " ".join(notes_of(made))
    free = statement(recording(created="2023-06-01", deleted="2023-06-30"))
    assert kinds(free) == [], "nothing would have been charged"
    unrated = statement(recording(created="2023-04-02", deleted="2023-06-30", rate=None))
    assert kinds(unrated) == [], "nor at any rate"
    unrated = statement(recording(created="2023-04-01", deleted="2023-06-30", rate=None))
    assert kinds(unrated) == [(kind.CHECK, "r1")]
    assert unrated.findings[0].text.endswith("its rate is not known")
    told = " ".join(notes_of(unrated))
    assert "not charged here, 0 USD if Plivo does, without 1 recording whose rate is not known." in told


def test_recordings_without_a_rate_are_counted_over_all_months() -> None:
    """One that is charged in June alone, and one that is charged from July on, are two."""
    ended = recording(created="2023-03-01", rate=None, deleted="2023-07-10")
    begun = recording(2, created="2023-04-20", rate=None)
    made = report(ended, begun, first="2023-06", last="2023-07")
    assert "without the charges of 2 recordings whose rate is not known" in made.sentence


def test_what_a_rate_lacks_for_is_said_in_every_sentence() -> None:
    """An amount that nobody knows is no 0."""
    made = statement(recording(created="2022-03-16", rate=None), recording(2, created="2022-03-16"))
    told = " ".join(notes_of(made))
    lacks = "0.0004 USD, without 1 recording whose rate is not known"
    assert f"2 recordings, of which 2 charged in 2023-06, {lacks}. An export" in told
    assert f"2023-07-31 will charge 2 recordings, {lacks}." in told
    assert "would save" not in told, "what deleting it would save is not known either"


@pytest.mark.parametrize("days", [(90, 0), (91, 1)])
def test_the_ninety_first_day_is_charged(days: tuple[int, int]) -> None:
    created = {90: "2023-04-02", 91: "2023-04-01"}[days[0]]
    made = statement(recording(created=created))
    assert (made.lines[0].days(day("2023-06-30")), made.months[0].charged) == days


def test_a_day_is_one_of_utc() -> None:
    late = datetime(2023, 4, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    assert statement(recording(created_at=late)).months[0].charged == 1


def test_a_copy_counts_once_and_the_later_export_is_kept() -> None:
    one = recording(storage_days=76, monthly_amount=Decimal(0))
    other = replace(one, place=Place("june.json", 1), storage_days=107, monthly_amount=Decimal("0.0004"))
    made = state(records(one, other), question())
    assert kinds(made) == [(kind.COPY, "r1")]
    assert (made.lines[0].recording.storage_days, amounts(made)) == (107, [Fraction("0.0004")])
    assert made.is_fine


def test_an_older_export_is_compared_with_its_own_month_end() -> None:
    may = recording(1, storage_days=77, monthly_amount=Decimal(0))
    june = recording(2, storage_days=107, monthly_amount=Decimal("0.0004"), place=Place("june.json", 1))
    made = state(records(may, june), question())
    assert made.is_fine
    assert [str(export.month_end) for export in made.exports] == ["2023-05-31", "2023-06-30"]


@pytest.mark.parametrize(
    "changes", [{"seconds": 61}, {"created": "2023-03-17"}, {"rate": "0.0005"}, {"rate": None}]
)
def test_two_records_of_one_id_are_named(changes: dict[str, Any]) -> None:
    other = replace(recording(**changes), place=Place("other.json", 5))
    made = statement(recording(), other)
    assert kinds(made) == [(kind.TWO_RECORDS, "r1")]
    assert str(made.findings[0].place) == "other.json:5"
    assert amounts(made) == [Fraction("0.0004")], "the first is kept"


def test_a_deletion_in_either_copy_is_known() -> None:
    for pair in (
        (recording(), recording(deleted="2023-06-01")),
        (recording(deleted="2023-06-01"), recording()),
    ):
        assert amounts(statement(*pair)) == [0]


def test_deletions_join_their_recordings() -> None:
    made = statement(recording(1), recording(2), deletions=[deletion("r2", "2023-06-29")])
    assert (made.months[0].charged, made.months[0].deleted, kinds(made)) == (1, 1, [])


def test_a_deletion_of_what_no_list_holds() -> None:
    made = statement(recording(), deletions=[deletion("gone", "2023-07-01")])
    assert kinds(made) == [(kind.UNKNOWN_DELETION, "gone")]
    early = statement(recording(), deletions=[deletion("gone", "2023-06-30")])
    assert kinds(early) == [], "it was charged at no month end of the statement"


def test_two_deletion_times_are_named() -> None:
    twice = [deletion("r1", "2023-06-10"), deletion("r1", "2023-07-10", 3)]
    assert kinds(statement(recording(), deletions=twice)) == [(kind.TWO_DELETIONS, "r1")]
    own = statement(recording(deleted="2023-06-10"), deletions=[deletion("r1", "2023-07-10")])
    assert (kinds(own), amounts(own)) == ([(kind.TWO_DELETIONS, "r1")], [0])
    assert kinds(statement(recording(deleted="2023-06-10"), deletions=[deletion("r1", "2023-06-10")])) == []


def test_deleted_before_it_was_recorded() -> None:
    made = statement(recording(deleted="2023-03-01"))
    assert kinds(made) == [(kind.DELETED_BEFORE, "r1")]
    assert not made.is_fine


def test_plivo_s_amount_days_and_minutes() -> None:
    right = {"storage_days": 107, "monthly_amount": Decimal("0.0004"), "rounded_ms": 60_000}
    made = statement(recording(1, **right), recording(2, **right), recording(3, **right))
    assert made.is_fine
    wrong = statement(
        recording(1, **right | {"monthly_amount": Decimal("0.0008")}),
        recording(2, **right | {"storage_days": 106}),
        recording(3, **right | {"rounded_ms": 120_000}),
        recording(4, **right),
    )
    assert kinds(wrong) == [(kind.AMOUNT, "r1"), (kind.DAYS, "r2"), (kind.MINUTES, "r3")]
    assert [one.amount for one in wrong.findings] == [Fraction("0.0004"), None, Fraction("0.0004")]


def test_an_amount_is_of_the_last_month_end_before_the_export() -> None:
    one = recording(monthly_amount=Decimal(0))
    assert statement(one, exported_on=day("2023-06-29")).is_fine
    assert kinds(statement(one, exported_on=day("2023-06-30"))) == [(kind.AMOUNT, "r1")]


def test_an_amount_whose_month_end_is_not_known_is_named() -> None:
    assert kinds(statement(recording(monthly_amount=Decimal(0)))) == [(kind.NO_EXPORT_DAY, "")]


def test_a_file_s_own_time_is_the_last_resort() -> None:
    at = datetime(2023, 6, 29, 23, tzinfo=UTC)
    source = SourceFile("recordings.json", "plivo", "x", "0", 1, 1, modified_at=at)
    held = replace(records(recording(monthly_amount=Decimal(0))), sources=(source,))
    made = state(held, question())
    assert (str(made.exports[0].on), made.is_fine) == ("2023-06-29", True)


@pytest.mark.parametrize(
    ("invoice", "agrees"),
    [("0.0012", True), ("0.0013", False), ("0.00", True), ("0", True), ("0.01", False), ("0.00120", True)],
)
def test_an_invoice_agrees_to_the_places_it_shows(invoice: str, agrees: bool) -> None:
    made = statement(recording(seconds=170), invoices=parse_invoices([f"2023-06={invoice}"]))
    assert made.months[0].amount == Fraction("0.0012")
    assert made.is_fine is agrees
    assert [one.kind for one in made.findings] == ([] if agrees else [kind.INVOICE])
    exact = made.months[0].difference
    assert exact == Fraction(invoice) - Fraction("0.0012")


def test_what_an_amount_lacks_is_said_beside_each_comparison_with_it() -> None:
    """The recording without a rate alone may be the invoice's difference, and no amount is the most then."""
    unrated = recording(1, rate=None, storage_days=92)
    lacking = "without 1 recording whose rate is not known"
    rated = recording(2, seconds=170, storage_days=92)
    for invoice in ("0.0016", "0.00"):
        made = statement(unrated, rated, invoices=parse_invoices([f"2023-06={invoice}"]))
        texts = [one.text for one in made.findings if one.kind == kind.INVOICE]
        (said,) = texts or [note for note in notes_of(made) if "the invoice agrees" in note]
        assert said.rstrip(".").endswith(lacking)
        (said,) = (note for note in notes_of(made) if "the most that can be charged" in note)
        assert said.endswith(f"charged, {lacking}.")


def test_an_invoice_of_another_month_is_refused() -> None:
    with pytest.raises(TollsheetError, match="2023-05, which is not among"):
        statement(recording(), invoices=parse_invoices(["2023-05=1"]))


def test_currencies_are_never_added() -> None:
    with pytest.raises(TollsheetError, match="EUR and USD, which are never added"):
        statement(recording(1, currency="USD"), recording(2, currency="EUR"))
    with pytest.raises(TollsheetError, match="never added"):
        statement(recording(currency="USD"), currency="EUR")
    assert statement(recording(currency="EUR")).currency == "EUR"
    assert statement(recording()).is_currency_assumed


def test_rows_that_cannot_be_read_are_findings() -> None:
    bad = Unreadable(Place("recordings.json", 9), "r9", '"recording_duration_ms" is blank')
    made = state(replace(records(recording()), unreadable=(bad,)), question())
    assert kinds(made) == [(kind.NOT_READ, "r9")]
    with pytest.raises(TollsheetError, match=r"no recording that can be read.*recordings.json:9"):
        state(Records(unreadable=(bad,)), question())


def test_pages_that_are_missing_are_named() -> None:
    held = records(recording(1), recording(2, place=Place("page-2.json", 1)))
    first, last = (replace(source, notes=(GOES_ON,)) for source in held.sources)
    assert kinds(state(replace(held, sources=(first, last)), question())) == [(kind.PAGES, "")]
    assert kinds(state(replace(held, sources=(first, held.sources[1])), question())) == []


def test_a_rate_of_0_is_told() -> None:
    made = statement(recording(rate="0"))
    assert (kinds(made), amounts(made), made.months[0].unrated) == ([(kind.FREE, "r1")], [0], 0)


def test_days_that_no_calendar_has() -> None:
    made = statement(recording(storage_days=10**18), exported_on=day("2023-06-30"))
    assert kinds(made) == [(kind.DAYS, "r1")]
    assert statement(recording(storage_days=10**18)).exports == ()


@pytest.mark.parametrize("changes", [{"as_of": day("9999-12-31")}, {"exported_on": day("1900-01-01")}])
def test_years_that_cannot_be(changes: dict[str, Any]) -> None:
    with pytest.raises(TollsheetError, match=r"The year \d+ cannot be"):
        statement(recording(), **changes)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "agrees"),
        ({"rate": None, "monthly_amount": None}, "to check"),
        ({"monthly_amount": Decimal("0.0005")}, "differs"),
        ({"rounded_ms": 1_000}, "differs"),
    ],
)
def test_the_word_of_the_verdict(changes: dict[str, Any], word: str) -> None:
    right = recording(1, monthly_amount=Decimal("0.0004"))
    asked = {"exported_on": day("2023-06-30")}
    made = report(right, recording(2, **{"monthly_amount": Decimal("0.0004")} | changes), **asked)
    assert (made.verdict, made.is_fine) == (word, word == "agrees")
    assert report(recording(), **asked).verdict == "calculated"
    assert report(recording(rate=None), **asked).verdict == "to check"


def test_an_empty_recording_is_told() -> None:
    made = statement(recording(seconds=0))
    assert (kinds(made), amounts(made), made.is_fine) == ([(kind.ZERO, "r1")], [0], True)


def test_of_no_minute_nothing_is_charged_at_whatever_rate() -> None:
    """So that none has to be known; but a minute that Plivo charges for it is a difference."""
    made = statement(recording(seconds=0, rate=None), recording(2))
    assert (kinds(made), made.is_fine) == ([(kind.ZERO, "r1")], True)
    assert (made.months[0].charged, made.months[0].unrated, made.months[0].minutes) == (2, 0, 1)
    assert made.lines[0].total(made.month_ends) == 0
    assert [saving.next for saving in made.forecast.savings][:1] == [Fraction("0.0004")]
    assert "rate is not known" not in report(recording(seconds=0, rate=None)).sentence
    minute = statement(recording(seconds=0, rate=None, rounded_ms=60_000))
    assert (kinds(minute), minute.is_fine) == ([(kind.MINUTES, "r1"), (kind.ZERO, "r1")], False)


def test_each_kind_has_a_remedy() -> None:
    named = {value for name, value in vars(kind).items() if name.isupper() and isinstance(value, str)}
    assert named == set(REMEDIES)
    assert named > HARMLESS


def test_the_view_narrows_and_the_invoice_line_does_not() -> None:
    days = {"2023-04-02": 90, "2023-04-01": 91, "2022-06-30": 366, "2022-06-29": 367}
    made = [recording(number, created) for number, created in enumerate(days, 1)]
    gone = recording(9, "2023-01-01", deleted="2023-06-01")
    for stored, wanted in (
        (StoredDays(gt=90), [91, 366, 367]),
        (StoredDays(gte=91), [91, 366, 367]),
        (StoredDays(lt=91), [90]),
        (StoredDays(lte=90), [90]),
        (StoredDays(gt=90, lte=366), [91, 366]),
        (StoredDays(), [90, 91, 366, 367, None]),
    ):
        found = statement(*made, gone, stored=stored)
        assert [line.days(day("2023-06-30")) for line in found.view] == wanted
        assert (len(found.lines), found.months[0].charged) == (5, 3)
    year = statement(*made, gone, within_a_year=True)
    assert [line.days(day("2023-06-30")) for line in year.view] == [90, 91, 366, None]


def test_within_a_year_ends_on_the_day() -> None:
    """What is recorded after it was in no export of that day."""
    days = ("2022-06-14", "2022-06-15", "2023-06-15", "2023-06-16")
    made = [recording(number, created) for number, created in enumerate(days)]
    view = statement(*made, within_a_year=True, as_of=day("2023-06-15")).view
    assert [line.recording.recording_id for line in view] == ["r1", "r2"]


def test_what_a_year_s_export_lacks_is_said() -> None:
    old = recording(1, "2022-06-01", seconds=600, storage_days=395)
    said = notes_of(statement(old, recording(2, storage_days=107)))[0]
    assert said.startswith("Older than the year before 2023-06-30 that Plivo's console exports: 1 recording,")
    assert "1 charged in 2023-06, 0.004 USD. An export of one year would lack them" in said
    young = notes_of(statement(recording(2, storage_days=107)))[0]
    assert "any from before 2022-06-30 that are still stored are charged every month end" in young


def test_deletions_that_no_export_holds_are_said() -> None:
    late = recording(storage_days=138)
    assert "what was deleted between 2023-06-30 and then is in no export" in " ".join(
        notes_of(statement(late))
    )
    early = " ".join(notes_of(statement(recording(storage_days=92))))
    assert "the amount is the most that can be charged" in early


@pytest.mark.parametrize("text", ["", ">", "90", "> ninety", "=90", ">90 <95", ">90, >91", ">-1", ">90.5"])
def test_conditions_that_are_none(text: str) -> None:
    with pytest.raises(TollsheetError):
        StoredDays.parse(text)


@pytest.mark.parametrize(
    "text", ["2023-06", "2023-6=1", "2023-13=1", "2023-06=-1", "2023-06=1,5", "2023-06=1e3", "2023-06=1 USD"]
)
def test_invoices_that_are_none(text: str) -> None:
    with pytest.raises(TollsheetError):
        parse_invoices([text])
    with pytest.raises(TollsheetError, match="twice"):
        parse_invoices(["2023-06=1", "2023-06=1"])


def test_ranges() -> None:
    months = months_between(Month(2023, 11), Month(2024, 2))
    assert [str(month) for month in months] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    with pytest.raises(TollsheetError, match="before it begins"):
        months_between(Month(2023, 2), Month(2023, 1))
    with pytest.raises(TollsheetError, match="37 months"):
        months_between(Month(2020, 1), Month(2023, 1))
    assert str(year_before(day("2024-02-29"))) == "2023-02-28"


def test_a_month_before_all_recordings_is_refused() -> None:
    with pytest.raises(
        TollsheetError, match="No recording was held in 2022-12; the recordings begin on 2023-03"
    ):
        statement(recording(), first="2022-12")
    assert statement(recording(), first="2022-12", last="2023-03").months[-1].held == 1


def test_an_amount_of_another_month_end_makes_nothing_differ() -> None:
    """Plivo's 0.0008 of June stands in the export; asked is what May charges."""
    plivo = {"monthly_amount": Decimal("0.0008"), "seconds": 60}
    other = report(recording(created="2023-01-01", **plivo), first="2023-05", exported_on=day("2023-07-02"))
    assert [row.outcome for row in other.compared] == ["of another month end"]
    assert (other.verdict, other.is_fine, other.is_compared) == ("calculated", True, False)
    assert "of another month end (2023-06-30), and were not compared" in other.sentence
    asked = report(recording(created="2023-01-01", **plivo), first="2023-06", exported_on=day("2023-07-02"))
    assert ([row.outcome for row in asked.compared], asked.verdict) == (["differs: amount"], "differs")


def test_what_a_deletion_saves_is_not_known_without_a_rate() -> None:
    made = report(recording(1, rate=None), recording(2, created="2023-06-01"), older_than=(1, 90))
    assert [(row.days, row.next, row.all) for row in made.savings] == [(1, None, None), (90, None, None)]
