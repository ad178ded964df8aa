"""Commands run where menu and toolbar run them: on LibreOffice's own main thread.

A call from another process arrives on a thread of its own. Most of LibreOffice waits there until the main
thread has finished painting; `importSheet`, with which a sheet is copied, does not (25.2). Both then lay out
text at once, and LibreOffice crashes or turns in a circle for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from addin.hosts.calc import bridge
from addin.ribbon import entry
from tests.ribbon.scripted import Person

LONGEST_S = 180


def run(name: str, book: Any, person: Person) -> None:
    """A command, as a click on its button runs it."""
    on_main_thread(person.context, lambda: entry.run(name, book, person))


def on_main_thread(context: Any, work: Callable[[], None]) -> None:
    """Do the work while the main thread waits for it: it makes the calls that the work asks for."""
    import uno
    import unohelper

    ended = threading.Event()
    failed: list[BaseException] = []

    def notify(self: Any, data: Any) -> None:
        try:
            work()
        except BaseException as error:  # told to the test, not to LibreOffice
            failed.append(error)
        finally:
            ended.set()

    interfaces = (unohelper.Base, uno.getClass("com.sun.star.awt.XCallback"))
    callback = type("Callback", interfaces, {"notify": notify})()
    bridge.service(context, "com.sun.star.awt.AsyncCallback").addCallback(callback, None)
    assert ended.wait(LONGEST_S), "LibreOffice does not answer"
    if failed:
        raise failed[0]
