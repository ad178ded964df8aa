"""The command Billing report: from charges and a roster on sheets of this workbook, or in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from addin.billing.billing import Billing, bill
from addin.billing.choices import Choices
from addin.billing.from_cdrs import rated
from addin.billing.offers import Offer, offers_of, with_marked
from addin.billing.period import Period
from addin.errors import TollsheetError, in_quotes
from addin.hosts.open_workbook.marks import BILLING
from addin.hosts.report_files.billing import write_billing
from addin.reconcile.period import Days
from addin.reconcile.wording import counted
from addin.records import read_mapping, read_records
from addin.records.call import Records, SourceFile
from addin.records.one_file import Settings
from addin.records.open_sheets import Found, OpenSheet, find, looks_like_rates, nearly, together
from addin.records.reading import reading_settings
from addin.records.source import signed_mappings
from addin.records.tables import HEADER_ROWS
from addin.reports.about import Assumption, Input
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport, billing_report_of, side_of
from addin.ribbon.commands.billing_choices import add_below, made_anew, marks_on, new_among, said_of
from addin.ribbon.commands.imported import sorted_paths
from addin.ribbon.commands.open_tables import not_read, own_sheets, rate_card, records_of
from addin.ribbon.commands.placing import Placing
from addin.ribbon.desk import Desk
from addin.ribbon.settings.billing import BillingChosen, read_billing_settings
from udfs.rating.rate_card import RateCard


@dataclass(frozen=True, slots=True)
class _Read:
    """Charges (or call records with a rate card) and roster, and where they were found."""

    records: Records
    card: RateCard | None
    rate_sources: tuple[SourceFile, ...]
    mapping: Path | None
    sheets: tuple[str, ...]
    unread: tuple[TollsheetError, ...]


def billing_report(desk: Desk) -> str:
    """Report what calls cost, on sheets beside the person's, or in the place of old ones. As long as nobody
    is chosen, a sheet is made on which to mark it."""
    desk.refuse_protected(BILLING)
    chosen = read_billing_settings(desk)
    read = _read(desk, chosen)
    offers = offers_of(read.records.charges, read.records.calls, read.records.roster)
    marks = marks_on(desk)
    choices = with_marked(chosen.choices, marks)
    if not (choices.everyone or choices.teams or choices.users or choices.deactivated_users):
        return made_anew(desk, offers, marks)
    if not (choices.month or choices.first_day or choices.last_day):
        choices = replace(choices, month=_month(desk, read.records, choices))
    desk.say("counting the charges")
    new = new_among(desk, offers)
    try:
        billing = _counted(read, choices)
    except TollsheetError as error:  # who is marked may be another kind of user by now
        if not new:
            raise
        raise TollsheetError(error.problem, f"{error.remedy} {_added(desk, new)}") from error
    said_of_new = said_of(new, billing)
    report = _report(read, billing, said_of_new)
    name = f"billing-report-{report.about.period.replace(' ', '-')}"
    placing = Placing(desk, BILLING, name, len(report.lines))
    said = placing.place(partial(write_billing, report))
    desk.remarks += filter(None, (*said_of_new, add_below(desk, new)))
    verdict = "Complete" if report.is_fine else "To look at: " + report.to_look_at[0]
    total = f"{report.about.title}: {report.total}. {NOT_AN_INVOICE}"
    return "\n".join((total, verdict.rstrip(".") + ".", *said, *map(not_read, read.unread)))


def _added(desk: Desk, new: Sequence[Offer]) -> str:
    return f"{counted(len(new), 'choice')} new in the files. {add_below(desk, new)}"


def _counted(read: _Read, choices: Choices) -> Billing:
    records = read.records
    if records.calls and read.card is None:
        raise TollsheetError(
            "Call records carry no cost", "Put their rates on a sheet: Rate card makes one with its columns."
        )
    call_records = rated(records.calls, read.card) if read.card else []
    return bill(records.charges, records.roster, choices, call_records)


def _report(read: _Read, billing: Billing, said_of_new: Sequence[str]) -> BillingReport:
    records = read.records
    mappings = signed_mappings([read.mapping] if read.mapping else [])
    inputs = [
        *(Input(side_of(source), source) for source in records.sources),
        *(Input("Rate card", source) for source in read.rate_sources),
        *(Input("Column mapping", source) for source in mappings),
    ]
    report = billing_report_of(billing, inputs, records.unreadable)
    said = [f"Read from {in_quotes(read.sheets)}."] if read.sheets else []
    said += [*map(not_read, read.unread), *said_of_new]
    if not said:
        return report
    row = Assumption("Sheets", " ".join(said), "as found in this workbook")
    return replace(report, about=replace(report.about, assumptions=(*report.about.assumptions, row)))


def _read(desk: Desk, chosen: BillingChosen) -> _Read:
    """From the sheets of the workbook; what none of them holds is asked for as files."""
    choices = chosen.choices
    every = reading_settings(
        None, chosen.mapping, choices.time_zone or None, choices.voicemail_billed, desk.say
    )
    settings = _of_billing(every)
    found, cards, unread = _sheets(desk, settings, every)
    charges = [one for one in found if one.format.holds == "charges"]
    calls = [one for one in found if one.format.holds == "calls"]
    roster = [one for one in found if one.format.holds == "roster"]
    used = [*(charges or calls), *roster]
    if charges and calls:
        left = in_quotes([one.sheet.name for one in calls])
        desk.remarks.append(f"Not counted: the call records of {left}, since there are charges.")
    card, rate_sources = rate_card(cards) if calls and not charges else (None, ())
    parts = [records_of(used, settings)] if used else []
    mapping = chosen.mapping_path
    if not (charges or calls):
        if unread:
            raise unread[0]
        title = "Charges, and the roster: no sheet of this workbook holds them. Choose the files"
        files, mapping = sorted_paths(desk.choose_files(title), mapping)
        parts.append(_from_files(desk, files, mapping, choices))
    read = together(parts)
    if not read.charges and not read.calls:
        raise TollsheetError("There is no charge that can be read", "Choose a file of charges.")
    if not read.roster and desk.ask("No roster was found, so that no teams are known. Choose its file?"):
        files, _ = sorted_paths(desk.choose_files("Roster: agent, teams, active"), None)
        read = together([read, _from_files(desk, files, None, choices)])
    sheets = tuple(one.sheet.name for one in used)
    return _Read(read, card, rate_sources, mapping, sheets, tuple(unread))


def _from_files(desk: Desk, files: Sequence[Path], mapping: Path | None, choices: Choices) -> Records:
    return read_records(
        files,
        mapping=read_mapping(mapping) if mapping else None,
        time_zone=choices.time_zone or None,
        voicemail_billed=choices.voicemail_billed,
        on_progress=desk.say,
    )


def _of_billing(settings: Settings) -> Settings:
    """The same, so that only charges, rosters and Voiso's call records are recognised."""
    choice = settings.choice
    formats = tuple(
        one
        for one in choice.formats
        if one.read is not None
        and (one.holds in ("charges", "roster") or (one.holds == "calls" and one.provider == "voiso"))
    )
    mapped = choice.mapped if choice.mapped in formats else None
    return replace(settings, choice=replace(choice, formats=formats, mapped=mapped))


