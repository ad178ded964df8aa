"""What people entered finds its dispute again, across runs and months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from addin.disputes.checks import to_check
from addin.disputes.found_credits import FoundCredit
from addin.disputes.records import BY_HAND, CARRIED, FOUND, GONE, Earlier, Entered, Reconciled
from tests.disputes.make import AS_OF, again, by_call, dispute, month, reconciled, run

ACCEPTED = Entered("accepted", date(2026, 10, 20), Decimal("0.01"), "0012", "agent01", "=x")
OCTOBER = Reconciled("october.xlsx", "2026-10", ())


def test_all_that_was_entered_is_kept_with_the_day_it_was_opened() -> None:
    first = run(reconciled(month()))
    second = run(reconciled(month()), earlier=(again(first, LONG=ACCEPTED),), as_of=date(2026, 11, 5))
    long = by_call(second)["LONG"]
    assert long.entered == ACCEPTED
    assert long.opened_on == AS_OF
    assert long.age_on(second.as_of) == 31
    assert long.state == FOUND
    assert len(second.disputes) == len(first.disputes)


def test_a_changed_amount_is_shown_beside_the_new_one() -> None:
    first = run(reconciled(month()))
    was = again(first)
    was = replace(was, disputes=tuple(replace(one, question=Decimal(9)) for one in was.disputes))
    second = run(reconciled(month()), earlier=(was,))
    assert {one.before for one in second.disputes} == {Decimal(9)}
    assert by_call(second)["LONG"].question == Decimal("0.014")


def test_a_corrected_bill_leaves_the_dispute_and_asks_about_it() -> None:
    first = run(reconciled(month()))
    whole = reconciled(month())
    fewer = replace(whole, findings=tuple(row for row in whole.findings if row.call_id != "LONG"))
    second = run(fewer, earlier=(again(first),))
    assert by_call(second)["LONG"].state == GONE
    assert to_check(by_call(second)["LONG"])
    third = run(whole, earlier=(again(second),))
    assert by_call(third)["LONG"].state == FOUND


def test_what_is_not_finished_rolls_into_the_next_month_with_its_age() -> None:
    done = {
        "LONG": Entered("settled", None, Decimal("0.014")),
        "DEAR": Entered("rejected"),
        "BUSY": Entered("accepted"),
    }
    first = run(reconciled(month()))
    second = run(OCTOBER, earlier=(again(first, **done),), as_of=date(2026, 11, 5))
    assert set(by_call(second)) == {"BUSY", "EXTRA", "TWICE", "LATER", "SLOW-CHEAP"}
    assert {(one.month, one.opened_on, one.state) for one in second.disputes} == {("2026-09", AS_OF, CARRIED)}
    assert by_call(second)["BUSY"].status == "accepted"
    (said,) = second.remarks
    assert said.startswith("2 disputes of earlier months are settled or rejected, and stay in ")
    assert "To check" not in said


def test_what_is_amiss_with_a_finished_dispute_is_said_before_it_is_left_behind() -> None:
    """Settled, and nothing credited: the money is given up, and the next sheet would never show it."""
    first = run(reconciled(month()))
    left = again(first, LONG=Entered("settled"), DEAR=Entered("settled"), BUSY=Entered("rejected"))
    (said,) = run(OCTOBER, earlier=(left,)).remarks
    assert said.endswith(" To check there: Settled, but no amount is credited (2 disputes).")


def test_a_sheet_that_is_replaced_loses_nothing() -> None:
    first = run(reconciled(month()))
    was = again(first, replaced=True, LONG=Entered("settled", None, Decimal("0.014")))
    second = run(OCTOBER, earlier=(was,))
    assert len(second.disputes) == len(first.disputes)
    assert by_call(second)["LONG"].status == "settled"


def test_of_two_sheets_the_first_counts_and_nothing_stands_twice() -> None:
    first = run(reconciled(month()))
    one, other = again(first, LONG=Entered("accepted")), again(first, LONG=Entered("rejected"))
    second = run(reconciled(month()), earlier=(one, other))
    assert by_call(second)["LONG"].status == "accepted"
    assert len(second.disputes) == len(first.disputes)
    third = run(OCTOBER, earlier=(one, other))
    assert len(third.disputes) == len(first.disputes)


def test_two_accounts_with_the_same_category_keep_their_own_entries() -> None:
    sums = tuple(
        dispute(
            "1", kind="category", call_id="", subject="calls", account=account, entered=Entered(owner=account)
        )
        for account in ("AC1", "AC2")
    )
    found = tuple(replace(one, entered=Entered()) for one in reversed(sums))
    kept = _kept(found, Earlier("d.xlsx", sums))
    assert [(one.account, one.entered.owner) for one in kept] == [("AC2", "AC2"), ("AC1", "AC1")]


def test_an_account_that_an_earlier_version_did_not_name_is_no_other_dispute() -> None:
    was = Earlier("d.xlsx", (dispute(entered=Entered(owner="agent01")),))
    (one,) = _kept((dispute(account="AC1"),), was)
    assert one.entered.owner == "agent01"
    named = Earlier("d.xlsx", (dispute(account="AC2", entered=Entered(owner="agent01")),))
    assert [one.entered.owner for one in _kept((dispute(account="AC1"),), named)] == ["", "agent01"]


def test_calls_of_two_providers_with_one_id_are_two_disputes() -> None:
    """Each may count its calls from 1; an earlier version names no provider."""
    was = Earlier("d.xlsx", (dispute(provider="northline", entered=Entered("accepted")),))
    kept = _kept((dispute(provider="southline"),), was)
    assert [(one.provider, one.status) for one in kept] == [("southline", "open"), ("northline", "accepted")]
    (one,) = _kept((dispute(),), was)
    assert one.status == "accepted"


def test_another_provider_s_bill_does_not_show_that_a_dispute_is_gone() -> None:
    """Each provider's month may be run by itself; a letter claims nothing that is no longer found."""
    was = Earlier(
        "d.xlsx",
        (
            dispute(provider="northline"),
            dispute(provider="northline", call_id="DONE", entered=Entered("rejected")),
        ),
    )
    other = Reconciled("september.xlsx", "2026-09", (), provider="southline")
    made = run(other, earlier=(was,))
    assert [(one.state, one.status, one.claimed) for one in made.disputes] == [
        (CARRIED, "open", Decimal(1)),
        (CARRIED, "rejected", Decimal(0)),
    ]
    own = run(replace(other, provider="northline"), earlier=(was,))
    assert {(one.state, one.claimed) for one in own.disputes} == {(GONE, Decimal(0))}


