"""Rate cards: the longest prefix in force wins, ties name both rows, and a missing rate is never 0."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from udfs import CALL_COST, CALL_RATE, CARD_COST
from udfs.errors import CellError, NoRate, NotAvailable, NotUsable, RateTie
from udfs.rating.rate_card import RateCard, call_direction, normal_number

DEFAULTS = [["Prefix", "Rate"], ["", 0.5], [44, 0.01], ["+44 7", 0.02], [447700.0, 0.03], ["client:", 0.004]]
DATED = [
    ["prefix", "rate", "valid_from", "valid_until"],
    ["1", 0.01, None, "2024-03-31"],
    ["1", 0.02, date(2024, 4, 1), 45473],
    ["12", 0.03, "2024-04-01", None],
]


def failing(kind: type[CellError], *cells: Any) -> str:
    with pytest.raises(kind) as caught:
        CALL_RATE(*cells)
    return str(caught.value)


@pytest.mark.parametrize(
    ("number", "rate"),
    [
        ("+44 20 7946 0958", 0.01),
        ("442079460958", 0.01),
        (442079460958, 0.01),
        (442079460958.0, 0.01),
        ("+44 (7) 911-123", 0.02),
        ("+44 7700.900 123", 0.03),
        ("+1 212", 0.5),
        ("client:Alice", 0.004),
        ("Client:bob", 0.004),
        ("sip:44@example", 0.5),
        ("anonymous", 0.5),
        ("4", 0.5),
    ],
)
def test_the_longest_prefix_wins(number: Any, rate: float) -> None:
    assert CALL_RATE(number, DEFAULTS) == rate
    assert CALL_RATE(number, np.array(DEFAULTS, object)) == rate
    assert CALL_RATE(number, tuple(map(tuple, DEFAULTS))) == rate


def test_no_rate_is_not_0() -> None:
    card = [["prefix", "rate"], ["44", 0.01]]
    assert "no row" in failing(NoRate, "+1 212", card)
    assert "#N/A" in failing(NotAvailable, None, card)
    found = CARD_COST([60, 60], ["44", "1"], card)
    assert [found[0], str(found[1])] == [0.01, "#N/A"]
    assert CARD_COST(0, "44", card) == 0


def test_days() -> None:
    assert CALL_RATE("1", DATED, "2024-03-31 23:59") == 0.01
    assert CALL_RATE("1", DATED, date(2024, 4, 1)) == 0.02
    assert CALL_RATE("1", DATED, datetime(2024, 6, 30, 23, 59)) == 0.02
    assert "2024-07-01" in failing(NoRate, "1", DATED, "2024-07-01")
    assert CALL_RATE("12", DATED, "2024-03-01") == 0.01
    assert CALL_RATE("12", DATED, 45474) == 0.03
    assert "row 2 is dated" in failing(NotAvailable, "1", DATED)
    assert CALL_RATE("2", [*DATED, ["2", 0.9]]) == 0.9


def test_ties_name_both_rows() -> None:
    card = [["prefix", "rate", "direction"], ["44", 0.01, ""], ["1", 1, "inbound"], ["+44", 0.01, "outbound"]]
    assert "rows 2 and 4" in failing(RateTie, "4420", card, None, "outbound")
    assert CALL_RATE("4420", card, None, "inbound") == 0.01
    assert [(one.row, other.row) for one, other in RateCard.from_rows(card).ties()] == [(2, 4)]
    assert RateCard.from_rows(DATED).ties() == []
    overlapping = RateCard.from_rows([*DATED, ["1", 5, "2024-06-30", None]])
    assert [(one.row, other.row) for one, other in overlapping.ties()] == [(3, 5)]
    assert CALL_RATE("1", [*DATED, ["1", 5, "2024-06-30", None]], "2024-06-29") == 0.02


def test_directions() -> None:
    card = [
        ["prefix", "rate", "direction"],
        ["44", 0.01, "Inbound"],
        ["44", 0.02, "outbound"],
        ["1", 0.03, None],
    ]
    assert CALL_RATE("44", card, None, "inbound") == 0.01
    assert CALL_RATE("44", card, None, "outbound-dial") == 0.02
    assert CALL_RATE("1", card) == 0.03
    assert "say the direction" in failing(RateTie, "44", card)
    assert "sideways" in failing(NotUsable, "44", card, None, "sideways")
    assert call_direction("trunking-originating") == "inbound"
    found = RateCard.from_rows(card)
    assert found.find("1", "44", "inbound").terms.rate == Fraction("0.01")
    assert found.find("44", "1", "inbound").terms.rate == Fraction("0.03")
    assert found.find("44", "1", "outbound").terms.rate == Fraction("0.02")
    assert found.find("1").row == 4


def test_without_a_direction_the_called_number_counts_unless_rows_are_for_inbound_calls() -> None:
    """A log that does not say directions is compared by the number called, never by a guess between two."""
    plain = RateCard.from_rows([["prefix", "rate"], ["44", 0.02], ["1", 0.03]])
    assert plain.find("44", "1").terms.rate == Fraction("0.02")
    header = ["prefix", "rate", "direction"]
    both = RateCard.from_rows([header, ["44", 0.02, None], ["1", 0.05, "inbound"]])
    with pytest.raises(RateTie, match="say the direction"):
        both.find("44", "1")
    assert both.find("44", "49").row == 2
    assert both.find("49", "1").row == 3
    same = RateCard.from_rows([header, ["44", 0.02, None], ["1", 0.02, "inbound"]])
    assert same.find("44", "1").row == 2


def test_plain_decimals_kept_as_text_are_numbers_in_a_card() -> None:
    card = [["prefix", "rate", "minimum", "increment", "decimals"], ["44", "0.0099", "30", " 6 ", "5"]]
    assert CARD_COST(31, "44", card) == 0.00594


def test_categories() -> None:
    card = RateCard.from_rows([["prefix", "rate", "category"], ["", 1, "Calls"], ["", 2, "calls-client"]])
    assert card.find("44", category="calls").terms.rate == 1
    assert card.find("44", category="calls-client").terms.rate == 2
    assert card.ties() == []
    with pytest.raises(NoRate):
        card.find("44", category="sms")


def test_the_whole_row_holds() -> None:
    header = ["RATE", "Connect Fee", "pre-fix", "minimum", "increment", "decimals", "Rounding", "valid from"]
    card = [
        header,
        [0.015, 0.001, "49", 12, 6, 5, "Full-Up", None],
        [0.1, None, "33", 30, None, None, None, None],
    ]
    assert CARD_COST(13, "49", card) == CALL_COST(13, 0.015, 12, 6, 0.001, 5, "up") == 0.0055
    assert CARD_COST(61, "33", card) == CALL_COST(61, 0.1, 30) == 0.15
    seconds = [["prefix", "rate", "duration_rounding", "increment", "minimum"], ["1", 0.6, "down", 1, 0]]
    assert CARD_COST(9.9, "1", seconds) == 0.09
    row = RateCard.from_rows(card).rows[0]
    assert (row.row, row.places_given, row.terms.places) == (2, True, 5)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["prefix"], ["1"]], "no column rate"),
        ([["rate"], [1]], "no column prefix"),
        ([["a", "b"]], "no column prefix and no column rate"),
        ([["prefix", "rate", "Rate"], ["1", 1, 1]], "twice"),
        ([["prefix", "rate"], ["1", 1], ["2", None]], "row 3, column rate"),
        ([["prefix", "rate"], ["1", "0,01"]], "row 2, column rate"),
        ([["prefix", "rate"], ["1", -1]], "negative"),
        ([["prefix", "rate"], ["1", True]], "column rate"),
        ([["prefix", "rate"], ["1", "#REF!"]], "#REF!"),
        ([["prefix", "rate"], [4.5, 1]], "column prefix"),
        ([["prefix", "rate", "minimum"], ["1", 1, 0]], "increment"),
        ([["prefix", "rate", "rounding"], ["1", 1, "odd"]], "column rounding"),
        ([["prefix", "rate", "decimals"], ["1", 1, 2.5]], "column decimals"),
        ([["prefix", "rate", "anchor"], ["1", 1, "odd"]], "column anchor"),
        ([["prefix", "rate", "direction"], ["1", 1, "odd"]], "column direction"),
        ([["prefix", "rate", "valid_from"], ["1", 1, "03/09/2021"]], "column valid_from"),
        ([["prefix", "rate", "valid_from", "valid_until"], ["1", 1, "2024-02-01", "2024-01-01"]], "before"),
        ([], "empty"),
        (5, "range"),
        (["prefix", "rate"], "range"),
        (None, "blank"),
        ("#NAME?", "#NAME?"),
    ],
)
def test_a_bad_card_says_where(rows: Any, words: str) -> None:
    with pytest.raises(CellError) as caught:
        CALL_RATE("1", rows)
    assert words in str(caught.value)
    assert str(CALL_RATE(["1", "2"], rows)[1]) == caught.value.code


def test_a_card_read_before_is_not_mixed_up_with_one_that_only_looks_equal() -> None:
    assert CALL_RATE("1", [["prefix", "rate"], ["1", 1]]) == 1
    with pytest.raises(NotUsable):
        CALL_RATE("1", [["prefix", "rate"], ["1", True]])
    card: list[list[Any]] = [["prefix", "rate"], ["1", 1]]
    assert CALL_RATE("1", card) == 1
    card[1][1] = 2
    assert CALL_RATE("1", card) == 2


def test_blank_rows_and_long_numbers() -> None:
    assert RateCard.from_rows([["prefix", "rate"], [None, ""], ["1", 1], []]).rows[0].row == 3
    assert "15 digits" in failing(NotUsable, 10**15, DEFAULTS)
    assert normal_number(" SIP:Bob@Host ") == "sip:bob@host"


def test_without_a_direction_the_answer_of_both_ways_counts() -> None:
    def rate(*rows: list[object]) -> float:
        return CALL_RATE("+447700", [["prefix", "rate", "direction"], *rows])

    with pytest.raises(RateTie, match="say the direction"):
        rate(["44", 0.01, None], ["447", 0.5, "outbound"])
    with pytest.raises(RateTie, match="say the direction"):
        rate(["44", 0.01, None], ["447", 0.5, "inbound"])
    assert rate(["44", 0.5, "inbound"], ["447", 0.01, None]) == 0.01
    assert rate(["44", 0.5, "inbound"], ["44", 0.6, "inbound"], ["447", 0.01, None]) == 0.01
    assert rate(["44", 0.5, "inbound"]) == 0.5


def test_rows_that_tie_by_category_name_the_remedy() -> None:
    card = [["prefix", "rate", "category"], ["44", 0.01, "calls"], ["44", 0.02, "calls-client"]]
    with pytest.raises(RateTie, match="give the function the rows of one category"):
        CALL_RATE("447700", card)
