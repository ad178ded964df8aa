"""What docs/it.md tells an IT department is true of the code: no network, these files, these packages."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from addin.ribbon.excel_addin import XLWINGS
from addin.ribbon.installing.configuration import configuration_path
from addin.ribbon.installing.excel import install
from tests.ribbon.installing.made_up import files_below, windows

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "it.md").read_text("utf-8")
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
HARMLESS = {"urllib.parse"}
SENDS_MAIL = {"addin/hosts/mail/sending.py": ["smtplib", "socket", "ssl"]}


def network_in(source: str) -> list[str]:
    """The imports by which a module could reach the network."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += (
                [node.module] if node.module != "urllib" else [f"urllib.{one.name}" for one in node.names]
            )
    return [name for name in names if name.partition(".")[0] in NETWORK and name not in HARMLESS]


def test_only_the_sending_of_mail_can_reach_the_network() -> None:
    files = [path for folder in ("udfs", "addin", "templates") for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 50
    found = {path.relative_to(ROOT).as_posix(): network_in(path.read_text("utf-8")) for path in files}
    assert {path: names for path, names in found.items() if names} == SENDS_MAIL
    assert "opens no\nnetwork connection except" in PAGE


@pytest.mark.parametrize(
    "source", ["import socket", "def f():\n    from urllib import request", "import http.client as c"]
)
def test_a_way_to_the_network_is_seen(source: str) -> None:
    assert network_in(source)


def test_a_harmless_import_is_let_through() -> None:
    assert network_in("from urllib.parse import quote\nfrom pathlib import Path") == []


def test_the_files_that_install_writes_are_named(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    for path in map(Path, files_below(machine.home)):
        assert f"| `{path.name}" in PAGE
        folder = (
            str(path.parent.relative_to(machine.home)).replace("/", "\\").removeprefix("AppData\\Roaming")
        )
        assert folder.strip("\\") in PAGE
    assert configuration_path(machine).name in PAGE


def test_every_package_is_listed_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    required = [*project["dependencies"], *chain(*extras.values())]
    names = {re.split(r"[<>=;\[ ]", requirement)[0] for requirement in required}
    table = PAGE.partition("| package | licence | for |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| ([\w-]+)", table, re.M)) == names


def test_the_version_of_xlwings_is_the_one_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"]["excel"] == [f"xlwings=={XLWINGS}"]
    assert f"xlwings is fixed at **{XLWINGS}**" in PAGE
    assert set(re.findall(r"xlwings\d\d-([\d.]+)\.dll", PAGE)) == {XLWINGS}
