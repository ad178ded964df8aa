"""What each button does: a function of its name that takes the desk and says what it built.

A command's file is read when the command runs: what the others need would only make the first click slower.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from addin.ribbon.desk import Desk

FILES = {
    "import_call_log": "month",
    "import_usage": "month",
    "build_reconciliation": "month",
    "investigate": "investigation",
    "dispute_sheet": "disputes",
    "billing_report": "billing",
    "storage_statement": "storage",
    "new_from_template": "templates",
    "insert_examples": "functions",
    "function_help": "functions",
    "make_portable": "portable",
    "fill_workbook": "filling",
    "rate_card": "settings",
    "configuration": "settings",
    "about": "settings",
}
"""Where each function stands, in the order of `addin.ribbon.surface.COMMANDS`."""


def command(name: str) -> Callable[[Desk], str]:
    """The function of an action of the ribbon, with what its name says behind a dot.

    >>> command("function_help").__name__
    'function_help'
    """
    function, _, item = name.partition(".")
    found: Callable[..., str] = getattr(import_module(f"{__name__}.{FILES[function]}"), function)
    return (lambda desk: found(desk, item)) if item else found
