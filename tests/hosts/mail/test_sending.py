"""Mail against a real server: TLS or nothing, who got it, and what a person is told where it fails."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from aiosmtpd.smtp import SMTP
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from addin.errors import TollsheetError
from addin.hosts.mail.letter import Letter, compose
from addin.hosts.mail.password import VARIABLE, service_of
from addin.hosts.mail.sending import Refused, send
from addin.hosts.mail.settings import MailSettings
from tests.hosts.mail.server import NOBODY, PASSWORD, USER, Authority, Inbox, running, scripted

SENT_AT = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
SENDER, ANN, BOB = "reports@example.com", "ann@example.com", "bob@example.com"
MESSAGE = compose(Letter("Billing report 2026-09", ()), SENDER, [ANN], SENT_AT)

Start = Callable[..., tuple[MailSettings, Inbox]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())


@pytest.fixture
def start(authority: Authority) -> Iterator[Start]:
    """Starts a server for this test; gives the settings that reach it, and its inbox."""
    with ExitStack() as stack:

        def start(
            context: ssl.SSLContext | None = None,
            security: str = "starttls",
            login: bool = False,
            size: int = 10_000_000,
        ) -> tuple[MailSettings, Inbox]:
            context = context or authority.context("localhost")
            port, inbox = stack.enter_context(
                running(context, tls_at_once=security == "tls", login=login, size=size)
            )
            user = USER if login else ""
            return MailSettings("localhost", port, security, SENDER, (), user, authority.file, 10), inbox

        yield start


def failing(settings: MailSettings, *to: str, message: bytes = MESSAGE) -> str:
    """What a person is told where nothing can be sent."""
    with pytest.raises(TollsheetError) as told:
        send(message, settings, to or [ANN])
    return str(told.value)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server's own TLS it misses
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("login", [False, True])
def test_mail_arrives(start: Start, security: str, login: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, inbox = start(security=security, login=login)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert send(MESSAGE, settings, [ANN, BOB]) == []
    assert inbox.messages == [MESSAGE]
    assert (inbox.recipients, inbox.senders) == ([[ANN, BOB]], [SENDER])


def test_files_arrive_byte_by_byte_under_their_names(start: Start, tmp_path: Path) -> None:
    """Every byte there is, and what a line-by-line transport would change: dots, bare line ends."""
    contents = {
        "billing 2026-09.xlsx": bytes(range(256)) * 1000,
        "übersicht €.csv": b"\xef\xbb\xbfagent,total\r\n.\r\n.\n\r\nann,1.00",
        'a;b "c", d.csv': b".",
        "empty.csv": b"",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = tuple(tmp_path / name for name in contents)
    letter = Letter("Bericht für März €", (("Total", "1.00 €"),), files=files)
    settings, inbox = start()
    send(compose(letter, SENDER, [ANN], SENT_AT), settings, [ANN])
    found = inbox.message()
    assert found["Subject"] == "Bericht für März €"
    body = found.get_body()
    assert body is not None
    assert body.get_content().splitlines() == letter.text().splitlines()
    arrived = {part.get_filename(): part.get_payload(decode=True) for part in found.iter_attachments()}
    assert arrived == {name.replace('"', "_"): content for name, content in contents.items()}
    assert found["Date"].datetime == SENT_AT
    assert inbox.messages[0].isascii()


def test_a_wrong_password_is_said_and_nothing_is_sent(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, inbox = start(login=True)
    monkeypatch.setenv(VARIABLE, "wrong")
    told = failing(settings)
    assert f"localhost:{settings.port}: it refuses the login of reports: 535" in told
    assert VARIABLE in told
    assert "wrong" not in told
    monkeypatch.setenv(VARIABLE, "gänsefüßchen")
    assert "Choose a password of plain signs" in failing(settings)
    assert inbox.messages == []


def test_without_a_password_both_places_are_named(start: Start) -> None:
    settings, _ = start(login=True)
    told = failing(settings)
    assert f"{VARIABLE} is not set, and this computer has no key store that can be opened" in told
    assert "keyring set tollsheet:localhost reports" in told


class Locked(NoKeyring):
    """A key store that its owner does not open."""

    def get_password(self, service: str, username: str, msg: str | None = None) -> str | None:
        raise KeyringLocked("the user said no.\nreally")


class Kept(KeyringBackend):
    """A key store in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, entries: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self.entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_the_password_comes_from_the_key_store(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, inbox = start(login=True)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Kept({(service_of(settings), USER): PASSWORD}))
    send(MESSAGE, settings, [ANN])
    assert len(inbox.messages) == 1
    monkeypatch.setattr(keyring.core, "_keyring_backend", Kept({}))
    assert "the key store has no entry tollsheet:localhost" in failing(settings)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Locked())
    assert "the key store cannot be read (the user said no)" in failing(settings)


