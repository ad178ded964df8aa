"""`--mail`, `--mail-to`, `--mail-preview` of report commands: the report goes out once it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, ManyOption
from addin.cli.saving import current_configuration
from addin.errors import TollsheetError, safe
from addin.hosts.files import check_target, write_atomically
from addin.hosts.mail.addresses import addresses
from addin.hosts.mail.letter import Letter, compose
from addin.hosts.mail.password import password_for
from addin.hosts.mail.sending import send
from addin.hosts.mail.settings import MailSettings


def mail_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The three options; their values make a `Delivery`."""
    for decorator in (
        click.option(
            "--mail-preview", type=FILE, metavar="FILE.eml", help="Write the mail to a file; send nothing."
        ),
        click.option(
            "--mail-to", cls=ManyOption, metavar="ADDRESS...", help="Mail the report to these addresses."
        ),
        click.option("--mail", is_flag=True, help="Mail the report to the addresses of the configuration."),
    ):
        command = decorator(command)
    return command


@dataclass(frozen=True, slots=True)
class Delivery:
    """To whom a report goes, checked before any work is done."""

    settings: MailSettings
    to: tuple[str, ...]
    preview: Path | None
    force: bool

    @classmethod
    def of(
        cls,
        mail: bool,
        mail_to: Sequence[str],
        preview: Path | None,
        *,
        force: bool,
        inputs: Sequence[Path] = (),
    ) -> Delivery | None:
        """What the options say, with the mail settings of the configuration; None where nothing is mailed.
        Raises TollsheetError where something that sending needs is missing."""
        if not (mail or mail_to or preview):
            return None
        configuration = current_configuration()
        given = addresses(mail_to)
        if configuration is None or not configuration.mail:
            raise TollsheetError(
                "No mail server is known" if configuration else "Mail needs a saved configuration",
                "Save the options under a name, then say where mail goes out: tollsheet configurations mail.",
                "--save NAME, --config NAME",
            )
        settings = MailSettings.of(configuration.mail, "The configuration")
        if preview:
            if preview.suffix.lower() != ".eml":
                raise TollsheetError(
                    f"{preview} does not end in .eml", "Name an .eml file.", "--mail-preview"
                )
            check_target(preview, force=force, inputs=inputs)
        elif settings.user:
            password_for(settings)
        return cls.to_all(settings, given or settings.to, preview, force=force)

    @classmethod
    def to_all(
        cls, settings: MailSettings, to: tuple[str, ...], preview: Path | None = None, *, force: bool = False
    ) -> Delivery:
        """Raises TollsheetError where nobody is named."""
        if not to:
            raise TollsheetError(
                "No address is given", "Name one, or write to = [...] in [mail].", "--mail-to"
            )
        return cls(settings, to, preview, force)

    def deliver(self, letter: Letter, sent_at: datetime) -> int:
        """Send the letter, or write it as a preview. 1 where an address was refused; what cannot be sent at
        all is raised, and the report stays where it was written."""
        message = compose(letter, self.settings.sender, self.to, sent_at)
        if self.preview:
            write_atomically(self.preview, self.force, lambda path: path.write_bytes(message))
            click.echo(f"Written: {self.preview} (not sent)")
            return FINE
        refused = send(message, self.settings, self.to)
        out = {one.address for one in refused}
        sent_to = [one for one in self.to if one not in out]
        click.echo(f"Mailed to {', '.join(sent_to)} through {self.settings.place}")
        for one in refused:
            click.echo(safe(f"Not mailed to {one.address}: {one.why}"), err=True)
        return LOOK if refused else FINE


def made_by() -> str:
    return f"Tollsheet {version('tollsheet')}"
