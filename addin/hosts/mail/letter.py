"""The message that carries a report. Headers are ours; text from records only reaches the body."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from addin.errors import TollsheetError, safe

TYPES = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".csv": ("text", "csv"),
    ".json": ("application", "json"),
    ".txt": ("text", "plain"),
}
_LONGEST_SUBJECT = 150
_POLICY = SMTP.clone(cte_type="7bit")
"""For any server: not all of them take lines with other signs than ASCII."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said of a report, and its files."""

    title: str
    """Report and period, such as `Billing report 2026-09`: the subject."""
    facts: tuple[tuple[str, str], ...]
    """Such as `("Period", "2026-09, UTC")` and `("Total", "12.50 EUR")`."""
    notes: tuple[str, ...] = ()
    """Sentences: not an invoice, what was left out."""
    files: tuple[Path, ...] = ()
    made_by: str = ""
    """Such as `Tollsheet 0.1.0`."""

    def text(self) -> str:
        """The body.

        >>> print(Letter("Report", (("Period", "2026-09"),), ("Not an invoice.",), (Path("a.csv"),)).text())
        Report
        <BLANKLINE>
        Period: 2026-09
        <BLANKLINE>
        Not an invoice.
        <BLANKLINE>
        Attached: a.csv
        <BLANKLINE>
        """
        blocks = [[self.title], [f"{name}: {value}" for name, value in self.facts], list(self.notes)]
        blocks.append([f"Attached: {', '.join(_name(path) for path in self.files)}"] if self.files else [])
        blocks.append([f"Made by {self.made_by}."] if self.made_by else [])
        return "\n\n".join("\n".join(map(safe, lines)) for lines in blocks if lines) + "\n"


def compose(letter: Letter, sender: str, to: Sequence[str], sent_at: datetime) -> bytes:
    """The message as it is sent. The same letter at the same instant gives the same bytes.

    `sent_at` knows its zone. Raises TollsheetError where a file to attach cannot be read.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(addr_spec=sender)
    message["To"] = [Address(addr_spec=one) for one in to]
    message["Subject"] = safe(letter.title)[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(sent_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text())
    marks = hashlib.sha256(repr((sent_at.isoformat(), sender, *to, letter.text())).encode())
    for path in letter.files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise TollsheetError(
                f"{path} cannot be attached: {error.strerror}", "Nothing was sent."
            ) from None
        marks.update(content)
        maintype, subtype = TYPES.get(path.suffix.lower(), ("application", "octet-stream"))
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=_name(path))
    digest = marks.hexdigest()
    message["Message-ID"] = f"<{digest[:40]}@{sender.rpartition('@')[2]}>"
    for part in message.walk():
        if part.is_multipart():  # else the boundary is drawn by lot
            part.set_boundary(f"=={digest[:40]}==")
    return message.as_bytes()


def _name(path: Path) -> str:
    """The name of an attachment, without what could lead into another folder or steer a terminal."""
    return safe(path.name).replace("/", "_").replace("\\", "_").replace('"', "_") or "report"