def test_without_keyring_it_is_said_how_to_get_it(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, _ = start(login=True)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "the package keyring is not installed (pip install tollsheet[mail])" in failing(settings)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_is_not_right_ends_it(
    start: Start, security: str, authority: Authority, tmp_path: Path
) -> None:
    """Of another host, out of date, or of an authority that nobody named."""
    for context, words in (
        (authority.context("mail.example.org"), "Hostname mismatch"),
        (authority.expired(), "expired"),
    ):
        settings, inbox = start(context, security)
        assert words in failing(settings)
        assert inbox.messages == []
    settings, inbox = start(security=security)
    for ca_file in (None, Authority(tmp_path).file):
        told = failing(replace(settings, ca_file=ca_file))
        assert f"Mail server {settings.place}: its certificate is not accepted" in told
        assert "ca_file" in told
    assert inbox.messages == []


def test_without_starttls_not_even_an_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server in the middle can hide STARTTLS; a client that went on would give it the password."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with scripted({"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN"}) as (port, said):
        told = failing(MailSettings("localhost", port, "starttls", SENDER, (), USER, None, 10))
    assert "it offers no STARTTLS" in told
    assert [line.split()[0].upper() for line in said] == ["EHLO"]


def test_a_refused_starttls_ends_it() -> None:
    with scripted({"EHLO": "250-here\r\n250 STARTTLS", "STARTTLS": "454 not now"}) as (port, said):
        assert "454 not now" in failing(MailSettings("localhost", port, "starttls", SENDER, timeout_s=10))
    assert [line.split()[0].upper() for line in said] == ["EHLO", "STARTTLS"]


def test_the_wrong_kind_of_tls_is_explained() -> None:
    with scripted({}) as (port, _):
        told = failing(MailSettings("localhost", port, "tls", SENDER, timeout_s=10))
    assert "TLS failed" in told
    assert '"tls" with port 465' in told


def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    with scripted({}, greeting=None) as (port, _):
        told = failing(MailSettings("localhost", port, "starttls", SENDER, timeout_s=1))
    assert f"Mail server localhost:{port}: no answer within 1 s" in told


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "Connection refused" in failing(MailSettings("localhost", port, "starttls", SENDER, timeout_s=5))
    told = failing(MailSettings("nowhere.invalid", 587, "starttls", SENDER, timeout_s=5))
    assert "nowhere.invalid:587: no server of this name is known. Check server in [mail]" in told


def test_a_refused_recipient_is_named_and_the_others_get_it(start: Start) -> None:
    settings, inbox = start()
    assert send(MESSAGE, settings, [NOBODY, ANN]) == [Refused(NOBODY, "550 5.1.1 No such user here")]
    assert inbox.recipients == [[ANN]]
    told = failing(settings, NOBODY)
    assert f"it refuses every address: {NOBODY} (550 5.1.1 No such user here). Nothing was sent" in told
    assert len(inbox.messages) == 1


def test_a_message_too_large_is_not_even_begun(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"x" * 300_000)
    settings, inbox = start(size=200_000)
    message = compose(Letter("Large", (), files=(path,)), SENDER, [ANN], SENT_AT)
    told = failing(settings, message=message)
    assert f"the message has {len(message):,} bytes, and it takes 200,000" in told
    assert inbox.messages == []


def test_whether_it_was_taken_is_not_guessed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, inbox = start()

    async def lost(server: SMTP, *_: object) -> str:
        server.transport.abort()
        return "250 OK"

    async def full(*_: object) -> str:
        return "452 4.2.2 Mailbox full"

    monkeypatch.setattr(inbox, "handle_DATA", lost)
    assert "Whether the message was taken is not known" in failing(settings)
    monkeypatch.setattr(inbox, "handle_DATA", full)
    assert "it refuses the message: 452 4.2.2 Mailbox full. Nothing was sent." in failing(settings)
