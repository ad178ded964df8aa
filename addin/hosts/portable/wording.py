"""What was changed in a portable copy, in sentences."""

from __future__ import annotations

from collections import Counter

from addin.errors import safe
from addin.hosts.portable.portable import Portable
from addin.reconcile.wording import counted, listed
from templates.formulas.lambdas import LAMBDAS

_SHOWN = 10
"""Of a list that may be long."""


def sentences(made: Portable) -> list[str]:
    """Short ones, the first about formulas; then each place that needs the add-in, on a line of its own.

    >>> print("\\n".join(sentences(Portable(["a/tollsheet.xlam"], 214, names_added=["CALL_COST"]))))
    214 formulas changed, 1 link to the add-in removed.
    8 functions are in the workbook itself: Excel 365 and 2024 calculate them without the add-in.
    """
    said = []
    if made.formulas or made.links:
        removed = f", {counted(len(made.links), 'link')} to the add-in removed" if made.links else ""
        changed = "No formula had to be changed"
        if made.formulas:
            changed = f"{counted(made.formulas, 'formula')} changed"
        said.append(f"{changed}{removed}.")
    elif made.uses:
        said.append("No formula had to be changed, and there was no link to the add-in.")
    else:
        said.append("No formula uses a function of Tollsheet.")
    if made.renumbered:
        more = " more" if made.formulas else ""
        which = counted(made.renumbered, f"{more} formula".lstrip())
        follow = "follows the new number" if made.renumbered == 1 else "follow the new numbers"
        said.append(f"{which} {follow} of links to other files: what is calculated there stays.")
    functions = f"{counted(len(LAMBDAS), 'function')} are in the workbook itself"
    if not made.names_added and not made.names_replaced:
        functions += ", as they were"
    elif made.names_replaced:
        functions += f", {len(made.names_replaced)} in place of another version"
    said.append(f"{functions}: Excel 365 and 2024 calculate them without the add-in.")
    for sheet, count in Counter(made.buttons).items():
        runs = (
            "runs a command of the add-in and now does"
            if count == 1
            else "run commands of the add-in and now do"
        )
        said.append(f'{counted(count, "button")} on "{safe(sheet)}" {runs} nothing.')
    if made.was_signed:
        said.append("The digital signature was taken out: it is of the workbook as it was.")
    return [*said, *_needing(made)]


def _needing(made: Portable) -> list[str]:
    if not made.needing:
        return []
    lines = [f"- {safe(one.place)}: {safe(listed([*one.what]))}" for one in made.needing[:_SHOWN]]
    if (more := len(made.needing) - _SHOWN) > 0:
        lines.append(f"- and {counted(more, 'more place', 'more places')}")
    return ["Without the add-in these show an error when they are calculated:", *lines]
