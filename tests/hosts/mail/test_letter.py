"""What is written into a message: safe headers, checked addresses and settings, the same bytes twice."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.hosts.mail.addresses import address, addresses
from addin.hosts.mail.letter import Letter, compose
from addin.hosts.mail.settings import MailSettings

SENT_AT = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
SENDER, ANN = "reports@example.com", "ann@example.com"
HEADERS = ["From", "To", "Subject", "Date", "Auto-Submitted", "Message-ID", "MIME-Version"]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "ann", "@example.com", "ann@", "ann@example", "annexample.com", "ann@exa mple.com",
        "ann@example.com\n", "ann@example.com\r\nBcc: eve@example.org", "ann\n@example.com",
        "ann@example.com, bob@example.com", "ann@example.com;bob@example.com", "<ann@example.com>",
        "Ann <ann@example.com>", "ann@-example.com", "ann@example..com", "ann@.example.com",
        "ann@example.com.", "änn@example.com", ".ann@example.com", "a..b@example.com",
        "ann@straße.example", "ann@" + "a" * 64 + ".example", "a" * 65 + "@example.com",
        "ann@" + ".".join(["a" * 60] * 5), "ann@exam\u200dple.com", "ann\x00@example.com",
        '"a b"@example.com',
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(TollsheetError, match="is not an e-mail address"):
        address(text)


@pytest.mark.parametrize(
    ("text", "sent_to"),
    [
        ("ann@example.com", "ann@example.com"),
        ("\tAnn.O'Neil+bills@Sub.Example.COM ", "Ann.O'Neil+bills@sub.example.com"),
        ("ann@münchen.example", "ann@xn--mnchen-3ya.example"),  # RFC 3490
        ("root@localhost", "root@localhost"),
    ],
)
def test_addresses_as_they_are_sent_to(text: str, sent_to: str) -> None:
    assert address(text) == sent_to


def test_an_address_in_two_writings_is_one() -> None:
    assert addresses(["ann@bücher.example", "ann@XN--BCHER-KVA.example", ANN]) == (
        "ann@xn--bcher-kva.example",
        ANN,
    )


STRANGE = st.text(max_size=300)


@given(title=STRANGE, fact=STRANGE, note=STRANGE)
def test_no_text_becomes_a_header(title: str, fact: str, note: str) -> None:
    letter = Letter(title + "\r\nBcc: eve@example.org", ((fact, fact),), (note,))
    message = message_from_bytes(compose(letter, SENDER, [ANN], SENT_AT), policy=default)
    assert sorted(message.keys()) == sorted([*HEADERS, "Content-Type", "Content-Transfer-Encoding"])
    assert message["To"] == ANN
    assert not message.defects


def test_names_of_files_lead_nowhere(tmp_path: Path) -> None:
    name = 'a\r\nBcc: eve "x" \\..\\evil\x1b[31m.csv'
    path = tmp_path / name
    path.write_bytes(b"1")
    message = message_from_bytes(
        compose(Letter("R", (), files=(path,)), SENDER, [ANN], SENT_AT), policy=default
    )
    (part,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert part.get_filename() == "a??Bcc: eve _x_ _.._evil?[31m.csv"
    assert "Bcc" not in message


def test_the_same_letter_is_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x00" * 99)
    letter = Letter("Billing report 2026-09", (("Total", "1 EUR"),), files=(path,))
    first = compose(letter, SENDER, [ANN], SENT_AT)
    assert compose(letter, SENDER, [ANN], SENT_AT) == first
    path.write_bytes(b"\x00" * 98)
    other = compose(letter, SENDER, [ANN], SENT_AT)
    ids = {message_from_bytes(one, policy=default)["Message-ID"] for one in (first, other)}
    assert len(ids) == 2


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=r"gone\.csv cannot be attached: No such file.*Nothing was sent"):
        compose(Letter("R", (), files=(tmp_path / "gone.csv",)), SENDER, [ANN], SENT_AT)


RIGHT: dict[str, Any] = {"server": "smtp.example.com", "from": SENDER, "to": [ANN]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"server": None}, "server is missing"),
        ({"from": None}, "from is missing"),
        ({"from": "Reports"}, '"Reports" is not an e-mail address'),
        ({"to": ["ann@example.com", "bob"]}, '"bob" is not an e-mail address'),
        ({"to": 1}, "to is no list of texts"),
        ({"server": "smtp.example.com:587"}, "and the port as port = 587"),
        ({"server": "smtp..example.com"}, "is not the name of a server"),
        ({"server": "https://smtp.example.com"}, "is not the name of a server"),
        ({"port": 0}, "port is no whole number from 1 to 65535"),
        ({"port": "587"}, "Usual is port = 587"),
        ({"port": True}, "port is no whole number"),
        ({"security": "none"}, "mail is never sent without TLS"),
        ({"timeout_seconds": 100_000}, "timeout_seconds is no whole number from 1 to 600"),
        ({"user": ""}, "user is no text of one line"),
        ({"user": "a\nb"}, "user is no text of one line"),
        ({"ca_file": "nowhere.pem"}, "the ca_file nowhere.pem is not there"),
        ({"serve": "x"}, 'the key "serve" is unknown. Is "server" meant?'),
        ({"password": "secret"}, "a password never stands in a file"),
        ({"SMTP_Password": "secret"}, "a password never stands in a file"),
    ],
)
def test_wrong_settings_are_named(change: dict[str, Any], message: str) -> None:
    given = {key: value for key, value in {**RIGHT, **change}.items() if value is not None}
    with pytest.raises(TollsheetError) as told:
        MailSettings.of(given, "Configuration a.toml")
    assert message in str(told.value)
    assert str(told.value).startswith("Configuration a.toml")
    assert "secret" not in str(told.value)


def test_port_and_security_go_together() -> None:
    def seen(**change: Any) -> tuple[int, str]:
        settings = MailSettings.of({**RIGHT, **change}, "x")
        return settings.port, settings.security

    assert seen() == (587, "starttls")
    assert seen(security="tls") == (465, "tls")
    assert seen(port=465) == (465, "tls")
    assert seen(port=2525) == (2525, "starttls")
