"""The command line that starts Python, as the add-in's own VBA puts it together: its statements are run here.

Nothing is written down a second time, so the chain starts Python with what the add-in would.
"""

from __future__ import annotations

import re
from typing import Any

from addin.ribbon.building.vba_text import xlwings_module

TOKEN = re.compile(r'"(?:[^"]|"")*"|<>|\w+|\S')
IN_PYTHON = {"&": "+", "<>": "!=", "=": "==", "And": "and", "Or": "or"}


def command_of(settings: dict[str, str]) -> str:
    """What `XLPyCommand` of the add-in's module `xlwings` gives where the configuration holds these."""
    return str(_run(_lines("XLPyCommand"), settings)["XLPyCommand"])


def _lines(function: str) -> list[str]:
    found = re.search(rf"^Function {function}\(\)\n([\s\S]*?)^End Function", xlwings_module(), re.MULTILINE)
    assert found is not None, f"the VBA has no function {function}"
    return [line.strip() for line in found[1].splitlines()]


def _run(lines: list[str], settings: dict[str, str]) -> dict[str, Any]:
    """The variables after the statements, of which there are assignments and `If` blocks."""

    def configured(name: str, default: Any = "") -> Any:
        value = settings.get(name, default)
        return str(value) == "True" if isinstance(default, bool) else value

    variables: dict[str, Any] = {
        "App": "Microsoft Excel",
        "GetConfig": configured,
        "Chr": chr,
        "Replace": str.replace,
    }
    blocks: list[tuple[bool, bool]] = []  # whether this branch runs, and whether one of its block has run
    for line in (line.removeprefix("#") for line in lines if line and not line.startswith(("'", "Dim "))):
        runs = all(running for running, _ in blocks)
        if found := re.fullmatch(r"(If|ElseIf) (.+) Then", line):
            done = blocks.pop()[1] if found[1] == "ElseIf" else False
            runs = all(running for running, _ in blocks) and not done and bool(_value(found[2], variables))
            blocks.append((runs, done or runs))
        elif line == "Else":
            blocks.append((not blocks[-1][1], True))
            del blocks[-2]
        elif line == "End If":
            blocks.pop()
        elif runs:
            name, _, expression = line.partition(" = ")
            variables[name] = _value(expression, variables)
    assert not blocks
    return variables


def _value(expression: str, variables: dict[str, Any]) -> Any:
    """The value of a VBA expression: texts, names, calls, & and comparisons."""
    words = []
    for token in TOKEN.findall(expression):
        is_text = token.startswith('"')
        words.append(repr(token[1:-1].replace('""', '"')) if is_text else IN_PYTHON.get(token, token))
    return eval(" ".join(words), {"__builtins__": {}}, variables)
