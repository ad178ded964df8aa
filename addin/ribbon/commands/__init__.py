"""What each button does: a function of its name that takes the desk and says what it built."""

from __future__ import annotations

from collections.abc import Callable

from addin.ribbon.commands.billing import billing_report
from addin.ribbon.commands.disputes import dispute_sheet
from addin.ribbon.commands.filling import fill_workbook
from addin.ribbon.commands.functions import function_help, insert_examples
from addin.ribbon.commands.investigation import investigate
from addin.ribbon.commands.month import build_reconciliation, import_call_log, import_usage
from addin.ribbon.commands.portable import make_portable
from addin.ribbon.commands.settings import about, configuration, rate_card
from addin.ribbon.commands.storage import storage_statement
from addin.ribbon.commands.templates import new_from_template
from addin.ribbon.desk import Desk

RUN: dict[str, Callable[[Desk], str]] = {
    command.__name__: command
    for command in (
        import_call_log,
        import_usage,
        build_reconciliation,
        investigate,
        dispute_sheet,
        billing_report,
        storage_statement,
        new_from_template,
        insert_examples,
        function_help,
        make_portable,
        fill_workbook,
        rate_card,
        configuration,
        about,
    )
}
"""By the names of `addin.ribbon.surface.COMMANDS`."""
