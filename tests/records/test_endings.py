"""What a dialog offers can be read, each of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from addin.hosts.program import file_patterns
from addin.records import read_mapping, read_records
from addin.records.source import ENDINGS
from tests.ribbon.months import HEAD, LOG

TEXT = ",".join(HEAD) + "\n" + "\n".join(",".join(map(str, row)) for row in LOG) + "\n"
RECORDS = [dict(zip(HEAD, row, strict=True)) for row in LOG]


def write(path: Path) -> None:
    ending = path.suffix[1:]
    if ending in ("xlsx", "xlsm"):
        book = Workbook()
        for row in (HEAD, *LOG):
            book.active.append(row)
        book.save(path)
    elif ending == "gz":
        path.write_bytes(gzip.compress(TEXT.encode()))
    elif ending == "json":
        path.write_text(json.dumps(RECORDS))
    elif ending in ("jsonl", "ndjson"):
        path.write_text("\n".join(map(json.dumps, RECORDS)))
    else:
        path.write_text(TEXT.replace(",", "\t") if ending == "tsv" else TEXT)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_this_ending_is_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"log.{ending}"
    write(path)
    records = read_records([path])
    assert [call.call_id for call in records.calls] == [row[0] for row in LOG]
    assert records.unreadable == ()


def test_the_dialogs_offer_these_and_mapping_files(examples: Path) -> None:
    assert file_patterns().split(";") == [*(f"*.{ending}" for ending in ENDINGS), "*.toml"]
    assert read_mapping(examples / "generic" / "mapping.toml").provider == "northline"
