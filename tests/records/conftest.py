"""Small files to read, written where a test wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.call import Records

Write = Callable[[str, str | bytes], Path]
Read = Callable[..., Records]
Refusal = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and give its path; text as UTF-8, line ends as they are."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read(write: Write) -> Read:
    """Write one file and read it."""

    def read(name: str, content: str | bytes, **settings: Any) -> Records:
        return read_records([write(name, content)], **settings)

    return read


@pytest.fixture
def refusal(write: Write) -> Refusal:
    """Write one file and give the message with which it is refused."""

    def refusal(name: str, content: str | bytes, **settings: Any) -> str:
        with pytest.raises(TollsheetError) as caught:
            read_records([write(name, content)], **settings)
        assert caught.value.exit_code == 2
        return str(caught.value)

    return refusal
