"""A screen without a monitor: windows, a mouse that clicks for real, and pictures of what is seen."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = (1280, 800)


@dataclass(frozen=True, slots=True)
class Screen:
    """One running X server, by its display (`:7`)."""

    display: str

    def click(self, x: int, y: int) -> None:
        """Move the mouse there and click."""
        self._run("xdotool", "mousemove", str(x), str(y), "sleep", "0.3", "click", "1")

    def press(self, key: str) -> None:
        """Press a key, such as Return."""
        self._run("xdotool", "key", key)

    def type(self, text: str) -> None:
        """Type a text, as on a keyboard."""
        self._run("xdotool", "type", "--delay", "20", text)

    def windows(self) -> list[str]:
        """The titles of the windows that are seen."""
        ids = self._run("xdotool", "search", "--onlyvisible", "--name", ".", check=False).split()
        return [self._run("xdotool", "getwindowname", number, check=False).strip() for number in ids]

    def place_of(self, title: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of the window of that title."""
        number = self._run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$").split()[0]
        told = self._run("xdotool", "getwindowgeometry", "--shell", number)
        shape = dict(line.split("=") for line in told.splitlines())
        left, top, width, height = (int(shape[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))
        return left, top, width, height

    def pixels(self, left: int, top: int, width: int, height: int) -> bytes:
        """What a part of the screen shows, to be compared."""
        box = f"{width}x{height}+{left}+{top}"
        command = ("import", "-window", "root", "-crop", box, "-strip", "ppm:-")
        return self._run(*command, encoding="latin-1").encode("latin-1")

    def picture(self, path: Path) -> None:
        """A picture of the whole screen."""
        self._run("import", "-window", "root", "-strip", str(path))

    def _run(self, *command: str, check: bool = True, encoding: str = "utf-8") -> str:
        environment = os.environ | {"DISPLAY": self.display}
        done = subprocess.run(
            command, check=check, capture_output=True, encoding=encoding, env=environment, timeout=60
        )
        return done.stdout


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of its own, on a display that nobody uses; stopped at the end."""
    with ExitStack() as stack:
        reader, writer = os.pipe()
        size = "x".join(map(str, SIZE))
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_stop, server)
        os.close(writer)
        with os.fdopen(reader) as told:
            display = f":{told.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox"],
            env=os.environ | {"DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_stop, manager)
        yield Screen(display)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def within(seconds: float, look: Callable[[], bool]) -> bool:
    """Whether something becomes true in time; `look` is called again and again."""
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
