"""A billing report that is saved, mailed and run by cron's line, against a real mail server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from addin.cli.saving import FOLDER
from addin.hosts.mail.password import VARIABLE
from tests.hosts.mail.server import NOBODY, PASSWORD, USER, Authority, Inbox, running
from tests.hosts.test_schedule import as_cron_does

ANN, BOB, SENDER = "ann@example.com", "bob@example.com", "reports@example.com"
CHARGES = """call_id,type,agent,campaign_id,from,to,started_at,billed_at,cost,currency
1,manual,=cmd()|x,,+15005550006,+447700900123,2026-09-01 10:00:00,2026-09-01 10:05:00,1.25,USD
2,dialer,agent02,7,+15005550006,+13025550123,2026-09-30 23:50:00,2026-10-01 00:10:00,4,USD
3,dialer,agent02,7,+15005550006,+13025550123,2026-09-02 10:00:00,2026-09-02 10:05:00,2.5,USD
"""
ROSTER = "agent,teams,active\n=cmd()|x,Sales,yes\nagent02,Sales;West,yes\n"
NEXT_MONTH = ("--as-of", "2026-10-15")


@dataclass
class Desk:
    """A folder with files, a mail server, and a configuration of both called `charge back`."""

    folder: Path
    inbox: Inbox
    environment: dict[str, str]

    def run(self, *arguments: object, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "addin.cli", *map(str, arguments)],
            capture_output=True, text=True, check=False, timeout=120, cwd=self.folder,
            env={**self.environment, VARIABLE: password} if password else self.environment,
        )  # fmt: skip

    def report(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return self.run("billing-report", "--config", "charge back", *arguments)


@pytest.fixture
def desk(tmp_path: Path, root: Path) -> Iterator[Desk]:
    folder = tmp_path / "50 % of Ann's"
    folder.mkdir()
    (folder / "charges.csv").write_text(CHARGES, "utf-8")
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    authority = Authority(folder)
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "SYSTEMROOT", "LANG")}
    environment = {**kept, FOLDER: str(folder / "saved"), "PYTHONPATH": str(root)}
    with running(authority.context("localhost"), login=True) as (port, inbox):
        desk = Desk(folder, inbox, environment)
        done = desk.run(
            "billing-report", "--charges", "charges.csv", "--roster", "roster.csv", "--everyone",
            "--period", "last month", *NEXT_MONTH, "-o", "billing {period}.xlsx",
            "--csv", "tables {period}.csv", "--save", "charge back",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "As of 2026-10-15 (UTC), last month is 2026-09" in done.stdout
        done = desk.run(
            "configurations", "mail", "charge back", "--server", "localhost", "--port", port,
            "--from", SENDER, "--to", ANN, BOB, "--user", USER, "--ca-file", authority.file,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield desk


def test_a_report_is_mailed_as_it_was_written(desk: Desk) -> None:
    workbook, tables = desk.folder / "billing 2026-09.xlsx", desk.folder / "tables 2026-09.csv"
    done = desk.report("--mail", *NEXT_MONTH, "--force", "--json", "figures.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Mailed to {ANN}, {BOB} through localhost:" in done.stdout
    message = desk.inbox.message()
    assert message["Subject"] == "Billing report 2026-09 (charge back)"
    assert (message["From"], message["To"]) == (SENDER, f"{ANN}, {BOB}")
    assert datetime.now(UTC) - message["Date"].datetime < timedelta(minutes=5)
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    for words in (
        "Period: 2026-09\n", "Time zone: UTC", "Total: 3.75 USD, 2 charges", "This is not an invoice.",
        "Left out: 1 charge, 4 USD", "Attached: billing 2026-09.xlsx, tables 2026-09.csv",
        "Made by Tollsheet ",
    ):  # fmt: skip
        assert words in text.replace("\r\n", "\n"), words
    arrived = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert arrived == {path.name: path.read_bytes() for path in (workbook, tables)}


def test_running_it_again_sends_nothing_unless_asked(desk: Desk) -> None:
    assert desk.report(*NEXT_MONTH, "--force").returncode == 0
    assert desk.inbox.messages == []
    done = desk.report("--mail-to", ANN, "--month", "2026-10", "--everyone")
    assert done.returncode == 0, done.stderr
    assert desk.inbox.recipients == [[ANN]]
    assert desk.inbox.message()["Subject"] == "Billing report 2026-10 (charge back)"
    assert (desk.folder / "billing 2026-10.xlsx").exists()


def test_a_preview_sends_nothing_and_needs_no_password(desk: Desk) -> None:
    preview = desk.folder / "out.eml"
    arguments = ("--config", "charge back", *NEXT_MONTH, "--force", "--mail-preview", preview)
    done = desk.run("billing-report", *arguments, password="")
    assert (done.returncode, desk.inbox.messages) == (0, [])
    assert f"Written: {preview} (not sent)" in done.stdout
    message = message_from_bytes(preview.read_bytes(), policy=default)
    assert (message["To"], message["Subject"]) == (f"{ANN}, {BOB}", "Billing report 2026-09 (charge back)")
    workbook = desk.folder / "billing 2026-09.xlsx"
    before = workbook.read_bytes()
    done = desk.report(*NEXT_MONTH, "--force", "--mail-preview", workbook)
    assert (done.returncode, workbook.read_bytes()) == (2, before)
    assert "does not end in .eml" in done.stderr


def test_a_refused_address_is_1_and_a_refused_login_2(desk: Desk) -> None:
    done = desk.report("--mail-to", NOBODY, ANN, *NEXT_MONTH, "--force")
    assert done.returncode == 1
    assert f"Mailed to {ANN} through" in done.stdout
    assert f"Not mailed to {NOBODY}: 550 5.1.1 No such user here" in done.stderr
    workbook = desk.folder / "billing 2026-09.xlsx"
    workbook.unlink()
    done = desk.run(
        "billing-report", "--config", "charge back", "--mail", *NEXT_MONTH, "--force", password="wrong"
    )
    assert done.returncode == 2
    assert "it refuses the login of reports" in done.stderr
    assert "Traceback" not in done.stderr
    assert workbook.exists()
    assert f"Written: {workbook}" in done.stdout
    assert len(desk.inbox.messages) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--mail-to", "ann"), '"ann" is not an e-mail address'),
        (("--mail-to", "ann@example.com\nBcc: eve@example.org"), "is not an e-mail address"),
        (("--mail", "--month", "2026-09", "--from", "2026-09-01"), "Both a month and days are given"),
        (("--as-of", "soon"), '"soon" is not a day'),
        (("--report-zone", "Mars/Olympus"), 'time zone "Mars/Olympus" is unknown'),
        (("--period", "last moon"), '"last moon" is not a period'),
    ],
)
def test_bad_input_ends_before_any_work(arguments: tuple[str, ...], message: str, desk: Desk) -> None:
    before = sorted(desk.folder.iterdir())
    done = desk.report(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert (sorted(desk.folder.iterdir()), desk.inbox.messages) == (before, [])


def test_mail_without_a_password_or_settings_ends_before_any_work(desk: Desk) -> None:
    (desk.folder / "billing 2026-09.xlsx").unlink()
    done = desk.run("billing-report", "--config", "charge back", "--mail", *NEXT_MONTH, password="")
    assert done.returncode == 2
    assert f"{VARIABLE} is not set" in done.stderr
    files = ("--charges", "charges.csv", "-o", "x.xlsx", "--month", "2026-09")
    done = desk.run("billing-report", *files, "--mail-to", ANN)
    assert "Mail needs a saved configuration" in done.stderr
    assert not [*desk.folder.glob("*.xlsx")]


def test_a_test_mail_arrives(desk: Desk) -> None:
    done = desk.run("configurations", "test-mail", "charge back")
    assert done.returncode == 0, done.stderr
    assert desk.inbox.message()["Subject"] == "Tollsheet: test of the mail settings"
    assert [*desk.inbox.message().iter_attachments()] == []


def test_the_line_for_cron_sends_the_report(desk: Desk) -> None:
    """As cron runs it: by /bin/sh, from another folder, with an environment of its own. The password stands
    for the key store's, which a test has not."""
    out = desk.folder / "out.cron"
    when = ("--every", "month", "--on", "2", "--at", "06:00")
    done = desk.run("schedule", "--config", "charge back", *when, "-o", out)
    assert done.returncode == 0, done.stderr
    month = f"{datetime.now(UTC).date().replace(day=1) - timedelta(days=1):%Y-%m}"
    of_one_month = [line for line in CHARGES.splitlines(keepends=True) if "2026-10" not in line]
    (desk.folder / "charges.csv").write_text("".join(of_one_month).replace("2026-09", month), "utf-8")
    run = subprocess.run(
        ["/bin/sh", "-c", as_cron_does(out.read_text("utf-8").splitlines()[1])],
        env={VARIABLE: PASSWORD}, cwd="/", capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert (run.stdout, run.stderr) == ("", "")
    log = (desk.folder / "saved" / "charge back.log").read_text("utf-8")
    assert f"last month is {month}" in log
    assert f"Mailed to {ANN}, {BOB}" in log
    assert desk.inbox.message()["Subject"] == f"Billing report {month} (charge back)"
