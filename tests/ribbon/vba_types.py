"""What Excel's compiler refuses and LibreOffice does not mind: a variable handed over as another type.

One module that does not compile silences the whole add-in. This reads only what the add-in's own modules use:
one declaration or call in a line, arguments that are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Function|Sub) (\w+)\((.*)\)(?: As (\w+))?$")
_PARAMETER = re.compile(r"^(Optional )?(ByVal )?(\w+)(\(\))?(?: As (\w+))?(?: = .*)?$")
_VARIABLE = re.compile(r"(\w+)(\([^)]*\))?(?: As (?:New )?(\w+))?")
_DECLARATION = re.compile(r"(?:Dim|Private|Public|Static) (?!Const|Function|Sub|Declare)(?:WithEvents )?(.*)")
_NAME = re.compile(r"[A-Za-z]\w*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    by_value: bool
    type: str


@dataclass(frozen=True, slots=True)
class Procedure:
    name: str
    parameters: list[Parameter]
    lines: list[tuple[int, str]]


def mismatches(modules: dict[str, str]) -> list[str]:
    """Each place where a name is handed to a parameter of another type by reference, as a sentence."""
    procedures = {name: list(_procedures(text)) for name, text in modules.items()}
    known = {one.name.lower(): one for several in procedures.values() for one in several}
    found = []
    for module, several in procedures.items():
        outside = _declared(_outside(modules[module]))
        for procedure in several:
            types = outside | {one.name.lower(): one.type for one in procedure.parameters}
            types |= _declared(line for _, line in procedure.lines)
            for number, line in procedure.lines:
                for called, arguments in _calls(line, known):
                    for parameter, argument in zip(called.parameters, arguments, strict=False):
                        given = types.get(argument.lower())
                        if given and not parameter.by_value and parameter.type not in ("Variant", given):
                            found.append(
                                f"{module}:{number}: {argument} As {given} is handed to {called.name}, "
                                f"whose {parameter.name} is {parameter.type} by reference"
                            )
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Whole lines without comments and texts, each with the number of its first."""
    whole, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r'"(?:[^"]|"")*"', '""', line)
        line = line.partition("'")[0].rstrip()
        first = first or number
        if line.endswith(" _"):
            whole += line[:-1].strip() + " "
            continue
        yield first, (whole + line.strip()).strip()
        whole, first = "", 0


def _procedures(text: str) -> Iterator[Procedure]:
    current: Procedure | None = None
    for number, line in _lines(text):
        if (head := _PROCEDURE.match(line)) and current is None:
            current = Procedure(head[1], [*_parameters(head[2])], [])
        elif re.match(r"End (Function|Sub)$", line) and current is not None:
            yield current
            current = None
        elif current is not None:
            current.lines.append((number, line))


def _parameters(text: str) -> Iterator[Parameter]:
    for part in _split(text):
        found = _PARAMETER.match(part)
        assert found is not None, f"a parameter that this cannot read: {part}"
        yield Parameter(found[3], bool(found[2]), found[5] or "Variant")


def _outside(text: str) -> Iterator[str]:
    inside = {line for procedure in _procedures(text) for line in procedure.lines}
    return (line for numbered in _lines(text) if numbered not in inside for line in numbered[1:])


def _declared(lines: Iterator[str]) -> dict[str, str]:
    types = {}
    for line in lines:
        if found := _DECLARATION.match(line):
            for part in _split(found[1]):
                variable = _VARIABLE.match(part)
                assert variable is not None, line
                types[variable[1].lower()] = variable[3] or "Variant"
    return types


def _calls(line: str, known: dict[str, Procedure]) -> Iterator[tuple[Procedure, list[str]]]:
    for found in re.finditer(r"\b(\w+)(\(| )", line):
        called = known.get(found[1].lower())
        if called is None or line[: found.start()].endswith("."):
            continue
        if found[2] == "(":
            arguments = _split(_inside(line[found.end() :]))
        elif line[: found.start()].strip() in ("", "Else", "Call") or line[: found.start()].endswith("Then "):
            arguments = _split(line[found.end() :])
        else:
            continue
        yield called, [one if _NAME.match(one) else "" for one in arguments]


def _inside(text: str) -> str:
    depth = 1
    for place, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[:place]
    return text


def _split(text: str) -> list[str]:
    """By the commas that stand in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]