def _sheets(
    desk: Desk, settings: Settings, every: Settings
) -> tuple[list[Found], list[OpenSheet], list[TollsheetError]]:
    """The sheets that can be read, those of rates, and what others lack that were meant to be such: not those
    that are of another known format, such as the call log of a reconciliation."""
    found, cards, unread = [], [], []
    for sheet in own_sheets(desk.book):
        head = OpenSheet(sheet.name, desk.values(sheet, HEADER_ROWS))
        if looks_like_rates(head):
            cards.append(OpenSheet(sheet.name, desk.values(sheet)))
        elif find(head, settings) is not None:
            desk.say(f"reading {sheet.name}")
            whole = find(OpenSheet(sheet.name, desk.values(sheet)), settings)
            assert whole is not None
            found.append(whole)
        elif find(head, every) is None and (lack := nearly(head, settings)) is not None:
            unread.append(lack)
    return found, cards, unread


def _month(desk: Desk, records: Records, choices: Choices) -> str:
    """The month that most charges were billed in, if the person agrees."""
    day = date(1970, 1, 1)
    period = Period.of(Days(day, day), choices.report_zone)
    moments = [at for one in records.charges if (at := one.billed_at or one.started_at)]
    moments += [one.started_at for one in records.calls]
    months = Counter(f"{period.day_of(moment):%Y-%m}" for moment in moments)
    if not months:
        raise TollsheetError("No charge says when it was billed", "Export them with billed_at.")
    most = max(months, key=lambda month: (months[month], month))
    count = f"{months[most]:,} of {len(moments):,} charges are in {most}"
    return desk.ask_for_text(f"Which month is to be reported? {count}.", most).strip()
