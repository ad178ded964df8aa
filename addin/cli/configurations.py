"""`tollsheet configurations`: what is saved, and where its mail goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from addin.cli.mailing import Delivery, made_by
from addin.cli.options import FILE, ManyFiles, ManyOption
from addin.cli.saving import configurations
from addin.errors import TollsheetError, safe
from addin.hosts.mail.letter import Letter
from addin.hosts.mail.password import password_for
from addin.hosts.mail.settings import PORTS, MailSettings
from addin.hosts.saved import Values


@click.group("configurations")
def command() -> None:
    """List, show and delete saved configurations, and say where their mail goes out.

    \b
    tollsheet configurations list
    tollsheet configurations mail chargeback --server smtp.example.com --from reports@example.com
    tollsheet configurations test-mail chargeback
    """


@command.command("list")
def list_all() -> None:
    """Each name with its report and period."""
    saved = configurations()
    for name in saved.names():
        try:
            found = saved.read(name)
            to = MailSettings.of(found.mail, f"Configuration {name}").to if found.mail else ()
            period = str(found.choices.get("period") or found.choices.get("month") or "")
            parts = [found.report, safe(period), f"mail to {', '.join(to)}" if to else ""]
        except TollsheetError as error:
            parts = [safe(str(error))]
        click.echo("  ".join(part for part in (name, *parts) if part))
    if not saved.names():
        click.echo(f"None in {saved.folder}. A report command with --save NAME makes one.")


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """The file and what it says."""
    path = configurations().path(name)
    configurations().read(name)
    click.echo(f"# {path}\n{path.read_text('utf-8-sig').rstrip()}")


@command.command()
@click.argument("name")
def delete(name: str) -> None:
    """Delete it. A schedule that uses it has to be removed by hand."""
    click.echo(f"Deleted: {configurations().delete(name)}")


@command.command(cls=ManyFiles)
@click.argument("name")
@click.option("--server", metavar="HOST", help="The mail server.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Its port.  [default: 587, with tls 465]")
@click.option("--security", type=click.Choice([*PORTS]), help="How TLS begins.  [default: starttls]")
@click.option("--from", "sender", metavar="ADDRESS", help="From whom the mail is.")
@click.option("--to", cls=ManyOption, metavar="ADDRESS...", help="To whom it goes.")
@click.option("--user", metavar="NAME", help="For the login, where the server asks for one.")
@click.option("--ca-file", type=FILE, metavar="FILE", help="Certificate of your own authority, as PEM.")
def mail(
    name: str,
    server: str | None,
    port: int | None,
    security: str | None,
    sender: str | None,
    to: tuple[str, ...],
    user: str | None,
    ca_file: Path | None,
) -> None:
    """Say where its mail goes out, from whom and to whom; what is not given stays as it was.

    The password never stands in a file. Keep it in the system's key store, or in the environment variable
    TOLLSHEET_SMTP_PASSWORD.
    """
    saved = configurations()
    found = saved.read(name)
    given: Values = {
        "server": server,
        "port": port,
        "security": security,
        "from": sender,
        "to": list(to) or None,
        "user": user,
        "ca_file": str(ca_file.absolute()) if ca_file else None,
    }
    mail = {**found.mail, **{key: value for key, value in given.items() if value is not None}}
    if security and port is None:
        mail.pop("port", None)
    settings = MailSettings.of(mail, f"Configuration {name}")
    click.echo(f"Saved: {saved.write(name, replace(found, mail=mail), force=True)}")
    click.echo(f"Mail goes from {settings.sender} through {settings.place} to {', '.join(settings.to)}")
    if settings.user:
        try:
            password_for(settings)
        except TollsheetError as error:
            click.echo(str(error))


@command.command("test-mail")
@click.argument("name")
def test_mail(name: str) -> int:
    """Send a short message to its addresses, to see whether mail arrives."""
    found = configurations().read(name)
    settings = MailSettings.of(found.mail, f"Configuration {name}")
    letter = Letter(
        "Tollsheet: test of the mail settings",
        (("Configuration", name), ("Server", settings.place)),
        ("Reports of this configuration will come to this address.",),
        made_by=made_by(),
    )
    return Delivery.to_all(settings, settings.to).deliver(letter, datetime.now().astimezone())
