"""The command Fill this workbook: a copy of it with the records of a month in its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError, in_quotes
from addin.hosts.files import check_target, write_atomically
from addin.hosts.filling.inputs import BILL, INPUTS, RATE_CARD, Input, Inputs
from addin.hosts.filling.names import month_cell
from addin.hosts.filling.targets import Given
from addin.hosts.filling.wording import sentences
from addin.hosts.package import Package, Workbook
from addin.reconcile.period import Month
from addin.reconcile.wording import listed
from addin.records import read_mapping, read_records
from addin.records.source import NoRecords
from addin.ribbon.commands.copies import ask_to_replace, package_of, place_of
from addin.ribbon.commands.imported import sorted_files
from addin.ribbon.commands.open_tables import unread_rows
from addin.ribbon.desk import Cancelled, Desk
from addin.ribbon.settings.month import Chosen, read_settings
from templates.inputs import BILLED, CALLS, CHARGES, INPUT_TABLES, USAGE

_DAY_OF: dict[str, Callable[[Any], Any]] = {
    CALLS.name: lambda call: call.started_at,
    BILLED.name: lambda call: call.started_at,
    USAGE.name: lambda record: record.start_on,
    CHARGES.name: lambda charge: charge.billed_at or charge.started_at,
}
"""When a record of a table was; what the others hold belongs to no month."""


@dataclass(slots=True)
class _Chosen:
    """The files of the person's choice, read."""

    inputs: Inputs
    files: list[Path] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """The tables for which none was chosen."""


def fill_workbook(desk: Desk) -> str:
    """Write the filled copy, and open it; the workbook itself is neither changed nor saved."""
    place = place_of(desk)
    settings = read_settings(desk)
    package = package_of(desk)
    cell = month_cell(Workbook(package))
    chosen = _ask_for_files(desk, package, settings)
    month = _month(desk, settings.month, chosen.inputs.given)
    target = _target(place, month, package.ending)
    _refuse_open(desk, target)
    check_target(target, force=True, inputs=[place, *chosen.files])
    ask_to_replace(desk, target)
    desk.say("filling the tables", sum(len(one.records) for one in chosen.inputs.given))
    takes_month = cell is not None and not _has_formula(desk, *cell)
    filled = chosen.inputs.fill(str(month) if takes_month else "")
    desk.say("writing the copy")
    write_atomically(target, True, package.write, [place, *chosen.files])
    desk.book.app.books.open(str(target))
    said = sentences(filled)
    if chosen.skipped:
        said.append(f"Not filled, and still with the rows of this workbook: {listed(chosen.skipped)}.")
    if cell is not None and not takes_month:
        said.append("The cell named month holds a formula, which was kept.")
    said += [f"Not in the copy: {one}" for one in unread_rows(chosen.inputs.unreadable)]
    said.append(f"The copy is {target}, now open. All else in it is as on the screen, saved or not.")
    return "\n".join(said)


def _ask_for_files(desk: Desk, package: Package, settings: Chosen) -> _Chosen:
    """For each input that the workbook has a table for; nothing chosen at all ends the command."""
    chosen = _Chosen(Inputs(package))
    wanted = [(one, tables) for one in INPUTS if (tables := chosen.inputs.tables_for(one))]
    if not wanted:
        raise TollsheetError(
            f"{desk.book.name} has no table that can be filled",
            f"They are known by their names: {in_quotes(table.name for table in INPUT_TABLES)}. Name a table "
            "so, or start from New from template.",
        )
    for what, tables in wanted:
        noun, it = ("table", "it") if len(tables) == 1 else ("tables", "them")
        files = desk.program.choose_files(
            f"{what.name}, for the {noun} {listed(tables)}: choose the files, or cancel to leave {it} alone"
        )
        if files:
            chosen.files += _read(desk, chosen.inputs, what, files, settings)
        else:
            chosen.skipped += tables
    if not chosen.files:
        raise Cancelled
    return chosen


def _read(desk: Desk, inputs: Inputs, what: Input, files: Sequence[Path], settings: Chosen) -> list[Path]:
    """Read the files of one input; gives all that was read."""
    if what is RATE_CARD:
        if len(files) > 1:
            raise TollsheetError(
                f"{' and '.join(path.name for path in files)} are several files", "Choose one rate card."
            )
        desk.say(f"reading {files[0].name}")
        inputs.add_rates(files[0])
        return [*files]
    exports, mapping = sorted_files(files, settings)
    empty: list[NoRecords] = []
    records = read_records(
        exports,
        mapping=read_mapping(mapping) if mapping else None,
        time_zone=settings.bill_time_zone if what is BILL else settings.time_zone,
        voicemail_billed=settings.voicemail_billed,
        on_progress=desk.say,
        on_empty=empty.append,
    )
    inputs.add(what, records, empty=empty)
    return [*exports, *([mapping] if mapping else [])]


def _month(desk: Desk, settled: Month | None, given: Sequence[Given]) -> Month:
    """That of the settings, else the one that most records fall in, if the person agrees. Last month's is
    easily left on the settings sheet: another one is asked about."""
    found, said = _fullest(given)
    if settled is None:
        text = f"Which month is the workbook filled for, as YYYY-MM? {said}".rstrip()
        return Month.parse(desk.ask_for_text(text, found))
    question = f"The settings say {settled}. {said} Fill the workbook for {settled} all the same?"
    if found not in ("", str(settled)) and not desk.ask(question):
        raise Cancelled
    return settled


def _fullest(given: Sequence[Given]) -> tuple[str, str]:
    """The month that most records of the first table with days are in, and that in a sentence."""
    for one in given:
        day_of = _DAY_OF.get(one.table.name)
        days = filter(None, map(day_of, one.records)) if day_of else ()
        if months := Counter(f"{day:%Y-%m}" for day in days):
            month = max(months, key=lambda month: (months[month], month))
            count = f"{months[month]:,} of {len(one.records):,} {one.table.holds}"
            return month, f"{count} are in {month} (UTC)."
    return "", ""


def _target(place: Path, month: Month, ending: str) -> Path:
    """Beside the workbook; a copy of another month gives its name for the next one."""
    stem = re.sub(r" \d{4}-\d{2}$", "", place.stem)
    target = place.with_name(f"{stem} {month}{ending}")
    if target.name.casefold() == place.name.casefold():
        raise TollsheetError(
            f"{place.name} is named as the copy for {month} would be", "Open the template, and fill that."
        )
    return target


def _refuse_open(desk: Desk, target: Path) -> None:
    """A copy that is open would be replaced under its window; and Excel opens no two of one name."""
    if any(book.name.casefold() == target.name.casefold() for book in desk.book.app.books):
        raise TollsheetError(f"A workbook {target.name} is open", "Close it, then try again.")


def _has_formula(desk: Desk, sheet: str, row: int, column: int) -> bool:
    found = [one for one in desk.book.sheets if one.name.casefold() == sheet.casefold()]
    return bool(found) and desk.program.read_formula(found[0].range((row, column))).startswith("=")
