"""Hands a message to a mail server over TLS with a verified certificate. There is no way without.

Nothing is said to a server before TLS stands but its greeting and STARTTLS: no address, no password.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from addin.errors import TollsheetError, safe
from addin.hosts.mail.password import VARIABLE, password_for
from addin.hosts.mail.settings import STARTTLS, MailSettings

_Ask = Callable[..., tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A recipient whom the server would not take, and its words."""

    address: str
    why: str


def send(message: bytes, settings: MailSettings, to: Sequence[str]) -> list[Refused]:
    """Send a message to addresses; gives those that the server refused while it took others.

    Raises TollsheetError with the server and what to do where it reached nobody.
    """
    password = password_for(settings) if settings.user else ""
    with _connection(settings) as server:
        if settings.user:
            _login(server, settings, password)
        _check_size(server, settings, len(message))
        return _hand_over(server, settings, message, to)


@contextmanager
def _connection(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection inside TLS, closed at the end whatever happens."""
    context, own = _context(settings), _own_name()
    server: smtplib.SMTP | None = None
    try:
        if settings.security == STARTTLS:
            server = smtplib.SMTP(settings.server, settings.port, own, timeout=settings.timeout_s)
            server.ehlo_or_helo_if_needed()
            if not server.has_extn("starttls"):
                raise _failed(
                    settings,
                    "it offers no STARTTLS, so mail would travel in the open; nothing was sent",
                    'Ask for its TLS port: port = 465 with security = "tls" is usual.',
                )
            server.starttls(context=context)
        else:
            server = smtplib.SMTP_SSL(
                settings.server, settings.port, own, timeout=settings.timeout_s, context=context
            )
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        if server:
            server.close()
        raise _no_connection(settings, error) from None
    except TollsheetError:
        if server:
            server.close()
        raise
    try:
        yield server
        with suppress(OSError, smtplib.SMTPException):  # the message has been taken by now
            server.quit()
    finally:
        server.close()


def _context(settings: MailSettings) -> ssl.SSLContext:
    """Verifies certificate and host name, by the authority of the settings alone where one is named."""
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise TollsheetError(
            f"{settings.ca_file} holds no certificate that can be read: {error.strerror or error}",
            "ca_file names the certificate of your own authority, as PEM.",
        ) from None


def _own_name() -> str | None:
    """Of this computer, for the greeting, where its own cannot be said in ASCII."""
    return None if socket.getfqdn().isascii() else "localhost"


def _login(server: smtplib.SMTP, settings: MailSettings, password: str) -> None:
    remedy = f"Check user in [mail], and the password in {VARIABLE} or in the key store."
    try:
        server.login(settings.user, password)
    except UnicodeEncodeError:
        problem = "user or password has other signs than plain letters, digits and punctuation"
        raise _failed(settings, problem, "Choose a password of plain signs.") from None
    except smtplib.SMTPAuthenticationError as error:
        raise _failed(settings, f"it refuses the login of {settings.user}: {_words(error)}", remedy) from None
    except smtplib.SMTPNotSupportedError:
        remedy = "Delete user from [mail], if this server sends without a login."
        raise _failed(settings, "it offers no login", remedy) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _failed(settings, f"the login failed: {_words(error)}", remedy) from None


def _check_size(server: smtplib.SMTP, settings: MailSettings, size: int) -> None:
    """Of the message with its attachments as they travel, a third more than the files."""
    limit = server.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < size:
        problem = f"the message has {size:,} bytes, and it takes {int(limit):,}"
        raise _failed(settings, problem, "Choose fewer files or a shorter period, or share the file instead.")


def _hand_over(
    server: smtplib.SMTP, settings: MailSettings, message: bytes, to: Sequence[str]
) -> list[Refused]:
    """The envelope and the message, step by step, since a failure must say whether it can have been sent."""
    nothing = "Nothing was sent."
    options = [f"size={len(message)}"] if server.has_extn("size") else []
    _step(settings, nothing, "the sender", server.mail, settings.sender, options)
    refused = []
    for one in to:
        code, words = _ask(settings, nothing, server.rcpt, one)
        if code not in (250, 251):
            refused.append(Refused(one, _answer(code, words)))
    if len(refused) == len(to):
        told = "; ".join(f"{one.address} ({one.why})" for one in refused)
        raise _failed(settings, f"it refuses every address: {told}", f"{nothing} Check the addresses.")
    _step(settings, "", "the message", server.data, message)
    return refused


def _step(
    settings: MailSettings, sent: str, what: str, ask: Callable[..., tuple[int, bytes]], *given: object
) -> None:
    code, words = _ask(settings, sent, ask, *given)
    if code != 250:
        raise _failed(settings, f"it refuses {what}: {_answer(code, words)}", "Nothing was sent.")


def _ask(settings: MailSettings, sent: str, ask: _Ask, *given: object) -> tuple[int, bytes]:
    try:
        return ask(*given)
    except smtplib.SMTPDataError as error:
        return error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
    except (OSError, smtplib.SMTPException) as error:
        remedy = sent or "Whether the message was taken is not known: ask before it is sent again."
        raise _failed(settings, f"the connection broke off: {_words(error)}", remedy) from None


def _no_connection(settings: MailSettings, error: Exception) -> TollsheetError:
    """In the words of what a person can change."""
    nothing = "Nothing was sent."
    if isinstance(error, ssl.SSLCertVerificationError):
        remedy = (
            "If the server has a certificate of an authority of your own, name that in ca_file; "
            f"else ask who runs it. {nothing}"
        )
        return _failed(settings, f"its certificate is not accepted: {error.verify_message}", remedy)
    if isinstance(error, ssl.SSLError):
        remedy = f'security = "starttls" goes with port 587, "tls" with port 465. {nothing}'
        return _failed(settings, f"TLS failed: {error.reason or error}", remedy)
    if _is_timeout(error):
        told = f"no answer within {settings.timeout_s} s"
        return _failed(settings, told, f"Check server, port and security in [mail]. {nothing}")
    if isinstance(error, socket.gaierror):
        return _failed(settings, "no server of this name is known", f"Check server in [mail]. {nothing}")
    return _failed(settings, _words(error), f"Check server, port and security in [mail]. {nothing}")


def _is_timeout(error: Exception) -> bool:
    """smtplib tells most of them as the end of the connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return _answer(error.smtp_code, words if isinstance(words, bytes) else words.encode())
    if _is_timeout(error):
        return "no answer in time"
    return safe(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _answer(code: int, words: bytes) -> str:
    return safe(f"{code} {' '.join(words.decode('utf-8', 'replace').split())}".strip())


def _failed(settings: MailSettings, problem: str, remedy: str) -> TollsheetError:
    return TollsheetError(f"Mail server {settings.place}: {problem}", remedy)
