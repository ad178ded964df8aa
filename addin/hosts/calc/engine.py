"""The engine itself: the one LibreOffice that runs, as xlwings sees programs and their workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import xlwings as xw

from addin.hosts.calc import bridge
from addin.hosts.calc.books import Books
from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.message_box import show
from addin.hosts.calc.values import cleaned, for_cell

NAME = "calc"


def add_engine(context: Uno) -> xw.App:
    """Make the LibreOffice behind a component context xlwings' active engine; gives its one application."""
    engine = xw.Engine(impl=Engine(context))
    xw.engines.add(engine)
    engine.activate()
    app = engine.apps.active
    assert app is not None
    return app


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"

    def __init__(self, context: Uno) -> None:
        self.apps = Apps(App(self, context))

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Mapping[str, Any]) -> Any:
        return for_cell(value)

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> Any:
        return cleaned(data, dates, empty, numbers, err_to_str)


class Apps:
    """The one application."""

    def __init__(self, app: App) -> None:
        self.app = app

    def keys(self) -> list[int]:
        return [self.app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter((self.app,))

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self.app

    def cleanup(self) -> None:
        """LibreOffice leaves nothing behind."""


class App:
    """A running LibreOffice. `api` is its component context."""

    pid = 1
    display_alerts = True
    enable_events = True
    interactive = True

    def __init__(self, engine: Engine, context: Uno) -> None:
        self.engine = engine
        self.context = context
        self.desktop = bridge.service(context, "com.sun.star.frame.Desktop")
        self._status: str | bool = False
        self._indicator: Uno = None
        self._is_updating = True

    @property
    def api(self) -> Uno:
        return self.context

    @property
    def version(self) -> str:
        return str(self.configuration("/org.openoffice.Setup/Product", "ooSetupVersion"))

    def configuration(self, node: str, name: str) -> Any:
        provider = bridge.service(self.context, "com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", bridge.properties(nodepath=node)
        )
        return access.getByName(name)

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Any:
        book = self.books.active
        return None if book is None else book.selection

    def activate(self, steal_focus: bool = False) -> None:
        """There is one application, and it is active."""

    def calculate(self) -> None:
        for book in self.books:
            book.doc.calculate()

    @property
    def screen_updating(self) -> bool:
        return self._is_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        """Only what is opened meanwhile is hidden: a locked view can hang when it shows another sheet."""
        self._is_updating = value

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        with suppress(Exception):  # a window that was closed meanwhile, and it has no line any more
            self._show(value)

    def _show(self, value: str | bool) -> None:
        if isinstance(value, str):
            if self._indicator is None:
                self._indicator = self._new_indicator()
            if self._indicator is not None:
                self._indicator.setText(value)
        elif self._indicator is not None:
            indicator, self._indicator = self._indicator, None
            indicator.end()

    def _new_indicator(self) -> Uno:
        """The line at the foot of the window in front; None where there is no window."""
        frame = self.desktop.getCurrentFrame()
        indicator = frame.createStatusIndicator() if frame is not None else None
        if indicator is not None:
            indicator.start("", 0)
        return indicator

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: None) -> str:
        return show(self.context, prompt, title or "", buttons, is_bad=mode == "critical")
