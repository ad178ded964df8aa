"""The functions as a UNO component: Calc calls a method of it for each formula. Runs inside LibreOffice.

Only the component's own service is declared: with `com.sun.star.sheet.AddIn` beside it Calc would not read
`CalcAddIns.xcu`, where the names and the help stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from addin.hosts.calc_addin.dates import days_from_1899, moved_in, moved_out
from addin.hosts.calc_addin.functions import Rows, answer
from addin.hosts.log import Log, log_path
from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import CellFunction

SERVICE = "org.tollsheet.Functions"
INTERFACE = "org.tollsheet.XFunctions"
"""Both as the type library says."""


def implementation() -> Any:
    """What LibreOffice's Python loader looks for in the component's file."""
    import uno
    import unohelper

    def method(function: CellFunction) -> Callable[..., Rows]:
        name = function.name

        def call(self: Any, *cells: Any) -> Rows:
            return answer(name, cells, self.log.failure)

        def call_dated(self: Any, document: Any, *cells: Any) -> Rows:
            days = days_from_1899(document.getPropertyValue("NullDate"))
            if days == 0:
                return answer(name, cells, self.log.failure)
            rows = answer(name, moved_in(function, cells, days), self.log.failure)
            return moved_out(rows, days) if function.gives_date else rows

        return call_dated if function.has_dates else call

    def start(self: Any, context: Any, *arguments: Any) -> None:
        self.log = Log(log_path())

    interfaces = (unohelper.Base, uno.getClass(INTERFACE), uno.getClass("com.sun.star.lang.XServiceInfo"))
    members = {
        "__init__": start,
        "getImplementationName": lambda self: SERVICE,
        "supportsService": lambda self, name: name == SERVICE,
        "getSupportedServiceNames": lambda self: (SERVICE,),
        **{name: method(function) for name, function in CELL_FUNCTIONS.items()},
    }
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(type("Functions", interfaces, members), SERVICE, (SERVICE,))
    return helper
