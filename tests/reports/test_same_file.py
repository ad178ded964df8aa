"""A log that is compared with itself agrees, which is said; two days without calls are no such file."""

from __future__ import annotations

import pytest

from addin.records.call import SourceFile
from addin.reports.reconciliation.build import Inputs, same_file


@pytest.mark.parametrize(("rows", "told"), [(1, 1), (0, 0)])
def test_the_same_bytes_on_both_sides(rows: int, told: int) -> None:
    log, bill = (SourceFile(name, "twilio", "Twilio call CSV", "5e" * 32, 9, rows) for name in ("1", "2"))
    said = ["Log 1 and bill 2 are the same file: agreement proves nothing."]
    assert same_file(Inputs((log,), (bill,))) == said[:told]


def test_the_hash_of_another_length_is_not_waited_for() -> None:
    def never() -> str:
        raise AssertionError

    log, bill = (SourceFile(name, "twilio", "CSV", never, size, 1) for name, size in (("1", 9), ("2", 8)))
    assert same_file(Inputs((log,), (bill,))) == []
