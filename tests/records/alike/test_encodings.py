"""The encoding of a large text is presumed from its beginning, and every block is held against that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from addin.records import looked_through, source
from addin.records.alike.calls import AlikeCalls
from addin.records.alike.utf8 import as_utf8
from tests.records.alike.conftest import Both
from tests.records.alike.test_same import HEADER, ROW

ROWS = [ROW.replace("CA1", f"CA{number * 7919 % 10_007:04}") for number in range(40)]
NAMED = [*ROWS[:30], ROWS[30].replace("+15005550006", "client:Zo\u00eb"), *ROWS[31:]]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each file that is looked through, whether it was only at its beginning."""
    found: list[bool] = []

    def look(*args: object, **how: bool) -> looked_through.Looked:
        one = looked_through.look_through(*args, **how)  # type: ignore[arg-type]
        found.append(one.is_presumed)
        return one

    monkeypatch.setattr(source, "look_through", look)
    return found


def csv(rows: list[str]) -> str:
    return "\n".join([HEADER, *rows])


LOGS = {
    "ASCII": (csv(ROWS).encode(), [True], "utf-8"),
    "UTF-8": (csv(NAMED).encode(), [True], "utf-8"),
    "UTF-8 with a mark": (csv(NAMED).encode("utf-8-sig"), [True], "utf-8"),
    "Windows-1252": (csv(NAMED).encode("cp1252"), [True, False], "cp1252"),
    "cut in a letter": (csv([*ROWS, "CA9,client:\u00eb"]).encode()[:-1], [True, False], "cp1252"),
    "read row by row, UTF-8": (csv([*NAMED, ROW.replace("+1", 'a"')]).encode(), [True, False], "utf-8"),
    "read row by row": (csv([*NAMED, ROW.replace("+1", 'a"')]).encode("cp1252"), [True, False], "cp1252"),
    "short": (csv([*ROWS[:1], *NAMED[30:31]]).encode(), [False], "utf-8"),
    "UTF-16": (csv(NAMED).encode("utf-16"), [False], "utf-16"),
}


@pytest.mark.parametrize("name", LOGS)
def test_what_is_not_as_it_begins(name: str, both: Both, tmp_path: Path, looked: list[bool]) -> None:
    content, times, encoding = LOGS[name]
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    records = both([path])
    assert isinstance(records.calls, AlikeCalls) == ("row by row" not in name)
    assert looked[-len(times) :] == times
    notes = records.sources[0].notes
    assert ("read as Windows-1252, because it is not UTF-8" in notes) == (encoding == "cp1252")
    is_named = any(call.from_number == "client:Zo\u00eb" for call in records.calls)
    assert is_named == (name not in ("ASCII", "cut in a letter"))


def test_json_lines(both: Both, tmp_path: Path, looked: list[bool]) -> None:
    keys = HEADER.lower().replace(" ", "_").split(",")
    lines = [json.dumps(dict(zip(keys, row.split(","), strict=True)), ensure_ascii=False) for row in NAMED]
    path = tmp_path / "calls.jsonl"
    path.write_bytes("\n".join(lines).encode("cp1252"))
    records = both([path])
    assert looked[-2:] == [True, False]
    assert any(call.from_number == "client:Zo\u00eb" for call in records.calls)


def test_a_letter_that_a_block_cuts_is_no_other_encoding(
    both: Both, tmp_path: Path, looked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(csv([ROW.replace("+15005550006", "client:Zo\u00eb")] * 12).encode())
    for size in range(len(HEADER) + 1, len(HEADER) + 2 * len(ROW)):
        monkeypatch.setattr("addin.records.alike.csv.BLOCK", size)
        looked.clear()
        both([path])
        assert looked[-1:] == [True]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_half_a_sign_is_not_the_end(size: int, tmp_path: Path) -> None:
    text = "ab\U0001f4de\u00ebz"
    path = tmp_path / "calls.csv"
    path.write_bytes(text.encode("utf-16"))
    one = source.open_source(path, path.name)
    with one.open_bytes() as file:
        after, found = as_utf8(file, one), b""
        while len(more := after(found, size)) > len(found):
            found = more
    assert found.decode() == text
