"""A real mail server on this machine, with certificates of an authority of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "reports", "correct horse"
NOBODY = "nobody@example.com"
"""An address that the server refuses."""


class Authority:
    """Makes certificates, and the file that a client trusts."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.file = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(self.file)

    def context(self, *names: str, not_after: datetime | None = None) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names, not_after=not_after).configure_cert(context)
        return context

    def expired(self) -> ssl.SSLContext:
        return self.context("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC))


class Inbox:
    """Takes messages."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.senders: list[str] = []

    def message(self, index: int = 0) -> EmailMessage:
        message = message_from_bytes(self.messages[index], policy=default)
        assert isinstance(message, EmailMessage)
        return message

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == NOBODY:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.messages.append(envelope.content)
        self.recipients.append(list(envelope.rcpt_tos))
        self.senders.append(envelope.mail_from or "")
        return "250 OK"


class _OnAnyPort(Controller):
    """On the port that the system gives."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(), PASSWORD.encode()
    )  # fmt: skip
    return AuthResult(success=right, handled=False)


@contextmanager
def running(
    context: ssl.SSLContext | None, *, tls_at_once: bool = False, login: bool = False, size: int = 10_000_000
) -> Iterator[tuple[int, Inbox]]:
    """The server on a free port, with its inbox. Without a context it offers no TLS at all."""
    inbox = Inbox()
    options: dict[str, Any] = {"data_size_limit": size}
    if tls_at_once:
        options["ssl_context"] = context
    elif context:
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": _login, "auth_required": True}
        options["auth_require_tls"] = not tls_at_once  # aiosmtpd knows of STARTTLS alone
    controller = _OnAnyPort(inbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield controller.port, inbox
    finally:
        controller.stop()


@contextmanager
def scripted(
    answers: dict[str, str | None], greeting: str | None = "220 here"
) -> Iterator[tuple[int, list[str]]]:
    """A server in plain text that answers one client by a table (None: never), and what it was told."""
    said: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(20)

    def serve() -> None:
        with suppress(OSError):
            client, _ = listening.accept()
            with client, client.makefile("rb") as lines:
                client.settimeout(20)
                if greeting is None:
                    lines.readline()
                    return
                client.sendall(f"{greeting}\r\n".encode())
                for line in lines:
                    said.append(line.decode(errors="replace").rstrip())
                    answer = answers.get(said[-1].partition(" ")[0].upper(), "250 OK")
                    if answer is None:
                        lines.readline()
                        return
                    client.sendall(f"{answer}\r\n".encode())

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1], said
    finally:
        thread.join()
        listening.close()
