"""Options saved under a name and used again; where mail goes out; schedules: as a person runs them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import keyring
import pytest
from click.testing import CliRunner, Result
from keyring.backends.fail import Keyring as NoKeyring

from addin.cli import tollsheet
from addin.cli.options import FILE, Amount, FilesOption, ManyOption
from addin.cli.saving import FOLDER, SavedCommand
from addin.errors import TollsheetError
from addin.hosts.mail.password import VARIABLE

MAIL = ("--server", "smtp.example.com", "--from", "reports@example.com", "--to", "ann@example.com")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the configurations; the current folder is another."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "saved here"))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    (tmp_path / "current").mkdir()
    monkeypatch.chdir(tmp_path / "current")
    return tmp_path / "saved here"


@click.command("small-report", cls=SavedCommand)
@click.option("--charges", cls=FilesOption, required=True)
@click.option("--team", "teams", cls=ManyOption)
@click.option("--tolerance", type=Amount(), default=Fraction(0))
@click.option("--most", type=int, default=5)
@click.option("--voicemail-billed/--voicemail-not-billed", default=None)
@click.option("--everyone", is_flag=True)
@click.option("-o", "--output", "out", required=True, type=FILE)
@click.option("--force", is_flag=True)
def small_report(**given: Any) -> None:
    """Says what it was given."""
    click.echo(repr(sorted(given.items())))


def run(command: click.Command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments)], catch_exceptions=True)


def said(command: click.Command, *arguments: object) -> str:
    done = run(command, *arguments)
    assert done.exception is None, done.exception
    return done.output


def refused(command: click.Command, *arguments: object) -> str:
    done = run(command, *arguments)
    assert isinstance(done.exception, TollsheetError), done.output
    return str(done.exception)


GIVEN = (
    "--charges", "jan.csv", "feb.csv", "--team", "Säles", "West, \"2\"", "--tolerance", "0.05", "--most", "7",
    "--voicemail-not-billed", "-o", "out {period}.xlsx",
)  # fmt: skip


def test_what_was_given_is_given_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another folder, with the files of the first."""
    first = said(small_report, *GIVEN, "--save", "a").splitlines()
    assert first[1] == f"Saved: {folder / 'a.toml'}"
    monkeypatch.chdir(tmp_path)
    again = said(small_report, "--config", "a").strip()
    here = str(tmp_path / "current")
    for name in ("jan.csv", "feb.csv", "out {period}.xlsx"):
        first[0] = first[0].replace(f"'{name}'", f"'{here}/{name}'")
    assert again == first[0]


def test_only_what_was_given_is_saved_and_by_the_names_of_the_options(folder: Path, tmp_path: Path) -> None:
    said(small_report, *GIVEN, "--save", "a")
    here = tmp_path / "current"
    assert tomllib.loads((folder / "a.toml").read_text("utf-8")) == {
        "report": "small-report",
        "choices": {
            "charges": [str(here / "jan.csv"), str(here / "feb.csv")],
            "team": ["Säles", 'West, "2"'],
            "tolerance": "0.05",
            "most": 7,
            "voicemail_billed": False,
            "output": str(here / "out {period}.xlsx"),
        },
    }


def test_what_is_given_besides_goes_before(folder: Path) -> None:
    said(small_report, *GIVEN, "--save", "a")
    other = said(small_report, "--config", "a", "--most", "1", "--team", "North", "--save", "b")
    assert "('most', 1)" in other
    assert "('teams', ('North',))" in other
    assert "('voicemail_billed', False)" in other
    assert said(small_report, "--config", "b") == "".join(other.splitlines(keepends=True)[:1])


@click.command("of-somebody", cls=SavedCommand, alternatives=((("everyone",), ("teams", "user")),))
@click.option("--everyone", is_flag=True)
@click.option("--team", "teams", multiple=True)
@click.option("--user")
def of_somebody(everyone: bool, teams: tuple[str, ...], user: str | None) -> None:
    click.echo(f"{everyone} {teams} {user or ''}")


def test_who_is_chosen_besides_silences_everyone(folder: Path) -> None:
    """Else a report that was asked for one team would be about everyone, as the configuration says."""
    said(of_somebody, "--everyone", "--save", "all")
    said(of_somebody, "--team", "Sales", "--user", "bob", "--save", "some")
    assert said(of_somebody, "--config", "all") == "True () \n"
    assert said(of_somebody, "--config", "all", "--team", "Sales") == "False ('Sales',) \n"
    assert said(of_somebody, "--config", "some", "--everyone") == "True () \n"
    assert said(of_somebody, "--config", "some", "--team", "Support") == "False ('Support',) bob\n"


