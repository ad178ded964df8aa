"""Configurations: the choices of a report, saved under a name and used again.

Each is a TOML file in Tollsheet's folder of the user, or in the one that the environment variable
TOLLSHEET_CONFIG names. People may edit it. Every key is checked when it is used, and a wrong one is answered
with the closest right one. A password never stands in it.

    report = "billing-report"

    [choices]
    period = "last month"
    charges = ["C:\\\\Billing\\\\charges.csv"]

    [mail]
    server = "smtp.example.com"
    to = ["finance@example.com"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli_w

from addin.errors import TollsheetError, safe
from addin.hosts.files import check_private_target, write_privately

ENDING = ".toml"
KEYS = ("report", "choices", "mail")
LONGEST = 60
_TOP = "# Choices of a report of Tollsheet, by the names of its options. No password may stand here.\n"
_FORBIDDEN = set('<>:"/\\|?*%')
"""What no file may be called on Windows; and the percent sign, which cron and Windows replace."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])([.].*)?", re.IGNORECASE)

Values = Mapping[str, Any]
"""Plain TOML values: texts, whole numbers, true or false, and lists of them."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one file says."""

    report: str
    """The command that makes the report, such as `billing-report`."""
    choices: Values
    """Name of the option, without dashes -> its value."""
    mail: Values = field(default_factory=dict)
    """As written; checked where mail is sent."""
    name: str = field(default="", compare=False)
    """Under which it was read."""


def checked_name(name: str) -> str:
    """The name, if a file can be called so on every system.

    >>> checked_name("Charge back 2")
    'Charge back 2'
    >>> checked_name("a/../b")
    Traceback (most recent call last):
    addin.errors.TollsheetError: "a/../b" cannot name a configuration: "/" may not stand in it. Use ...
    """
    problem = ""
    if not name.strip():
        problem = "it is empty"
    elif name != name.strip() or name.startswith(".") or name.endswith("."):
        problem = "it begins or ends with a blank or a dot"
    elif bad := sorted(sign for sign in set(name) if sign in _FORBIDDEN or not sign.isprintable()):
        problem = f'"{safe(bad[0])}" may not stand in it'
    elif _RESERVED.fullmatch(name):
        problem = "Windows keeps this name for a device"
    elif len(name) > LONGEST:
        problem = f"it is longer than {LONGEST} characters"
    if problem:
        remedy = "Use a plain name of letters, digits, blanks and dashes."
        raise TollsheetError(f'"{safe(name)}" cannot name a configuration: {problem}', remedy)
    return name


