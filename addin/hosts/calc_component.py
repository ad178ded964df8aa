"""The functions as a UNO component: Calc calls a method of it for each formula. Runs inside LibreOffice.

Only the component's own service is declared: with `com.sun.star.sheet.AddIn` beside it Calc would not read
`CalcAddIns.xcu`, where the names and the help stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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

        call.__name__ = name
        return call

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
