"""The functions as a UNO component: Calc calls a method of it for each formula. Runs inside LibreOffice.

Only the component's own service is declared: with `com.sun.star.sheet.AddIn` beside it Calc would not read
`CalcAddIns.xcu`, where the names and the help stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from addin.hosts.calc_dates import DATE_RESULTS, DATED, days_from_1899, moved_in, moved_out
from addin.hosts.calc_functions import Rows, answer
from addin.hosts.calc_log import Log, log_path
from udfs.cells import CELL_FUNCTIONS

SERVICE = "org.tollsheet.Functions"
INTERFACE = "org.tollsheet.XFunctions"
"""Both as the type library says."""


def implementation() -> Any:
    """What LibreOffice's Python loader looks for in the component's file."""
    import uno
    import unohelper

    def method(name: str) -> Callable[..., Rows]:
        def call(self: Any, *cells: Any) -> Rows:
            return answer(name, cells, self.log.failure)

        def call_dated(self: Any, document: Any, *cells: Any) -> Rows:
            days = days_from_1899(document.getPropertyValue("NullDate"))
            if days == 0:
                return answer(name, cells, self.log.failure)
            rows = answer(name, moved_in(CELL_FUNCTIONS[name], cells, days), self.log.failure)
            return moved_out(rows, days) if name in DATE_RESULTS else rows

        return call_dated if name in DATED else call

    def start(self: Any, context: Any, *arguments: Any) -> None:
        self.log = Log(log_path())

    interfaces = (unohelper.Base, uno.getClass(INTERFACE), uno.getClass("com.sun.star.lang.XServiceInfo"))
    members = {
        "__init__": start,
        "getImplementationName": lambda self: SERVICE,
        "supportsService": lambda self, name: name == SERVICE,
        "getSupportedServiceNames": lambda self: (SERVICE,),
        **{name: method(name) for name in CELL_FUNCTIONS},
    }
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(type("Functions", interfaces, members), SERVICE, (SERVICE,))
    return helper
