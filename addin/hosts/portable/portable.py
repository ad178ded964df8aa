"""Make portable: the links to the add-in out, plain names in, and the functions into the workbook itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.files import check_target, write_atomically
from addin.hosts.package import Package, Workbook, read_package
from addin.hosts.portable.formula import Plain, plain
from addin.hosts.portable.formulas import Found, change_formulas, place_names
from addin.hosts.portable.layer import add_layer
from addin.hosts.portable.links import links_of, remove_links
from addin.hosts.portable.needing import Needing, gathered
from templates.formulas.lambdas import LAMBDAS

_SIGNATURES = "_xmlsignatures/"
_KINDS = {
    "definedName": "the name",
    "formula": "a conditional format",
    "val": "a conditional format",
    "formula1": "a validation rule",
    "formula2": "a validation rule",
    "calculatedColumnFormula": "a column of a table",
    "totalsRowFormula": "the totals of a table",
}


@dataclass(slots=True)
class Portable:
    """What was changed."""

    links: list[str] = field(default_factory=list)
    """Where the links led that are gone."""
    formulas: int = 0
    """How many now call a function by its plain name."""
    renumbered: int = 0
    """How many more have another number for a link to another file, and say the same."""
    uses: bool = False
    """Whether a formula calls a function of ours at all."""
    names_added: list[str] = field(default_factory=list)
    names_replaced: list[str] = field(default_factory=list)
    needing: list[Needing] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    """The sheets with a button that ran a command of the add-in, and now runs nothing."""
    was_signed: bool = False


def default_target(path: Path, ending: str) -> Path:
    """The name of the copy, beside the workbook.

    >>> default_target(Path("March.xlsx"), ".xlsx").name
    'March (portable).xlsx'
    """
    return path.with_name(f"{path.stem} (portable){ending}")


def save_portable(source: Path, target: Path | None, *, force: bool) -> tuple[Path, Portable]:
    """Write the portable copy of a workbook file, beside it where no target is given; the file itself is
    not touched. Raises TollsheetError where it is no .xlsx or .xlsm workbook, and as `write_portable`."""
    package = read_package(source)
    target = target or default_target(source, package.ending)
    if target.suffix.lower() != package.ending:
        raise TollsheetError(
            f"{target.name} does not end in {package.ending}, as {package.name} has to",
            f"Name it {target.stem}{package.ending}.",
        )
    return target, write_portable(package, target, force=force, inputs=[source])


def write_portable(package: Package, target: Path, *, force: bool, inputs: Sequence[Path]) -> Portable:
    """Make a workbook portable, and write it. Raises TollsheetError where a name of a function is taken,
    where a formula takes more from the add-in than functions, and where the target cannot be written."""
    check_target(target, force=force, inputs=inputs)
    made = make_portable(package)
    write_atomically(target, force, package.write, inputs)
    return made


def make_portable(package: Package) -> Portable:
    """Change the parts of a workbook; raises TollsheetError as `write_portable` does."""
    made = Portable()
    links = links_of(package)
    as_numbered = replace(links, others={number: number for number in links.others})
    names = place_names(package)
    needing: list[Needing] = []

    def change(found: Found) -> str:
        new = plain(found.text, links)
        if new.unknown:
            raise _more_than_functions(package, Needing(*_place(found, names), ()), new)
        if found.is_macro and new.functions:
            made.buttons.append(names.get(found.part, found.part))
            return ""
        made.uses |= bool(new.functions)
        if new.text != found.text:
            is_plain = plain(found.text, as_numbered).text == found.text
            made.formulas += 0 if is_plain else found.count
            made.renumbered += found.count if is_plain else 0
        lacking = [one for one in new.functions if one not in LAMBDAS]
        if lacking or new.by_zone:
            needing.append(Needing(*_place(found, names), (*lacking, *new.by_zone)))
        return new.text

    workbook = Workbook(package)
    change_formulas(package, change)
    made.needing = gathered(needing)
    made.names_added, made.names_replaced = add_layer(workbook)
    made.links = remove_links(package, links)
    made.was_signed = _remove_signatures(package)
    workbook.calculate_on_opening()
    return made


def _remove_signatures(package: Package) -> bool:
    """A signature is of the very bytes that were signed: on anything else it is a warning."""
    signatures = [part for part in package.parts if part.startswith(_SIGNATURES)]
    for part in signatures:
        if part in package:  # those of relationships went with their part
            package.remove(part)
    return bool(signatures)


def _place(found: Found, names: dict[str, str]) -> tuple[str, str]:
    """The sheet and its cells, or words for any other place."""
    where = names.get(found.part, found.part)
    if found.kind == "definedName":
        return f"{_KINDS[found.kind]} {found.place}", ""
    if found.place:
        return where, found.place
    return f"{_KINDS.get(found.kind, 'a chart or a control')} on {where}", ""


def _more_than_functions(package: Package, at: Needing, formula: Plain) -> TollsheetError:
    return TollsheetError(
        f"{at.place} of {package.name} takes more from the add-in than its functions: {formula.unknown[0]}",
        "Take that out of the formula, then try again.",
    )
