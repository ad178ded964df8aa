"""The country of a charge: by the number or the file's own column, never guessed."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.billing.countries import NAMES, chosen_code, code_of, country_of_number
from addin.errors import TollsheetError
from tests.billing.make import charge, june

NUMBERS = (  # numbering plans of the ITU and of the regulators; numbers of drama where there are any
    ("+14155550123", "US"),
    ("14155550123", "US"),
    ("001 415 555 0123", "US"),
    ("+1 (613) 555-0123", "CA"),
    ("+18765550123", "JM"),
    ("+12425550123", "BS"),
    ("+16715550123", "GU"),
    ("+17875550123", "PR"),
    ("+442079460958", "GB"),
    ("442079460958", "GB"),
    ("+447624412345", "IM"),
    ("+447781123456", "GG"),
    ("+447797123456", "JE"),
    ("+441481960123", "GG"),
    ("+79161234567", "RU"),
    ("+77012345678", "KZ"),
    ("+390612345678", "IT"),
    ("+390669812345", "VA"),
    ("+35818123456", "AX"),
    ("+493023125012", "DE"),
    ("+33199001234", "FR"),
    ("+61491570156", "AU"),
    ("+6590001234", "SG"),
)
NOWHERE = (
    ("", "is blank"),
    ("anonymous", "cannot be read"),
    ("112", "cannot be read"),
    ("+112", "cannot be read"),
    ("999", "cannot be read"),
    ("02079460958", "begins with one 0"),
    ("01144 20 7946 0958", "begins with one 0"),
    ("sip:ann@example", "cannot be read"),
    ("=cmd()", "cannot be read"),
    ("4.48E+11", "cannot be read"),
    ("+80012345678", "belongs to no country (+800)"),
    ("+8708112345678", "belongs to no country (+870)"),
    ("+881612345678", "belongs to no country (+881)"),
    ("+4420794609581234", "too few or too many digits"),
    ("+44999", "too few or too many digits"),
    ("+15550123456", "no number of any country of +1"),
    ("+9991234567", "cannot be read"),
)


@pytest.mark.parametrize(("number", "country"), NUMBERS)
def test_the_country_of_a_number(number: str, country: str) -> None:
    assert country_of_number(number).code == country


@pytest.mark.parametrize(("number", "why"), NOWHERE)
def test_a_number_without_a_country(number: str, why: str) -> None:
    found = country_of_number(number)
    assert found.code == ""
    assert why in found.why_not


def test_what_several_countries_share_is_the_main_one_and_said() -> None:
    toll_free = country_of_number("+18005551234")
    assert toll_free.code == "US"
    assert "CA" in toll_free.also
    assert country_of_number("+590690123456").also == ("BL", "MF")
    assert country_of_number("+14155550123").also == ()


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_an_example_number_of_each_region_is_in_it(region: str) -> None:
    """The plans' own example of a fixed line, as a bare international number."""
    example = phonenumbers.example_number(region)
    assert example is not None
    digits = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)[1:]
    found = country_of_number(digits)
    assert region in (found.code, *found.also)
    assert region in NAMES


@given(st.text(max_size=30))
def test_no_text_is_a_failure(text: str) -> None:
    found = country_of_number(text)
    assert bool(found.code) != bool(found.why_not)
    assert code_of(text) in ("", *NAMES)


@pytest.mark.parametrize(
    ("written", "code"),
    [("gb", "GB"), (" GB ", "GB"), ("united kingdom", "GB"), ("UK", "GB"), ("USA", "US"), ("Türkiye", "TR"),
     ("Viet Nam", "VN"), ("St. Lucia", "LC"), ("Trinidad & Tobago", "TT"), ("Korea", "KR"), ("XK", "XK"),
     ("U.S.", "US"), ("U.K.", "GB"), ("NA", "NA")],
)  # fmt: skip
def test_countries_by_code_and_name(written: str, code: str) -> None:
    assert code_of(written) == chosen_code(written) == code


@pytest.mark.parametrize("written", ["N/A", "n.a.", "n-a", "t/o", "--"])
def test_what_stands_for_nothing_is_no_country(written: str) -> None:
    """Without its signs N/A is the code of Namibia."""
    assert code_of(written) == ""
    billing = june(charge(country=written), countries=("NA",))
    assert billing.lines[0].column == "Other"


def test_every_name_leads_to_its_code() -> None:
    assert {name: code_of(name) for name in NAMES.values()} == {name: code for code, name in NAMES.items()}
    assert all(code_of(code) == code for code in NAMES)
    assert len(NAMES) == 252


def test_an_unknown_country_is_refused_with_the_nearest() -> None:
    with pytest.raises(TollsheetError, match=r"Is Germany \(DE\) meant"):
        chosen_code("Germny")
    with pytest.raises(TollsheetError, match="no country"):
        june(charge(), countries=("Freedonia",))


def test_the_files_country_wins_and_a_strange_one_is_said() -> None:
    billing = june(
        charge("1", country="Germany"),
        charge("2", country="de", to="anonymous"),
        charge("4", country="Freedonia", to="+4930231250"),
        charge("8", country="", to="+4930231250"),
        countries=("DE", "GB"),
    )
    lines = billing.lines
    assert [line.country for line in lines] == ["DE", "DE", "", "DE"]
    assert [line.country_by for line in lines] == ["file", "file", "file", "number"]
    assert [line.column for line in lines] == ["DE", "DE", "Other", "DE"]
    assert (lines[0].remark, lines[0].number_in) == ("the number is one of GB", "GB")
    assert "Freedonia" in lines[2].no_country
    assert billing.books[0].columns == ("DE", "Other")
