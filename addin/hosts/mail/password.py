"""The password of the mail server: from the environment or the system's key store, never from a file."""

from __future__ import annotations

import os

from addin.errors import TollsheetError
from addin.hosts.mail.settings import MailSettings

VARIABLE = "TOLLSHEET_SMTP_PASSWORD"


def service_of(settings: MailSettings) -> str:
    """What the entry in the key store is called; the user name stands beside it.

    >>> service_of(MailSettings("smtp.example.com", 587, "starttls", "a@example.com"))
    'tollsheet:smtp.example.com'
    """
    return f"tollsheet:{settings.server}"


def password_for(settings: MailSettings) -> str:
    """The password of the user of the settings. Raises TollsheetError where none is kept."""
    if found := os.environ.get(VARIABLE):
        return found
    kept, why = _from_keyring(service_of(settings), settings.user)
    if kept:
        return kept
    raise TollsheetError(
        f"There is no password for {settings.user} at {settings.place}: {VARIABLE} is not set, and {why}",
        f"Keep it once with: keyring set {service_of(settings)} {settings.user}",
    )


def _from_keyring(service: str, user: str) -> tuple[str, str]:
    """The password, or why there is none."""
    try:
        import keyring
        from keyring.errors import NoKeyringError
    except ImportError:
        return "", "the package keyring is not installed (pip install tollsheet[mail])"
    try:
        return keyring.get_password(service, user) or "", f"the key store has no entry {service}"
    except NoKeyringError:
        return "", "this computer has no key store that can be opened"
    except Exception as error:  # each key store has failures of its own
        told = (str(error).splitlines() or [""])[0].rstrip(".") or type(error).__name__
        return "", f"the key store cannot be read ({told})"
