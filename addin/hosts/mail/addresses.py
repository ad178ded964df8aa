"""E-mail addresses as a person writes them, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from addin.errors import TollsheetError, safe

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TWO_MEANINGS = "ßς\u200c\u200d"
"""Signs that the older and the newer rule for names in other scripts turn into different domains."""
LONGEST_LOCAL, LONGEST = 64, 254


def address(text: str) -> str:
    """One plain address, its domain in ASCII. Raises TollsheetError where it is none.

    >>> address(" ann@example.com "), address("ann@bücher.example")
    ('ann@example.com', 'ann@xn--bcher-kva.example')
    >>> address("Ann <ann@example.com>")
    Traceback (most recent call last):
    addin.errors.TollsheetError: "Ann <ann@example.com>" is not an e-mail address. Write the address alone...
    """
    written = text.strip(" \t")
    local, _, domain = written.rpartition("@")
    if any(sign in domain for sign in _TWO_MEANINGS):
        raise _wrong(text, "Write its domain in the form that begins with xn--.")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    if not local.isascii():
        raise _wrong(text, "Before the @ only plain letters, digits and signs can be sent to.")
    if (
        not _LOCAL.fullmatch(local)
        or not all(_LABEL.fullmatch(label) for label in labels)
        or (len(labels) < 2 and domain != "localhost")
        or len(local) > LONGEST_LOCAL
        or len(f"{local}@{domain}") > LONGEST
    ):
        raise _wrong(text, "Write the address alone, such as finance@example.com.")
    return f"{local}@{domain}"


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Every address once, in their order; capitals of the domain do not tell two apart.

    >>> addresses(["ann@example.com", "ann@EXAMPLE.com", "bob@example.com"])
    ('ann@example.com', 'bob@example.com')
    """
    return tuple(dict.fromkeys(address(text) for text in texts))


def _wrong(text: str, remedy: str) -> TollsheetError:
    return TollsheetError(f'"{safe(text)}" is not an e-mail address', remedy)
