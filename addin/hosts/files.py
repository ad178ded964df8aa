"""Files that are written whole or not at all, and never over anything by accident."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from addin.errors import TollsheetError
from addin.hosts.half_made import NAMED, half_made_file

Writer = Callable[[Path], object]


class _Written(NamedTuple):
    half: Path
    path: Path
    force: bool


@dataclass(frozen=True, slots=True)
class _Together:
    halves: ExitStack
    """Removes what has not got its name."""
    written: list[_Written] = field(default_factory=list)


_TOGETHER: ContextVar[_Together | None] = ContextVar("_TOGETHER", default=None)
_OTHER_FOLDER = "Choose a folder you can write to."
_LOCKS = {"LibreOffice": ".~lock.{}#", "Excel": "~${}"}
"""What a program writes beside a file that it has open."""


def write_atomically(path: Path, force: bool, writer: Writer, inputs: Sequence[Path] = ()) -> None:
    """Let `writer` write a file beside `path`, then give it that name.

    Whatever stops the writer, no half file remains and an existing file is untouched. Raises
    TollsheetError where the path is an input, exists without `force`, is open in a program, or cannot be
    written.
    """
    check_target(path, force=force, inputs=inputs)
    with all_or_none(), _said_of(path):
        together = _TOGETHER.get()
        assert together is not None
        if any(_same(path, one.path) for one in together.written):
            raise TollsheetError(f"{path} is named for two outputs", "Give each a name of its own.")
        half = together.halves.enter_context(half_made_file(path.parent, path.stem[:40], path.suffix))
        writer(half)
        half.chmod(0o666 & ~_umask())
        together.written.append(_Written(half, path, force))


@contextmanager
def all_or_none() -> Iterator[None]:
    """Files that are written in it get their names together at its end: where one cannot be written, or
    somebody stops it, none of them is there, and what was to be replaced is as it was. Only if the system
    refuses a name at the very last, though nothing spoke against it, what was replaced by then stays so. One
    in another is a part of it."""
    if _TOGETHER.get() is not None:
        yield
        return
    with ExitStack() as halves:
        together = _Together(halves)
        before = _TOGETHER.set(together)
        try:
            yield
        finally:
            _TOGETHER.reset(before)
        _name(together.written)


def _name(written: Sequence[_Written]) -> None:
    """Give all their names. A workbook is first: if it is open, another program may keep it from that."""
    ordered = sorted(written, key=lambda one: one.path.suffix.lower() != ".xlsx")
    for one in ordered:  # what has come in their way meanwhile
        check_target(one.path, force=one.force)
    try:
        for one in ordered:
            with _said_of(one.path):
                _rename(one.half, one.path, one.force)
    except BaseException:
        for one in ordered:
            with suppress(OSError):
                if one.path.samefile(one.half):
                    one.path.unlink()
        raise
    NAMED.extend(one.path for one in written)


def write_text(text: str, path: Path, *, force: bool, inputs: Sequence[Path] = ()) -> None:
    """Write text as UTF-8, on the same terms."""
    write_atomically(path, force, lambda target: target.write_text(text, "utf-8", newline="\n"), inputs)


def read_text(path: Path) -> str:
    """A small text file whole, as UTF-8. Raises TollsheetError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise TollsheetError(f"{path} is no UTF-8 text", "Give the file as it was written.") from None
    except OSError as error:
        raise TollsheetError(f"{path} cannot be read: {error.strerror or error}", "Check the path.") from None


def write_privately(text: str, path: Path) -> None:
    """Write text as UTF-8 over what there was, for its owner alone to read; its folder is made if need be."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with half_made_file(path.parent, path.stem[:40], path.suffix) as half:
            half.write_text(text, "utf-8", newline="\n")
            half.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error


def check_private_target(path: Path) -> None:
    """Raise what `write_privately` would raise, as far as rights and names tell; nothing is made."""
    if path.is_dir():
        raise TollsheetError(f"{path} is a folder", "Name a file in it.")
    there = next(one for one in path.parents if one.exists())
    if not there.is_dir():
        raise TollsheetError(f"{there} is no folder", _OTHER_FOLDER)
    if not os.access(there, os.W_OK):
        raise TollsheetError(f"{there} cannot be written to", _OTHER_FOLDER)


def check_target(path: Path, *, force: bool, inputs: Sequence[Path] = ()) -> None:
    """Raise what `write_atomically` would raise before it writes, so that no work is done in vain."""
    if any(_same(path, given) for given in inputs):
        raise TollsheetError(f"{path} is an input", "Inputs are never written over: name another output.")
    if path.is_dir():
        raise TollsheetError(f"{path} is a folder", "Name a file in it.")
    if not path.parent.is_dir():
        raise TollsheetError(f"The folder {path.parent} does not exist", "Make it, or name another.")
    if not os.access(path.parent, os.W_OK):
        raise TollsheetError(f"{path} cannot be written: its folder is protected", _OTHER_FOLDER)
    if path.exists() and not force:
        raise TollsheetError(f"{path} exists already", "Name another file, or replace it.", "--force")
    if program := _open_in(path):
        name, lock = path.name, _LOCKS[program].format(path.name)
        raise TollsheetError(
            f"{path} is open in {program}",
            f"Close {name} there, or name another file. If it is open nowhere, delete {lock} beside it.",
        )


def _open_in(path: Path) -> str:
    """The program that has the file open, by the lock file beside it; what is replaced under a program is
    lost, or the program writes its own over it. Empty where there is none."""
    if not path.exists():
        return ""
    beside = {program: path.with_name(lock.format(path.name)) for program, lock in _LOCKS.items()}
    return next((program for program, lock in beside.items() if lock.exists()), "")


def _rename(half: Path, path: Path, force: bool) -> None:
    """A link fails where a file has appeared meanwhile, and can be taken back."""
    try:
        os.link(half, path)
    except FileExistsError:
        if not force:
            raise TollsheetError(
                f"{path} exists already", "Name another file, or replace it.", "--force"
            ) from None
        half.replace(path)
    except OSError:  # a file system without links
        half.replace(path)


def _same(path: Path, given: Path) -> bool:
    if path.resolve() == given.resolve():
        return True
    with suppress(OSError):
        return path.samefile(given)
    return False


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """What the system refuses, as what it is about."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(path, error) from error


def _umask() -> int:
    """What new files of this process may not have; a temporary file is private until it gets its name."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> TollsheetError:
    full = f"Make room there and in {gettempdir()}, where it is prepared, or name another folder."
    remedy = full if error.errno == errno.ENOSPC else _OTHER_FOLDER
    return TollsheetError(f"{path} cannot be written: {error.strerror or error}", remedy)