def test_a_name_is_replaced_with_force_alone_and_keeps_its_mail(folder: Path) -> None:
    said(small_report, *GIVEN, "--save", "a")
    said(tollsheet, "configurations", "mail", "a", *MAIL)
    told = refused(small_report, *GIVEN, "--save", "a")
    assert "There is a configuration a already" in told
    said(small_report, *GIVEN, "--most", "9", "--save", "a", "--force")
    found = tomllib.loads((folder / "a.toml").read_text("utf-8"))
    assert (found["choices"]["most"], found["mail"]["server"]) == (9, "smtp.example.com")
    assert "force" not in found["choices"]
    said(small_report, "--config", "a", "--save", "b")
    assert tomllib.loads((folder / "b.toml").read_text("utf-8")) == found


@pytest.mark.parametrize(
    ("name", "there", "message"),
    [
        ("", "", '"" cannot name a configuration: it is empty'),
        ("a/b", "", 'cannot name a configuration: "/" may not stand in it'),
        ("a", "report = ", "Configuration a.toml is no TOML"),
        ("a", "report = 1", "does not say which report it is of"),
        ("a", "folder", "a.toml is a folder"),
        ("b", "file", "is no folder"),
    ],
)
def test_what_cannot_be_saved_is_refused_before_the_work(
    name: str, there: str, message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setattr(small_report, "callback", lambda **given: done.append(given))
    if there == "file":
        folder.write_text("", "utf-8")
    elif there == "folder":
        (folder / "a.toml").mkdir(parents=True)
    elif there:
        folder.mkdir()
        (folder / "a.toml").write_text(there, "utf-8")
    assert message in refused(small_report, *GIVEN, "--save", name, "--force")
    assert done == []


def test_a_name_of_a_file_that_no_file_can_say_is_refused_before_the_work(folder: Path) -> None:
    told = refused(small_report, "--charges", "a\udcff.csv", "-o", "out.xlsx", "--save", "a")
    assert "a.toml cannot be saved, since no file can say:" in told
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("report = 'billing-report'", "a.toml is of billing-report. Use it with tollsheet billing-report"),
        ("report = 'small-report'\n[choices]\nteams = ['x']", 'the key "teams" is unknown. Is "team" meant?'),
        ("report = 'small-report'\n[choices]\nforce = true", 'the key "force" is unknown'),
        ("report = 'small-report'\n[choices]\nteam = {a = 1}", "A table stands among the choices"),
    ],
)
def test_a_wrong_file_is_refused(content: str, message: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "a.toml").write_text(content, "utf-8")
    assert message in refused(small_report, "--config", "a", *GIVEN)