class Configurations:
    """The configurations in one folder, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        files = [path for path in self.folder.iterdir() if path.suffix == ENDING and path.is_file()]
        return sorted((path.stem for path in files if path.name[0] != "."), key=str.casefold)

    def path(self, name: str) -> Path:
        """Where the configuration of a name stands, or would. The full path of a file names itself: a
        schedule uses it, since it must not depend on whose environment it runs in."""
        given = Path(name)
        if given.is_absolute() and given.suffix == ENDING:
            return given
        return self.folder.absolute() / f"{checked_name(name)}{ENDING}"

    def read(self, name: str) -> Configuration:
        """Raises TollsheetError where there is none of the name, or something in it is wrong."""
        path = self.path(name)
        if not path.is_file():
            raise self._missing(path)
        where = f"Configuration {path.name}"
        try:
            given = tomllib.loads(path.read_text("utf-8-sig"))
        except OSError as error:
            raise TollsheetError(f"{path} cannot be read: {error.strerror}", "Check its rights.") from None
        except UnicodeDecodeError:
            raise TollsheetError(f"{where} is not UTF-8", "Save it as UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise TollsheetError(f"{where} is no TOML: {error}", f"Correct that line in {path}.") from None
        refuse_passwords(given, where)
        refuse_unknown(given, KEYS, where)
        for table in ("choices", "mail"):
            if not isinstance(given.get(table, {}), dict):
                raise TollsheetError(f"{where}: {table} is no table", f"Begin it with [{table}].")
        if not isinstance(given.get("report"), str):
            raise TollsheetError(
                f"{where} does not say which report it is of", 'Write report = "billing-report" at its top.'
            )
        return Configuration(given["report"], given.get("choices", {}), given.get("mail", {}), path.stem)

    def write(self, name: str, configuration: Configuration, *, force: bool) -> Path:
        """Write a configuration, readable for its owner alone. Raises TollsheetError where there is one of
        the name, unless `force`."""
        path = self.path(name)
        write_privately(self.checked_text(name, configuration, force=force), path)
        return path

    def checked_text(self, name: str, configuration: Configuration, *, force: bool) -> str:
        """What the file is to say. Raises what `write` would raise, before a report is made in vain."""
        path = self.path(name)
        if path.exists() and not force:
            raise taken(path)
        check_private_target(path)
        tables = {"choices": dict(configuration.choices), "mail": dict(configuration.mail)}
        content = {"report": configuration.report, **{key: value for key, value in tables.items() if value}}
        refuse_passwords(content, f"Configuration {path.name}")
        text = f"{_TOP}{tomli_w.dumps(content)}"
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            wrong = safe(text[: error.end].rpartition("\n")[2])
            raise TollsheetError(
                f"Configuration {path.name} cannot be saved, since no file can say: {wrong}",
                "Give that file a name of plain letters.",
            ) from None
        return text

    def delete(self, name: str) -> Path:
        path = self.path(name)
        if not path.is_file():
            raise self._missing(path)
        if path.parent.resolve() != self.folder.resolve():
            raise TollsheetError(f"{path} is not in {self.folder}", "Delete it as any other file.")
        try:
            path.unlink()
        except OSError as error:
            raise TollsheetError(
                f"{path} cannot be deleted: {error.strerror}", "Close it elsewhere."
            ) from None
        return path

    def _missing(self, path: Path) -> TollsheetError:
        close = get_close_matches(path.stem, self.names(), 1)
        known = f"There are {', '.join(self.names())}." if self.names() else "None is saved yet."
        remedy = f'Is "{close[0]}" meant?' if close else known
        return TollsheetError(f'There is no configuration "{path.stem}" in {path.parent}', remedy)


def taken(path: Path) -> TollsheetError:
    """That a name is used already."""
    return TollsheetError(
        f"There is a configuration {path.stem} already: {path}",
        "Give another name, or replace it.",
        "--force",
    )


def refuse_unknown(given: Collection[str], known: Collection[str], where: str) -> None:
    """Raises TollsheetError at the first key that is not known.

    >>> refuse_unknown({"serve": ""}, ("server", "port"), "Configuration a.toml, [mail]")
    Traceback (most recent call last):
    addin.errors.TollsheetError: Configuration a.toml, [mail]: the key "serve" is unknown. Is "server" meant?
    """
    for key in given:
        if key not in known:
            close = get_close_matches(key, known, 1)
            remedy = f'Is "{close[0]}" meant?' if close else f"Known are {', '.join(known)}."
            raise TollsheetError(f'{where}: the key "{safe(key)}" is unknown', remedy)


def refuse_passwords(given: Values, where: str) -> None:
    """Raises TollsheetError if a key is for a password, at any depth."""
    for key, value in given.items():
        if re.sub(r"[^a-z]", "", key.casefold()) in ("password", "passwd", "pass", "smtppassword", "secret"):
            raise TollsheetError(
                f'{where}: "{safe(key)}" is not allowed, since a password never stands in a file',
                "Delete the line, change that password, and keep the new one in the system's key store "
                "(keyring) or in the environment variable TOLLSHEET_SMTP_PASSWORD.",
            )
        if isinstance(value, dict):
            refuse_passwords(value, where)
