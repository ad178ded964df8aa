"""The commands as a UNO component: menu and toolbar dispatch `org.tollsheet:<command>`.

Runs inside LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.calc_log import Log, log_path

SERVICE = "org.tollsheet.Commands"
PROTOCOL = "org.tollsheet:"
TITLE = "Tollsheet"


@dataclass(frozen=True, slots=True)
class CalcHost:
    """Where a command was started: what it needs to find the workbook and to ask for files."""

    context: Any
    """LibreOffice's component context."""
    frame: Any
    """The window whose menu or toolbar was used."""

    @property
    def document(self) -> Any:
        """The workbook in that window."""
        return self.frame.getController().getModel()


Run = Callable[[str, CalcHost], object]
Say = Callable[[str, bool], None]
"""Shows a message; the second argument says whether it is an error."""


class Commands:
    """Runs one command at a time, and says what stopped it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._running = ""

    def carry_out(self, name: str, host: CalcHost, say: Say, log: Log) -> None:
        """Run a command. Bad input is told with its remedy; anything else is logged, and the log is named."""
        if self._running:
            say(f"{self._running} is still running.\n\nWait for its message, then try again.", True)
            return
        self._running = name.replace("_", " ").capitalize()
        try:
            self._run(name, host)
        except TollsheetError as error:
            log.line(f"{name}: {error}")
            say(f"{error.problem}.\n\n{error.remedy}".rstrip(), True)
        except Exception as error:
            log.failure(name, error)
            say(f"{self._running} failed: {error}.\n\nSend this log file to support: {log.path}", True)
        finally:
            self._running = ""


def implementation(run: Run, names: frozenset[str]) -> Any:
    """What LibreOffice's Python loader looks for: a handler for the commands of these names."""
    import uno
    import unohelper

    commands = Commands(run)

    def start(self: Any, context: Any, *arguments: Any) -> None:
        self.context, self.frame = context, None

    def initialize(self: Any, arguments: tuple[Any, ...]) -> None:
        self.frame = arguments[0] if arguments else None

    def query_dispatch(self: Any, url: Any, target: str, flags: int) -> Any:
        return self if url.Complete.startswith(PROTOCOL) and _command(url) in names else None

    def query_dispatches(self: Any, requests: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(query_dispatch(self, one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def dispatch(self: Any, url: Any, arguments: tuple[Any, ...]) -> None:
        log = Log(log_path())
        host = CalcHost(self.context, self.frame)
        commands.carry_out(_command(url), host, lambda text, bad: show(host, text, bad), log)

    interfaces = ("frame.XDispatchProvider", "frame.XDispatch", "lang.XInitialization", "lang.XServiceInfo")
    members = {
        "__init__": start,
        "initialize": initialize,
        "queryDispatch": query_dispatch,
        "queryDispatches": query_dispatches,
        "dispatch": dispatch,
        "addStatusListener": lambda self, listener, url: None,
        "removeStatusListener": lambda self, listener, url: None,
        "getImplementationName": lambda self: SERVICE,
        "supportsService": lambda self, name: name == SERVICE,
        "getSupportedServiceNames": lambda self: (SERVICE,),
    }
    bases = (unohelper.Base, *(uno.getClass(f"com.sun.star.{name}") for name in interfaces))
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(type("CommandHandler", bases, members), SERVICE, (SERVICE,))
    return helper


def _command(url: Any) -> str:
    complete: str = url.Complete
    return complete.removeprefix(PROTOCOL)


def show(host: CalcHost, text: str, is_error: bool) -> None:
    """A message box over the window."""
    import uno

    kind = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX" if is_error else "INFOBOX")
    toolkit = host.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", host.context)
    box = toolkit.createMessageBox(host.frame.getContainerWindow(), kind, 1, TITLE, text)
    box.execute()
    box.dispose()
