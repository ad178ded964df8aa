"""Saved configurations: whole files for their owner alone, plain names, and no wrong key unnoticed."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.hosts.saved import Configuration, Configurations, checked_name

CHOICES = {"period": "last month", "teams": ['Säles, "west"', "C:\\new\ttab"], "everyone": True, "most": 5}


@pytest.fixture
def saved(tmp_path: Path) -> Configurations:
    return Configurations(tmp_path / "not there yet" / "tollsheet")


def test_what_is_written_is_read(saved: Configurations) -> None:
    made = Configuration("billing-report", CHOICES, {"server": "smtp.example.com", "port": 465})
    path = saved.write("Charge back", made, force=False)
    assert saved.read("Charge back") == saved.read(str(path)) == made
    assert saved.names() == ["Charge back"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["Charge back.toml"]


def test_a_name_is_not_taken_twice(saved: Configurations) -> None:
    made = Configuration("billing-report", CHOICES)
    saved.write("a", made, force=False)
    with pytest.raises(TollsheetError, match="There is a configuration a already"):
        saved.write("a", Configuration("billing-report", {}), force=False)
    assert saved.read("a") == made
    saved.write("a", Configuration("billing-report", {}), force=True)
    assert saved.read("a").choices == {}
    saved.delete("a")
    assert saved.names() == []


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "a ", " a", ".", "..", "../a", "a/b", "a\\b", "C:a", "a\n", "a\x00", "a\u202eb", ".hidden",
        "a.", "con", "NUL", "com1", "Lpt9.x", "COM²", "a*", "a?", 'a"', "a|b", "a<b", "50 %", "x" * 61,
    ],
)  # fmt: skip
def test_no_file_can_be_called_so(name: str, saved: Configurations) -> None:
    with pytest.raises(TollsheetError, match="cannot name a configuration"):
        saved.write(name, Configuration("billing-report", {}), force=True)
    assert not saved.folder.exists()


@given(st.text(max_size=70))
def test_a_name_stays_in_its_folder(name: str) -> None:
    try:
        checked_name(name)
    except TollsheetError:
        return
    folder = Path("/configurations")
    assert Configurations(folder).path(name).parent == folder
    assert Path(name).name == name


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("repor = 'x'", 'the key "repor" is unknown. Is "report" meant?'),
        ("[choices]\na = 1", "does not say which report it is of"),
        ("report = 1", "does not say which report it is of"),
        ("report = 'x'\nchoices = 1", "choices is no table. Begin it with [choices]"),
        ("report = 'x'\n[mail]\npassword = 'hush'", "change that password"),
        ("report = 'x'\n[choices.deep]\nPASSWORD = 'hush'", "a password never stands in a file"),
        ("report = 'x", "is no TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(content: str, message: str, saved: Configurations) -> None:
    saved.folder.mkdir(parents=True)
    (saved.folder / "a.toml").write_text(content, "utf-8")
    with pytest.raises(TollsheetError) as told:
        saved.read("a")
    assert message in str(told.value)
    assert "a.toml" in str(told.value)
    assert "hush" not in str(told.value)


def test_a_name_that_is_not_there_is_answered_with_the_closest(saved: Configurations) -> None:
    with pytest.raises(TollsheetError, match="None is saved yet"):
        saved.read("chargeback")
    saved.write("chargeback", Configuration("billing-report", {}), force=False)
    with pytest.raises(TollsheetError, match=r'no configuration "charges" in .* Is "chargeback" meant'):
        saved.read("charges")
    with pytest.raises(TollsheetError, match="There are chargeback"):
        saved.delete("other")


def test_a_file_of_another_folder_is_not_deleted(saved: Configurations, tmp_path: Path) -> None:
    mapping = tmp_path / "elsewhere" / "mapping.toml"
    mapping.parent.mkdir()
    mapping.write_text("[columns]\n", "utf-8")
    with pytest.raises(TollsheetError, match="is not in"):
        saved.delete(str(mapping))
    assert mapping.exists()


def test_no_password_is_written(saved: Configurations) -> None:
    mail: dict[str, Any] = {"server": "x", "password": "hush"}
    with pytest.raises(TollsheetError, match="never stands in a file"):
        saved.write("a", Configuration("billing-report", {}, mail), force=False)
    assert not saved.folder.exists()
