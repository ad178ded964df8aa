"""The letter, word by word, and what strangers' text may not do in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from addin.disputes.addressed import letters_of
from addin.disputes.checks import ENTER_CREDIT, to_check
from addin.disputes.letter_text import as_texts
from addin.disputes.parties import COMPANY_ADDRESS, PROVIDER
from addin.disputes.records import BY_HAND, GONE, Entered
from tests.disputes.make import AS_OF, dispute, run
from tests.disputes.make import found as found_credit
from tests.disputes.test_earlier import OCTOBER as OCTOBER_MONTH

GOLDEN = """\
[our company]
1 Example Street
Exampletown

Example Telecom
[provider's address]

Date: 2026-10-05
Customer number: [customer number]
Our reference: [our reference]

Disputed charges for September 2026, account AC1

Dear Sir or Madam,

We have compared your bill for September 2026 with our own call records. The following charges
are not supported by our records, and we dispute them.

Reason                        Charges   In question
Billed above the agreed rate        3  1,001.35 USD
Total                               3  1,001.35 USD

What you have credited so far is taken off the amounts above: 0.40 USD for 1 charge.

The 2 largest of 3 disputed charges. All of them are in the list attached to this letter (sheet
Disputes).

- 2026-09-10  call C1: 1,000.50 USD. Billed above the agreed rate
  billed 1,001.00 USD, expected 0.50 USD; our record log.csv, row 2, your record bill.csv, row 9
- call C6: 0.60 USD. Billed above the agreed rate
  billed not known, expected not known; our record calls.xlsx, sheet Log, row 12; credited 0.40 USD

We ask you to

1. credit the disputed amount with your next bill, or send us, for each charge that you uphold,
   your own record of it and the rate that you applied;
2. answer in writing by 2026-10-19, charge by charge;
3. take no step to collect the disputed amount until then. What is not disputed is paid as
   agreed.

You have already accepted 1 charge that we disputed before. The credit of 0.75 USD has not
reached us: please tell us on which bill it will be.

Times are in UTC. Our reference for each charge is the file and row in our records and in your
bill, as given in the attached list.

Yours faithfully,

[name and role]
[telephone or e-mail]
"""


def test_the_letter_word_by_word() -> None:
    disputes = (
        dispute(
            "1000.5",
            account="AC1",
            billed=Decimal(1001),
            expected=Decimal("0.5"),
            day=AS_OF.replace(month=9, day=10),
            log_place="log.csv:2",
            billed_place="bill.csv:9",
        ),
        dispute("0.25", call_id="C2", kind="missing-in-log"),
        dispute("2", call_id="C3", state=GONE),
        dispute("2", call_id="C4", entered=Entered("rejected")),
        dispute("1", call_id="C5", entered=Entered("accepted", credited=Decimal("0.25"))),
        dispute(
            "3",
            "EUR",
            kind="category",
            reason="Total above our calls",
            call_id="",
            subject="calls",
            billed_place="usage.csv:2",
        ),
        dispute("1", call_id="C6", log_place="calls.xlsx, sheet Log:12", credits=(found_credit("0.4"),)),
        dispute("1", call_id="C7", credits=(found_credit("1"),)),
    )
    parties = {PROVIDER: "Example Telecom", COMPANY_ADDRESS: "1 Example Street\nExampletown"}
    report = replace(run(OCTOBER_MONTH), disputes=disputes, parties={"": parties}, letter_rows=2)
    in_usd, in_eur = as_texts(report)
    assert in_usd == GOLDEN
    lines = [line.split() for line in in_eur.splitlines()]
    assert ["Total", "above", "our", "calls", "1", "3.00", "EUR"] in lines
    assert ["Total", "1", "3.00", "EUR"] in lines
    assert "- calls, 2026-09: 3.00 EUR. Total above our calls\n" in in_eur
    assert "the sum of our calls, your record usage.csv, row 2" in in_eur
    assert "Example Telecom" in in_eur, "the names stand in each letter of the provider"
    assert "USD" not in in_eur


def test_nothing_open_is_no_letter() -> None:
    report = replace(run(OCTOBER_MONTH), disputes=(dispute(entered=Entered("rejected")),))
    assert [one.letter for one in letters_of(report)] == [None]
    assert as_texts(report) == ["Nothing is in dispute as of 2026-10-05: there is no letter to write.\n"]


def test_text_of_a_record_steers_no_terminal() -> None:
    report = replace(run(OCTOBER_MONTH), disputes=(dispute(call_id="\x1b[31mred\r"),))
    assert "call ?[31mred?: 1.00 USD" in as_texts(report)[0]


def test_what_a_person_added_is_worded_as_they_would() -> None:
    own = dispute("5", kind="", reason="Setup fee", call_id="", state=BY_HAND, entered=Entered(note="site A"))
    (text,) = as_texts(replace(run(OCTOBER_MONTH), disputes=(own,)))
    assert "- Setup fee: 5.00 USD\n  site A\n" in text
    assert "not known" not in text


def test_a_credit_that_was_found_is_not_said_to_be_missing() -> None:
    accepted = Entered("accepted", credited=Decimal("0.25"))
    found = dispute(call_id="C2", entered=accepted, credits=(found_credit("1"),))
    both = (dispute(), found)
    assert "You have already accepted" not in as_texts(replace(run(OCTOBER_MONTH), disputes=both))[0]
    assert to_check(found) == ENTER_CREDIT
    entered = replace(found, credits=(found_credit("0.25"),))
    (text,) = as_texts(replace(run(OCTOBER_MONTH), disputes=(dispute(), entered)))
    assert "The credit of 0.75 USD has not\nreached us" in text


def test_a_credit_that_was_found_is_not_claimed() -> None:
    """Entered or not: a letter asks for no money that has come."""
    for one, claimed in (
        (dispute(credits=(found_credit("0.4"),)), "0.6"),
        (dispute(credits=(found_credit("0.4"),), entered=Entered(credited=Decimal("0.4"))), "0.6"),
        (dispute(credits=(found_credit("0.4"),), entered=Entered(credited=Decimal("0.7"))), "0.3"),
        (dispute(credits=(found_credit("0.4"), found_credit("0.4", "november.csv:5", "2026-11"))), "0.2"),
        (dispute(credits=(found_credit("1"),)), "0"),
        (dispute(credits=(found_credit("1.2"),)), "0"),
    ):
        assert one.claimed == Decimal(claimed)
        (letter,) = [to.letter for to in letters_of(replace(run(OCTOBER_MONTH), disputes=(one,)))]
        assert sum(line.amount for line in letter.lines) == Decimal(claimed) if letter else claimed == "0"


def test_one_letter_for_each_currency() -> None:
    """Minutes go with the only currency; with two they have a letter of their own."""
    disputes = (
        dispute("1", provider="twilio", account="AC1", call_id="U"),
        dispute("2", "EUR", provider="twilio", account="AC1", call_id="E"),
        dispute("4", "min", provider="twilio", account="AC1", call_id="M"),
        dispute("8", provider="plivo", call_id="P"),
        dispute("16", "min", provider="plivo", call_id="Q"),
    )
    parties = {"twilio, account AC1": {PROVIDER: "Tw"}, "plivo, in EUR": {PROVIDER: "Pl"}}
    report = replace(run(OCTOBER_MONTH), disputes=disputes, parties=parties)
    assert [
        (to.name, [(line.amount, line.unit) for line in to.letter.lines], to.said.get(PROVIDER))
        for to in letters_of(report)
        if to.letter
    ] == [
        ("twilio, account AC1, in USD", [(1, "USD")], "Tw"),
        ("twilio, account AC1, in EUR", [(2, "EUR")], "Tw"),
        ("twilio, account AC1, in min", [(4, "min")], "Tw"),
        ("plivo", [(8, "USD"), (16, "min")], "Pl"),
    ]
    assert len(letters_of(report)) == 4, "what was filled in has its letter"


def test_a_letter_with_nothing_to_write_moves_no_other_s_number() -> None:
    """Letter 2 and letter-2.txt are one."""
    ones = tuple(
        dispute(provider=provider, call_id=provider, entered=Entered(status))
        for provider, status in (("eastline", "open"), ("northline", "rejected"), ("southline", "open"))
    )
    report = replace(run(OCTOBER_MONTH), disputes=ones)
    assert [(to.provider, to.letter is None) for to in letters_of(report)] == [
        ("eastline", False), ("southline", False), ("northline", True),
    ]  # fmt: skip
    assert ["southline" in text for text in as_texts(report)] == [False, True]


def test_days_to_answer_are_chosen() -> None:
    (text,) = as_texts(replace(run(OCTOBER_MONTH), disputes=(dispute(),), answer_days=30))
    assert "answer in writing by 2026-11-04" in text


def test_each_letter_is_for_one_provider_and_account() -> None:
    """A dispute that names no account goes with the only one of its provider, not to another provider."""
    disputes = (
        dispute("1", provider="twilio", account="AC1", call_id="T1"),
        dispute("2", provider="plivo", account="P1", call_id="P1"),
        dispute("4", provider="twilio", call_id="T2"),
        dispute("8", account="P1", call_id="P2"),
        dispute("16", provider="plivo", account="P9", call_id="P3"),
        dispute("32", provider="plivo", call_id="P4"),
        dispute("64", call_id="NONE"),
    )
    report = replace(run(OCTOBER_MONTH), disputes=disputes, parties={"twilio, account AC1": {PROVIDER: "Tw"}})
    assert [
        (one.name, sum(line.amount for line in one.letter.lines), one.said.get(PROVIDER))
        for one in letters_of(report)
        if one.letter
    ] == [
        ("twilio, account AC1", 5, "Tw"),
        ("plivo, account P1", 10, None),
        ("plivo, account P9", 16, None),
        ("plivo", 32, None),
        ("", 64, None),
    ]
    first, *others = as_texts(report)
    assert "call T1" in first
    assert not any("Tw\n" in text or "call T" in text for text in others)
    assert "[provider: plivo]" in others[0]
    alone = replace(report, disputes=disputes[1:2])
    assert [(one.name, one.said) for one in letters_of(alone)] == [
        ("plivo, account P1", {}),
        ("twilio, account AC1", {PROVIDER: "Tw"}),
    ]