def test_what_two_providers_leave_open_of_one_category_stays_two_disputes() -> None:
    sums = [
        dispute("1", kind="category", call_id="", subject="calls", provider=provider)
        for provider in ("northline", "southline", "northline", "")
    ]
    sheets = [Earlier(f"{number}.xlsx", (one,)) for number, one in enumerate(sums)]
    assert [one.provider for one in _kept((), *sheets)] == ["northline", "southline"]


def test_calls_of_one_id_are_told_apart_by_their_day() -> None:
    days = (date(2026, 9, 1), date(2026, 9, 2))
    was = tuple(dispute(call_id="#N/A", day=day, entered=Entered(note=str(day))) for day in reversed(days))
    found = tuple(dispute(call_id="#N/A", day=day) for day in days)
    kept = _kept(found, Earlier("d.xlsx", was))
    assert [one.entered.note for one in kept] == [str(day) for day in days]


def test_a_row_that_a_person_added_stays() -> None:
    own = dispute("3", kind="", reason="Set-up fee charged twice", state=BY_HAND)
    made = run(reconciled(month()), earlier=(Earlier("d.xlsx", (own,), replaced=True),))
    assert [one.question for one in made.disputes if one.state == BY_HAND] == [Decimal(3)]
    made = run(OCTOBER, earlier=(again(made),))
    assert [one.question for one in made.disputes if one.state == BY_HAND] == [Decimal(3)]


def _kept(found: tuple[object, ...], *sheets: Earlier) -> list[object]:
    from addin.disputes.earlier import with_earlier

    return with_earlier(found, [("2026-09", "")], sheets).disputes  # type: ignore[arg-type, return-value]


def test_disputes_alike_that_were_added_by_hand_all_stay() -> None:
    """Two sites, the same fee; a sheet of before that has them, too, adds none."""
    fee = dispute("5", "EUR", kind="", reason="Setup fee", call_id="", state=BY_HAND)
    both = tuple(replace(fee, entered=Entered(note=note)) for note in ("site A", "site B"))
    sheets = (Earlier("now.xlsx", both, replaced=True), Earlier("before.xlsx", both))
    made = run(reconciled(month()), earlier=sheets)
    assert [one.entered.note for one in made.disputes if one.reason == "Setup fee"] == ["site A", "site B"]


def test_every_credit_that_one_of_several_sheets_has_found_counts_once() -> None:
    """A letter would claim again what only the second sheet knows to be credited."""
    first = run(reconciled(month()))
    october = FoundCredit(Decimal("0.4"), "2026-10", "october.csv:2")
    november = FoundCredit(Decimal("0.1"), "2026-11", "november.csv:3")

    def sheet(*credits: FoundCredit) -> Earlier:
        was = again(first)
        return replace(was, disputes=tuple(replace(one, credits=credits) for one in was.disputes))

    older, newer = sheet(october, october), sheet(october, october, november)
    for sheets in ((older, newer), (newer, older)):
        for second in (run(reconciled(month()), earlier=sheets), run(OCTOBER, earlier=sheets)):
            assert {one.credits for one in second.disputes} == {(october, october, november)}
    corrected = sheet(replace(october, amount=Decimal("0.5")))
    (credits,) = {one.credits for one in run(reconciled(month()), earlier=(corrected, newer)).disputes}
    assert credits == (replace(october, amount=Decimal("0.5")), november)
    told = sheet(FoundCredit(Decimal("0.7"), "", "as the person wrote it"))
    (credits,) = {one.credits for one in run(reconciled(month()), earlier=(older, told)).disputes}
    assert sum(one.amount for one in credits) == Decimal("0.8")
