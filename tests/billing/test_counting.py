"""Which charges count, in which table, row and column; and why others do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from addin.billing.billing import bill
from addin.billing.lines import AMD, DIALER, MANUAL, Line
from addin.errors import TollsheetError
from addin.reports.billing.report import billing_report_of
from tests.billing.make import JUNE, ROSTER, at, charge, june, outcomes, table, user


def test_the_seeds_example_belongs_to_the_day_it_is_billed() -> None:
    """A two hour call that starts at 23:50 on June 1 and is billed on June 2 is in the report for June 2."""
    call = charge(billed="2026-06-02 01:50", started_at=at("2026-06-01 23:50"))
    for day, outcome in (
        ("2026-06-01", "billed after the period"),
        ("2026-06-02", "counted"),
        ("2026-06-03", "billed before the period"),
    ):
        assert outcomes(june(call, first_day=day, last_day=day)) == [outcome]


@pytest.mark.parametrize(
    ("billed", "zone", "outcome"),
    [
        ("2026-05-31 23:59:59.999", "UTC", "billed before the period"),
        ("2026-06-01 00:00", "UTC", "counted"),
        ("2026-06-30 23:59:59.999", "UTC", "counted"),
        ("2026-07-01 00:00", "UTC", "billed after the period"),
        ("2026-07-01 03:59", "America/New_York", "counted"),
        ("2026-07-01 04:00", "America/New_York", "billed after the period"),
        ("2026-06-01 03:59", "America/New_York", "billed before the period"),
        ("2026-05-31 18:30", "+05:30", "counted"),
    ],
)
def test_the_period_is_half_open_in_the_zone_of_the_report(billed: str, zone: str, outcome: str) -> None:
    assert outcomes(june(charge(billed=billed), report_zone=zone)) == [outcome]


def test_a_file_that_never_says_when_is_an_error_unless_the_end_is_chosen() -> None:
    blank = charge(billed=None, started_at=at("2026-06-30 23:59:30"), duration_ms=31_000)
    with pytest.raises(TollsheetError, match=r"charges\.csv does not say when calls were billed"):
        june(blank)
    ended = june(blank, billed_at_end=True)
    assert outcomes(ended) == ["billed after the period"]
    assert ended.lines[0].by_end
    partly = june(blank, charge())
    assert outcomes(partly) == ["moment of billing not known", "counted"]
    neither = june(replace(blank, duration_ms=None), charge(), billed_at_end=True)
    assert outcomes(neither)[0] == "moment of billing not known"


def test_each_kind_has_its_table() -> None:
    billing = june(
        charge("1"),
        charge("2", kind="click_to_call"),
        charge("4", kind="dialer", campaign_id="7"),
        charge("8", kind="amd", campaign_id="7"),
        charge("16", kind="", kind_written="inbound"),
        charge("32", kind="", kind_written="voicemail_drop"),
    )
    assert [one.total for one in billing.books[0].tables] == [Decimal(3), Decimal(4), Decimal(8)]
    assert outcomes(billing)[4:] == ["in none of the tables", "unknown type"]
    assert table(billing, DIALER).rows[0].label == "7"
    assert table(billing, AMD).rows[0].label == "ann"


def test_a_blank_cost_is_pending_and_a_credit_counts() -> None:
    billing = june(charge(None), charge("1"), charge("-0.25"), charge("0"))
    assert outcomes(billing) == ["pending", "counted", "counted", "counted"]
    assert table(billing, MANUAL).total == Decimal("0.75")
    assert table(billing, MANUAL).rows[0].charges == 3


def test_copies_count_once_and_what_only_shares_an_id_counts() -> None:
    call = charge("1", kind="dialer", campaign_id="7")
    billing = june(
        call,
        replace(call, place=charge().place),
        replace(call, kind="amd", kind_written="amd", cost=Decimal("0.004")),
        replace(call, cost=Decimal(2)),
        replace(call, billed_at=at("2026-06-11 12:00")),
    )
    assert outcomes(billing) == ["counted", "copy", "counted", "counted", "counted"]
    assert [bool(line.twin) for line in billing.lines] == [False, False, False, True, True]
    assert billing.books[0].total == Decimal("4.004")


def test_rows_without_an_id_are_copies_only_as_a_whole() -> None:
    one = charge("1", call_id="", row_values=("same",))
    other = charge("1", call_id="", row_values=("other",))
    assert outcomes(june(one, replace(one), other)) == ["counted", "copy", "counted"]


def test_an_agent_of_two_teams_is_one_row_counted_once() -> None:
    billing = june(charge("1", "bob"), charge("2", "BOB "), teams=("Sales", "support"))
    (row,) = table(billing, MANUAL).rows
    assert (row.label, row.team, row.total) == ("bob", "Sales; Support", Decimal(3))
    assert [(one.name, one.total) for one in billing.books[0].teams] == [("Sales; Support", Decimal(3))]


def test_the_union_of_what_is_chosen() -> None:
    charges = [charge(str(2**n), agent) for n, agent in enumerate(("ann", "bob", "cy", "dee", "eve", "zoe"))]
    for choices, total in (
        ({"teams": ("Sales",)}, 1 + 2 + 16),
        ({"teams": ("Sales", "Support")}, 1 + 2 + 4 + 16),
        ({"users": ("dee",)}, 8),
        ({"users": ("zoe",)}, 32),
        ({"deactivated_users": ("eve",)}, 16),
        ({"teams": ("Support",), "users": ("ann", "bob"), "deactivated_users": ("eve",)}, 1 + 2 + 4 + 16),
        ({"everyone": True}, 63),
    ):
        assert june(*charges, **choices).books[0].total == total


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"teams": ()}, "No team and no user is chosen"),
        ({"teams": ("Sale",)}, 'There is no team "Sale". Is Sales meant?'),
        ({"users": ("anne",)}, 'There is no active user "anne". Is ann meant?'),
        ({"users": ("eve",)}, "eve is no active user: the status is deactivated"),
        ({"deactivated_users": ("ann",)}, "ann is no deactivated user"),
        ({"everyone": True, "countries": ("Britian",)}, '"Britian" is no country'),
        ({"everyone": True, "teams": ("Sales",)}, "Everyone is chosen, and teams or users beside it"),
        ({"everyone": True, "report_zone": "Mars/Olympus"}, 'Time zone "Mars/Olympus" is unknown'),
        ({"everyone": True, "sort": ("Costs",)}, 'no table has a column "Costs"'),
        ({"everyone": True, "sort": ("calls:Total",)}, "names no table to sort"),
        ({"everyone": True, "month": "2026-13"}, "is not a month"),
        ({"everyone": True, "month": "", "first_day": "2026-06-01"}, "Only the first day is given"),
        ({"everyone": True, "first_day": "1.6.2026", "last_day": "2026-06-30"}, "is not a day"),
        ({"everyone": True, "first_day": "2026-06-30", "last_day": "2026-06-01"}, "is before the first"),
    ],
)
def test_choices_that_cannot_be_met(choices: dict[str, object], message: str) -> None:
    with pytest.raises(TollsheetError) as error:
        june(charge(), **{"everyone": False, **choices})
    assert message in str(error.value)


def test_dialer_calls_without_agent_and_campaign_are_in_no_campaign_of_anybodys() -> None:
    charges = [charge("1", "ann", kind="dialer"), charge("2", "", kind="dialer")]
    sales = june(*charges, teams=("Sales",))
    assert sales.books[0].total == 1
    assert (sales.lines[1].outcome, sales.lines[1].remark) == ("no agent", "and no campaign")
    assert june(*charges).books[0].total == 3


def test_a_copy_says_of_what_also_where_the_country_is_odd() -> None:
    call = charge("1", country="FR")
    billing = june(
        call, replace(call, place=charge().place), replace(call, cost=Decimal(2)), countries=("FR",)
    )
    of = call.place
    assert [line.remark for line in billing.lines] == [
        "the number is one of GB",
        f"the same charge as {of}; the number is one of GB",
        f"same id and type as {of}, but another charge: each counts for itself; the number is one of GB",
    ]
    facts = " ".join(billing_report_of(billing, []).facts)
    assert "The file's country is not that of the number, and counts: 2 charges, 3 USD." in facts


@pytest.mark.parametrize(
    ("kind", "outcome"), [("manual", "copy"), ("click_to_call", "copy"), ("amd", "counted")]
)
def test_a_call_record_of_a_charge_in_the_same_table_counts_once(kind: str, outcome: str) -> None:
    charged = charge("1", kind=kind, call_id="one")
    record = Line(charge("1", kind="manual", call_id="one"), is_call_record=True)
    billing = bill([charged], ROSTER, JUNE, [record])
    assert outcomes(billing) == ["counted", outcome]
    assert record.remark == (f"charged in {charged.place}" if outcome == "copy" else "")


def test_campaigns_of_charges_and_call_records_are_spelled_alike() -> None:
    """Sheets add up by the campaign as it is written."""
    first = charge("1", kind="dialer", campaign_id="Autumn Sale")
    record = Line(charge("2", kind="dialer", campaign_id="autumn  sale"), is_call_record=True)
    billing = bill([first], ROSTER, JUNE, [record])
    assert [line.row for line in billing.lines] == ["Autumn Sale", "Autumn Sale"]
    assert record.charge.campaign_id == "Autumn Sale"


def test_dialer_calls_that_no_agent_took() -> None:
    """They belong to a campaign whose agents are all chosen: no two reports on teams count one twice."""
    charges = [
        charge("1", "ann", kind="dialer", campaign_id="7"),
        charge("2", "", kind="dialer", campaign_id="7"),
        charge("4", "ann", kind="dialer", campaign_id="8"),
        charge("8", "cy", kind="dialer", campaign_id="8"),
        charge("16", "", kind="dialer", campaign_id="8"),
        charge("32", "", kind="dialer", campaign_id="9"),
        charge("64", ""),
    ]
    sales, support = (june(*charges, teams=(team,)) for team in ("Sales", "Support"))
    assert sales.books[0].total == 1 + 2 + 4
    assert support.books[0].total == 8
    assert june(*charges, teams=("Sales", "Support")).books[0].total == 1 + 2 + 4 + 8 + 16
    whole = june(*charges)
    assert whole.books[0].total == 127
    assert [row.label for row in table(whole, MANUAL).rows] == ["(no agent)"]
    shared = sales.lines[4]
    assert (shared.outcome, shared.remark) == (
        "no agent",
        "the campaign is shared with agents not chosen: cy",
    )


def test_other_holds_what_fits_no_chosen_country_and_rows_add_up() -> None:
    billing = june(
        charge("1"),
        charge("2", to="+33199001234"),
        charge("4", to="anonymous"),
        charge("8", to="+493023125012", kind="dialer", campaign_id="7"),
        countries=("GB", "DE", "NO"),
    )
    book = billing.books[0]
    assert book.columns == ("GB", "DE", "Other"), "a chosen country without billed calls has no column"
    (row,) = table(billing, MANUAL).rows
    assert row.by_column == (1, 0, 6)
    assert june(charge()).books[0].columns == ()


def test_currencies_are_never_added() -> None:
    billing = june(charge("1"), charge("2", currency="EUR"), charge("4", currency=""))
    assert [(book.currency, book.total) for book in billing.books] == [("EUR", 2), ("USD", 1), ("", 4)]
    most_first = june(charge("1"), charge("2", currency="EUR"), charge("4"))
    assert [book.currency for book in most_first.books] == ["USD", "EUR"]


@pytest.mark.parametrize(
    ("sort", "labels"),
    [
        ((), ["b10", "ann", "b9"]),
        (("Total",), ["b9", "ann", "b10"]),
        (("Agent",), ["ann", "b10", "b9"]),
        (("-agent",), ["b9", "b10", "ann"]),
        (("manual:-GB", "Total"), ["ann", "b9", "b10"]),
        (("Team", "-Total"), ["b10", "b9", "ann"]),
        (("dialer:Total",), ["b10", "ann", "b9"]),
    ],
)
def test_tables_are_sorted_by_any_column(sort: tuple[str, ...], labels: list[str]) -> None:
    charges = [charge("2"), charge("1", "b9", to="+33199001234"), charge("3", "b10", to="+33199001234")]
    assert [row.label for row in table(june(*charges, sort=sort, countries=("GB",)), MANUAL).rows] == labels


def test_campaigns_are_sorted_as_numbers() -> None:
    charges = [charge(kind="dialer", campaign_id=one) for one in ("10", "9", "x", "0100")]
    rows = table(june(*charges, sort=("campaign id",)), DIALER).rows
    assert [row.label for row in rows] == ["9", "10", "0100", "x"]


def test_a_roster_that_contradicts_itself() -> None:
    with pytest.raises(TollsheetError, match="active in one of"):
        june(charge(), roster=(*ROSTER, user("Ann", "Sales", active=False)))
    twice = june(charge(), roster=(*ROSTER, user("ANN", "Support", "sales")), teams=("Support",))
    assert twice.lines[0].team == "Sales; Support"


def test_a_copy_may_spell_its_type_otherwise() -> None:
    one = charge("1", kind_written="manual")
    again = replace(one, place=charge().place, kind_written="Manual outbound")
    assert outcomes(june(one, again)) == ["counted", "copy"]


def test_the_trend_has_the_months_up_to_the_period() -> None:
    """Of the same agents, each month with its own first and last charge; the period may be a single day."""
    charges = [
        charge("1", billed="2026-04-30 23:30"),
        charge("2", billed="2026-05-02 10:00"),
        charge("4", billed="2026-05-20 10:00"),
        charge("8", "cy", billed="2026-05-20 10:00"),
        charge("16", billed="2026-06-01 10:00"),
        charge("32", billed="2026-07-01 10:00"),
        charge(None, billed="2026-05-21 10:00"),
    ]
    billing = june(*charges, first_day="2026-06-01", last_day="2026-06-01", teams=("Sales",))
    months = [(one.name, one.total, f"{one.first:%d}-{one.last:%d}") for one in billing.books[0].months]
    assert months == [("2026-04", 1, "30-30"), ("2026-05", 6, "02-20"), ("2026-06", 16, "01-01")]
    local = june(*charges, teams=("Sales",), report_zone="Europe/Berlin").books[0].months
    assert [(one.name, one.total) for one in local] == [("2026-05", 7), ("2026-06", 16)]
    years = [charge(billed=f"{year}-{month:02}-10 10:00") for year in (2025, 2026) for month in range(1, 7)]
    years += [charge(billed=f"2025-{month:02}-10 10:00") for month in range(7, 13)]
    assert [one.name for one in june(*years).books[0].months][::11] == ["2025-07", "2026-06"]


def test_what_is_billed_before_it_starts_is_said() -> None:
    wrong = charge("1", started_at=at("2026-06-10 13:00"))
    report = billing_report_of(june(wrong, charge("2")), ())
    (sentence,) = report.to_look_at
    assert sentence.startswith("Billed before the call started: 1 charge, 1 USD")


def test_no_roster_and_no_currency_are_said() -> None:
    report = billing_report_of(june(charge("1"), charge("2", currency=""), roster=()), ())
    assert "No roster was given, so that no teams are known." in report.facts
    assert not any("roster does not name" in sentence for sentence in report.facts)
    (sentence,) = report.to_look_at
    assert sentence.startswith("No currency: 1 charge, 2, in tables of their own.")


def test_unknown_types_and_copies_of_other_months_are_outside_the_period() -> None:
    fax = charge(kind="", kind_written="fax", billed="2026-10-01 10:00")
    copied = charge(billed="2026-10-02 10:00")
    billing = june(charge(), fax, copied, replace(copied, place=fax.place))
    assert outcomes(billing) == ["counted", *["billed after the period"] * 3]
    report = billing_report_of(billing, [])
    assert report.to_look_at == ()
    assert not any("Copies" in fact for fact in report.facts)
    unknown = june(charge(), replace(fax, billed_at=None))
    assert outcomes(unknown)[1] == "unknown type"


@pytest.mark.parametrize(
    ("teams", "odd"),
    [
        (["Sales, Support"], ["Sales, Support"]),
        (["Sales/Support", "support"], ["Sales/Support"]),
        (["Sales|EMEA", "Sales"], ["Sales|EMEA"]),
        (["Sales/Support", "EMEA"], []),
        (["Sales", "Support"], []),
    ],
)
def test_teams_that_look_like_several_are_asked_about(teams: list[str], odd: list[str]) -> None:
    roster = [user(f"agent{number}", team) for number, team in enumerate(teams)]
    billing = june(charge(agent="agent0"), roster=roster, everyone=True)
    asked = [text for text in billing_report_of(billing, []).to_look_at if text.startswith("Teams are")]
    assert asked == [
        f'Teams are separated by ;: is "{team}" one team? The roster has it beside agent0.' for team in odd
    ]


def test_who_is_not_chosen_is_named_with_the_amount() -> None:
    roster = [user("ann", "Sales, Support"), user("bob", "Support")]
    billing = june(charge("0.25"), charge("0.5"), charge("1", agent="bob"), roster=roster, teams=("Support",))
    facts = billing_report_of(billing, []).facts
    assert "Left out, as not chosen: ann (2 charges, 0.75 USD)." in facts


def test_an_unknown_type_of_somebody_not_chosen_leaves_the_report_complete() -> None:
    """It can lack in no figure; but an agent that the roster does not name may be of a chosen team, and what
    may be a campaign's decides on its calls that no agent took."""
    fax = {"kind": "", "kind_written": "fax"}
    blank = charge("2", "cy", billed=None)
    billing = june(charge(), charge("1", "cy", **fax), blank, teams=("Sales",))
    assert outcomes(billing) == ["counted", "agent not chosen", "agent not chosen"]
    assert billing.lines[1].remark == "type fax"
    report = billing_report_of(billing, [])
    assert report.to_look_at == ()
    assert "Left out, as not chosen: cy (2 charges, 3 USD)." in report.facts
    for agent, outcome in (("ann", "unknown type"), ("", "unknown type"), ("zoe", "agent not chosen")):
        open_ = june(charge(), charge("1", agent, **fax), teams=("Sales",))
        assert outcomes(open_)[1] == outcome
        assert billing_report_of(open_, []).to_look_at, agent
    assert outcomes(june(charge("1", "cy", **fax)))[0] == "unknown type", "everyone is chosen"
    campaign = charge("1", "cy", campaign_id="7", **fax)
    assert outcomes(june(charge(), campaign, teams=("Sales",)))[1] == "unknown type"
    inbound = charge("1", "cy", kind="", kind_written="inbound")
    assert outcomes(june(charge(), inbound, teams=("Sales",)))[1] == "in none of the tables"


def test_who_has_only_charges_that_do_not_count_is_not_said_to_have_none() -> None:
    fax = charge("1", "cy", kind="", kind_written="fax")
    facts = billing_report_of(june(charge(), fax, roster=[user("ann"), user("cy")], everyone=True), []).facts
    assert "Chosen, without a charge that counts in the period: cy." in facts
