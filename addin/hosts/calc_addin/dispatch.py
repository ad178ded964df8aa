"""The commands as a UNO component: menu and toolbar dispatch `org.tollsheet:<command>`.

A button of the toolbar that drops a menu down asks for the labels in it by listening to its own command, and
dispatches that command with the label that was chosen. Runs inside LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.log import Log, log_path
from addin.hosts.program import TITLE

SERVICE = "org.tollsheet.Commands"
PROTOCOL = "org.tollsheet:"

Run = Callable[[str], object]
Say = Callable[[str, bool], None]
"""Shows a message; the second argument says whether it is an error."""


def carry_out(name: str, run: Run, say: Say, log: Log) -> None:
    """Run a command and say what stopped it before it could say so itself: a part that is missing, say."""
    try:
        run(name)
    except TollsheetError as error:
        log.line(f"{name}: {error}")
        say(f"{error.problem}.\n\n{error.remedy}".rstrip(), True)
    except Exception as error:
        log.failure(name, error)
        label = name.replace(".", ": ").replace("_", " ").capitalize()
        say(f"{label} failed: {error}.\n\nSend this log file to support: {log.path}", True)


def implementation(
    run: Callable[[str, Any], object], names: frozenset[str], menus: Mapping[str, Mapping[str, str]]
) -> Any:
    """What LibreOffice's Python loader looks for: a handler for the commands of these names.

    `run` is given the name of the command, and LibreOffice's component context. `menus` are the buttons that
    drop one down, each with the labels in it and their commands.
    """
    import uno
    import unohelper

    def start(self: Any, context: Any, *arguments: Any) -> None:
        self.context = context

    def initialize(self: Any, arguments: tuple[Any, ...]) -> None:
        """The window's frame, which no command needs."""

    def query_dispatch(self: Any, url: Any, target: str, flags: int) -> Any:
        is_ours = url.Complete.startswith(PROTOCOL) and (_command(url) in names or _command(url) in menus)
        return self if is_ours else None

    def query_dispatches(self: Any, requests: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(query_dispatch(self, one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def dispatch(self: Any, url: Any, arguments: tuple[Any, ...]) -> None:
        def say(text: str, is_bad: bool) -> None:
            from addin.hosts.calc.message_box import show

            show(self.context, text, TITLE, is_bad=is_bad)

        name = _command(url)
        if name in menus:
            name = menus[name][next(one.Value for one in arguments if one.Name == "Text")]
        carry_out(name, lambda name: run(name, self.context), say, Log(log_path()))

    def add_status_listener(self: Any, listener: Any, url: Any) -> None:
        """A button that begins to listen is told at once what is in its menu."""
        if _command(url) in menus:
            named = uno.getClass("com.sun.star.beans.NamedValue")
            labels = named("List", uno.Any("[]string", tuple(menus[_command(url)])))
            event = uno.createUnoStruct("com.sun.star.frame.FeatureStateEvent")
            event.FeatureURL, event.IsEnabled = url, True
            event.State = uno.getClass("com.sun.star.frame.ControlCommand")("SetList", (labels,))
            listener.statusChanged(event)

    interfaces = ("frame.XDispatchProvider", "frame.XDispatch", "lang.XInitialization", "lang.XServiceInfo")
    members = {
        "__init__": start,
        "initialize": initialize,
        "queryDispatch": query_dispatch,
        "queryDispatches": query_dispatches,
        "dispatch": dispatch,
        "addStatusListener": add_status_listener,
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
