"""What is said of a portable copy."""

from __future__ import annotations

from addin.hosts.portable.needing import Needing
from addin.hosts.portable.portable import Portable
from addin.hosts.portable.wording import sentences
from templates.formulas.lambdas import LAMBDAS

CARRIED = "Excel 365 and 2024 calculate them without the add-in."


def test_names_that_were_replaced_are_counted() -> None:
    made = Portable(formulas=2, uses=True, names_replaced=["CALL_COST", "TO_UTC"])
    assert sentences(made) == [
        "2 formulas changed.",
        f"{len(LAMBDAS)} functions are in the workbook itself, 2 in place of another version: {CARRIED}",
    ]


def test_formulas_that_only_follow_a_link_are_counted_apart() -> None:
    both = sentences(Portable(["tollsheet.xlam"], formulas=2, renumbered=1, uses=True))
    assert both[:2] == [
        "2 formulas changed, 1 link to the add-in removed.",
        "1 more formula follows the new number of links to other files: what is calculated there stays.",
    ]
    one = sentences(Portable(["tollsheet.xlam"], renumbered=2))
    assert one[:2] == [
        "No formula had to be changed, 1 link to the add-in removed.",
        "2 formulas follow the new numbers of links to other files: what is calculated there stays.",
    ]


def test_buttons_and_a_signature_are_said() -> None:
    made = Portable(names_added=[*LAMBDAS], buttons=["Calls", "Mine", "Calls"], was_signed=True)
    assert sentences(made)[2:] == [
        '2 buttons on "Calls" run commands of the add-in and now do nothing.',
        '1 button on "Mine" runs a command of the add-in and now does nothing.',
        "The digital signature was taken out: it is of the workbook as it was.",
    ]


def test_signs_of_a_sheet_s_name_cannot_steer_a_terminal() -> None:
    made = Portable(needing=[Needing("\x1b[31mred", "A1", ("NEW\x07",))])
    assert sentences(made)[-1] == "- ?[31mred!A1: NEW?"