def test_a_wrong_value_is_refused_as_on_the_command_line(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.toml").write_text("report = 'small-report'\n[choices]\nmost = 'many'", "utf-8")
    done = run(small_report, "--config", "a", "--charges", "x", "-o", "y")
    assert done.exit_code == 2
    assert "Invalid value for '--most': 'many' is not a valid integer" in done.output


def test_configurations_are_listed_shown_and_deleted(folder: Path) -> None:
    assert "None in" in said(tollsheet, "configurations", "list")
    said(small_report, *GIVEN, "--save", "b")
    said(tollsheet, "configurations", "mail", "b", *MAIL)
    (folder / "A.toml").write_text("report = ", "utf-8")
    first, second = said(tollsheet, "configurations", "list").splitlines()
    assert first.startswith("A  Configuration A.toml is no TOML")
    assert second == "b  small-report  mail to ann@example.com"
    shown = said(tollsheet, "configurations", "show", "b")
    assert shown.startswith(f"# {folder / 'b.toml'}\n# Choices of a report")
    assert "Deleted" in said(tollsheet, "configurations", "delete", "b")
    assert not (folder / "b.toml").exists()
    assert "no configuration" in refused(tollsheet, "configurations", "delete", "b")


def test_mail_settings_are_kept_but_for_what_is_given(folder: Path) -> None:
    said(small_report, *GIVEN, "--save", "a")
    assert "server is missing" in refused(tollsheet, "configurations", "mail", "a", "--to", "ann@example.com")
    told = said(tollsheet, "configurations", "mail", "a", *MAIL, "bob@example.com", "--user", "reports")
    assert "from reports@example.com through smtp.example.com:587 to ann@example.com, bob@example.com" in told
    assert "keyring set tollsheet:smtp.example.com reports" in told
    assert ":465 to" in said(tollsheet, "configurations", "mail", "a", "--security", "tls")
    assert "is not an e-mail address" in refused(tollsheet, "configurations", "mail", "a", "--to", "x")
    assert tomllib.loads((folder / "a.toml").read_text("utf-8"))["mail"] == {
        "server": "smtp.example.com",
        "from": "reports@example.com",
        "to": ["ann@example.com", "bob@example.com"],
        "user": "reports",
        "security": "tls",
    }


def saved(folder: Path, **choices: str) -> None:
    """A configuration that can be scheduled, but for the changes."""
    given = {"period": "last month", "output": "/reports/billing {period}.xlsx", **choices}
    lines = [f'{key} = "{value}"' for key, value in given.items() if value]
    mail = '[mail]\nserver = "smtp.example.com"\nfrom = "reports@example.com"\nto = "ann@example.com"\n'
    folder.mkdir(exist_ok=True)
    (folder / "a.toml").write_text(
        "\n".join(['report = "billing-report"', "[choices]", *lines, mail]), "utf-8"
    )


SCHEDULE = ("schedule", "--config", "a", "--every", "month", "--on", "3", "--at", "06:00")


def test_a_schedule_is_written_and_explained(folder: Path, tmp_path: Path) -> None:
    saved(folder)
    out = tmp_path / "a b.cron"
    told = said(tollsheet, *SCHEDULE, "-o", out)
    comment, line = out.read_text("utf-8").splitlines()
    assert comment == "# Tollsheet: billing-report a, on day 3 of every month at 06:00"
    assert line.startswith("0 6 3 * * /")
    assert f"billing-report --config '{folder / 'a.toml'}' --mail ||" in line
    assert "Mailed to ann@example.com through smtp.example.com:587" in told
    assert f"(crontab -l 2>/dev/null; cat '{out}') | crontab -" in told
    assert line in said(tollsheet, *SCHEDULE)
    assert "exists already" in refused(tollsheet, *SCHEDULE, "-o", out)


def test_a_task_is_written_and_explained(folder: Path, tmp_path: Path) -> None:
    saved(folder)
    assert "Name one that ends in .xml" in refused(tollsheet, *SCHEDULE, "--as", "windows")
    out = tmp_path / "a.xml"
    told = said(tollsheet, *SCHEDULE, "--as", "windows", "-o", out)
    assert f'schtasks /Create /TN "Tollsheet a" /XML {out}' in told
    assert "it runs only here" in told
    assert "<Day>3</Day>" in out.read_bytes().decode("utf-16")


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"period": "", "month": "2026-09"}, "but 2026-09: the same report would be sent for ever"),
        ({"period": ""}, "but none: the same report would be sent for ever"),
        ({"report_zone": "Mars/Olympus"}, 'time zone "Mars/Olympus" is unknown'),
        ({"perio": "last month"}, 'the key "perio" is unknown. Is "period" meant?'),
        ({"output": "/reports/billing.xlsx"}, "names one output file for every period"),
        ({"output": "/reports {period}/billing.xlsx"}, "names one output file for every period"),
        ({"csv": "/reports/billing.csv"}, "names one csv file for every period"),
        ({"json": "/reports/billing.json"}, "names one json file for every period"),
    ],
)
def test_what_would_go_wrong_unnoticed_is_refused(
    choices: dict[str, str], message: str, folder: Path
) -> None:
    saved(folder, **choices)
    assert message in refused(tollsheet, *SCHEDULE)


def test_what_a_run_says_is_added_to_its_log(folder: Path, tmp_path: Path) -> None:
    """Errors, too; nothing is left for a terminal that is not there."""
    log = tmp_path / "a.log"
    command = [sys.executable, "-P", "-m", "addin.cli", "--log", str(log), "configurations"]
    for more, code in ((["list"], 0), (["show", "b"], 2), (["nonsense"], 2)):
        done = subprocess.run([*command, *more], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (code, "", "")
    text = log.read_text("utf-8")
    assert (
        len(re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} tollsheet configurations$", text, re.M))
        == 3
    )
    assert "None in " in text
    assert 'Error: There is no configuration "b"' in text
    assert "No such command 'nonsense'" in text
    done = subprocess.run(
        [*command[:5], str(tmp_path / "no" / "log"), "configurations", "list"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_a_schedule_needs_a_report_that_there_is(folder: Path) -> None:
    saved(folder)
    path = folder / "a.toml"
    for name in ("billing", "rate", "addin"):
        path.write_text(f'report = "{name}"\n[choices]\nperiod = "last month"', "utf-8")
        assert f'is of "{name}", which is no report' in refused(tollsheet, *SCHEDULE)


def test_a_schedule_needs_mail_that_can_be_sent(folder: Path) -> None:
    saved(folder)
    path = folder / "a.toml"
    path.write_text(path.read_text("utf-8").replace('to = "ann@example.com"\n', ""), "utf-8")
    assert "No address is given" in refused(tollsheet, *SCHEDULE)
    path.write_text(path.read_text("utf-8").partition("[mail]")[0], "utf-8")
    assert "server is missing" in refused(tollsheet, *SCHEDULE)
    assert "no configuration" in refused(tollsheet, "schedule", "--config", "b", *SCHEDULE[3:])
