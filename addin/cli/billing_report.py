"""`tollsheet billing-report`: what agents and campaigns cost in a period, by team and country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from addin.billing.billing import bill
from addin.billing.choices import Choices
from addin.billing.from_cdrs import rated
from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.mailing import Delivery, made_by, mail_options
from addin.cli.options import FILE, FilesOption
from addin.cli.periods import days_of, in_name, period_options
from addin.cli.reading import Reading, rate_card_of
from addin.cli.saving import SavedCommand
from addin.cli.screens.billing import show_billing
from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, write_text
from addin.hosts.mail.billing import billing_letter
from addin.hosts.report_files.billing import write_billing
from addin.hosts.report_files.writing import check_outputs
from addin.records.call import Records
from addin.records.source import signed_mappings
from addin.reports.about import Input
from addin.reports.billing.contract import to_json
from addin.reports.billing.report import BillingReport, billing_report_of


@dataclass(frozen=True, slots=True)
class BillingFiles:
    """What the report is made from."""

    charges: tuple[Path, ...] = ()
    roster: tuple[Path, ...] = ()
    cdrs: tuple[Path, ...] = ()
    rates: Path | None = None
    mapping: Path | None = None
    """Of the charges, or of the CDRs."""
    roster_mapping: Path | None = None

    @property
    def mappings(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.mapping, self.roster_mapping) if path)

    @property
    def every(self) -> tuple[Path, ...]:
        """All that is read, and never written over."""
        rates = (self.rates,) if self.rates else ()
        return (*self.charges, *self.roster, *self.cdrs, *rates, *self.mappings)


@dataclass(frozen=True, slots=True)
class BillingOutputs:
    """What is written."""

    workbook: Path
    csv: Path | None = None
    json: Path | None = None
    force: bool = False


@click.command(
    "billing-report",
    cls=SavedCommand,
    alternatives=(
        (("period",), ("month",), ("first_day", "last_day")),
        (("everyone",), ("teams", "users", "deactivated_users")),
    ),
)
@click.option(
    "--charges", cls=FilesOption, help="What calls were charged: id, type, agent, number called, cost, ..."
)
@click.option("--roster", cls=FilesOption, help="The users: agent, teams (separated by ;), active.")
@click.option("--cdrs", cls=FilesOption, help="Voiso's call records, which --rates puts a cost to.")
@click.option("--rates", type=FILE, metavar="FILE", help="The rate card for --cdrs.")
@click.option("--month", default="", metavar="YYYY-MM", help="The period: a month, by the moment billed.")
@click.option("--from", "first_day", default="", metavar="YYYY-MM-DD", help="Or its first day ...")
@click.option("--to", "last_day", default="", metavar="YYYY-MM-DD", help="... and its last day, included.")
@period_options
@click.option("--team", "teams", multiple=True, metavar="NAME", help="A team with all its users. Repeatable.")
@click.option("--user", "users", multiple=True, metavar="NAME", help="An active user. Repeatable.")
@click.option(
    "--deactivated-user", "deactivated_users", multiple=True, metavar="NAME", help="One who left. Repeatable."
)
@click.option(
    "--everyone", is_flag=True, help="All users, agents the roster does not name, calls without an agent."
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    help="A destination that gets a column, such as GB or Germany; the others are Other. Repeatable.",
)
@click.option(
    "--report-zone", default="UTC", show_default=True, metavar="ZONE", help="Of the days of the period."
)
@click.option(
    "--time-zone", default="", metavar="ZONE", help="Of times in the files that name none.  [default: UTC]"
)
@click.option(
    "--billed-at-end",
    is_flag=True,
    help="Where a file does not say when a call was billed, take its start + duration.",
)
@click.option(
    "--voicemail-billed/--voicemail-not-billed",
    default=None,
    help="Whether calls answered by voicemail or a machine are billed (CDRs). Else their status is unknown.",
)
@click.option(
    "--sort",
    multiple=True,
    metavar="COLUMN",
    help="Such as Agent, -Total (falling) or -GB; of one table alone dialer:Team. Repeatable.  "
    "[default: -Total]",
)
@click.option("--mapping", type=FILE, metavar="FILE", help="TOML file that names the columns of the charges.")
@click.option("--roster-mapping", type=FILE, metavar="FILE", help="The same for the roster.")
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option("--csv", "csv_output", type=FILE, metavar="OUT.csv", help="The three tables as sorted.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same figures for programs.")
@click.option("--force", is_flag=True, help="Replace existing output files.")
@mail_options
def command(
    charges: tuple[Path, ...],
    roster: tuple[Path, ...],
    cdrs: tuple[Path, ...],
    rates: Path | None,
    month: str,
    first_day: str,
    last_day: str,
    period: str,
    as_of: str,
    teams: tuple[str, ...],
    users: tuple[str, ...],
    deactivated_users: tuple[str, ...],
    everyone: bool,
    countries: tuple[str, ...],
    report_zone: str,
    time_zone: str,
    billed_at_end: bool,
    voicemail_billed: bool | None,
    sort: tuple[str, ...],
    mapping: Path | None,
    roster_mapping: Path | None,
    output: Path,
    csv_output: Path | None,
    json_output: Path | None,
    force: bool,
    mail: bool,
    mail_to: tuple[str, ...],
    mail_preview: Path | None,
) -> int:
    """Report what calls cost in a period, by the moment they are billed.

    Three tables: manual outbound and click-to-call, dialer campaigns, answering machine detection, for the
    teams and users that are chosen (at least one). It is not an invoice.

    \b
    tollsheet billing-report --charges charges.csv --roster roster.csv --month 2026-09 --team Sales \\
        --country US --country GB -o billing.xlsx
    tollsheet billing-report --charges charges.csv --roster roster.csv --period "last month" --everyone \\
        -o "billing {period}.xlsx" --save chargeback
    """
    if period:
        if month or first_day or last_day:
            raise TollsheetError("A period in words and days are given", "Give one of them.", "--period")
        days = days_of(period, as_of, report_zone)
        first_day, last_day = str(days.first_day), str(days.last_day)
    elif as_of:
        raise TollsheetError("A day to look back from goes with a period in words", "", "--period, --as-of")
    choices = Choices(
        month=month,
        first_day=first_day,
        last_day=last_day,
        teams=teams,
        users=users,
        deactivated_users=deactivated_users,
        everyone=everyone,
        countries=countries,
        report_zone=report_zone,
        time_zone=time_zone,
        billed_at_end=billed_at_end,
        voicemail={None: "", True: "yes", False: "no"}[voicemail_billed],
        sort=sort,
    )
    files = BillingFiles(charges, roster, cdrs, rates, mapping, roster_mapping)
    outputs = BillingOutputs(
        in_name(output, choices.days()),
        in_name(csv_output, choices.days()) if csv_output else None,
        in_name(json_output, choices.days()) if json_output else None,
        force,
    )
    delivery = Delivery.of(mail, mail_to, mail_preview, force=force, inputs=files.every)
    return billing_report(choices, files, outputs, delivery)


def billing_report(
    choices: Choices, files: BillingFiles, outputs: BillingOutputs, delivery: Delivery | None = None
) -> int:
    """The billing report as a workbook and, if asked for, as CSV, JSON and mail; gives the exit code."""
    check_outputs(outputs.workbook, outputs.csv, outputs.json, force=outputs.force, inputs=files.every)
    with console.progress() as progress:
        report = read_report(choices, files, progress)
        progress("Writing", 0)
        force, inputs = outputs.force, files.every
        with all_or_none():
            written = write_billing(
                report, outputs.workbook, csv_path=outputs.csv, force=force, inputs=inputs
            )
            if outputs.json:
                write_text(to_json(report), outputs.json, force=force, inputs=inputs)
                written.append(outputs.json)
    show_billing(report, written)
    code = FINE if report.is_fine else LOOK
    if delivery:
        files_to_mail = [path for path in written if path != outputs.json]
        letter = billing_letter(report, delivery.name, files_to_mail, made_by())
        code = max(code, delivery.deliver(letter, datetime.now().astimezone()))
    return code


def read_report(choices: Choices, files: BillingFiles, progress: console.Progress) -> BillingReport:
    """The report on the files. Raises TollsheetError where they cannot be read or the choices not be met."""
    choices.days()  # before anything is read
    charged = _read(files.charges, files.mapping, choices, progress, "charges")
    called = _read(files.cdrs, files.mapping if not files.charges else None, choices, progress, "calls")
    people = _read(files.roster, files.roster_mapping, choices, progress, "roster")
    places = [one.place for one in people.charges] + [one.place for one in people.calls]
    if places and {*files.roster} - {*files.charges, *files.cdrs}:
        raise TollsheetError(
            f"{places[0].file} holds charges beside the roster, which would not be counted",
            "Give it as charges too, or take them out.",
            "--charges",
        )
    if files.rates and not files.cdrs:
        raise TollsheetError("A rate card goes with call records", "Give both.", "--rates, --cdrs")
    card, rate_sources = rate_card_of(files.rates)
    if called.calls and card is None:
        raise TollsheetError(
            "Call records carry no cost", "Give the rate card that puts one to them.", "--rates"
        )
    progress("Counting", 0)
    rated_calls = rated(called.calls, card) if card and called.calls else []
    roster = (*people.roster, *charged.roster, *called.roster)  # a workbook may hold both
    billing = bill(charged.charges, roster, choices, rated_calls)
    inputs = [
        *(Input("Charges", source) for source in charged.sources),
        *(Input("Call records", source) for source in called.sources),
        *(Input("Roster", source) for source in people.sources),
        *(Input("Rate card", source) for source in rate_sources),
        *(Input("Column mapping", source) for source in signed_mappings(files.mappings)),
    ]
    unreadable = (*charged.unreadable, *called.unreadable, *people.unreadable)
    return billing_report_of(billing, inputs, unreadable)


_REMEDIES = {
    "charges": ("charges", "--charges takes a file with call_id, type, agent, to and cost."),
    "calls": ("call records", "--cdrs takes Voiso's call records."),
    "roster": ("roster", "--roster takes a file with agent, teams and active."),
}


def _read(
    paths: tuple[Path, ...], mapping: Path | None, choices: Choices, progress: console.Progress, holds: str
) -> Records:
    """The files, each of which has to hold what it is given for, and no other amounts: they would be left
    out in silence. A roster may stand in one workbook with the charges or the calls."""
    if not paths:
        return Records()
    zone = choices.time_zone or None
    records = Reading(paths, None, mapping, zone, choices.voicemail_billed).read(progress)
    what, remedy = _REMEDIES[holds]
    for other, (named, its_remedy) in _REMEDIES.items():
        if "roster" not in (holds, other) and other != holds and (found := getattr(records, other)):
            raise TollsheetError(f"{found[0].place.file} holds {named}, not {what}", its_remedy)
    if not getattr(records, holds):
        if records.unreadable and not (records.calls or records.usage or records.recordings):
            remedy = f"{records.unreadable[0].place}: {records.unreadable[0].problem}."
        raise TollsheetError(f"{paths[0].name} holds no {what}", remedy)
    return records
