"""The texts of calls: in memory, and of a very long log in a file that is mapped into it.

A carrier's hundred million calls have seven gigabytes of ids and numbers. They are read a few times, from the
first to the last: a mapped file takes no memory that anything else would need.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile, gettempdir
from typing import Any

from addin.errors import TollsheetError

MOST_BYTES = 1 << 30
"""What is kept in memory; more is all in a file."""


class KeptTexts:
    """Columns of texts that come part by part."""

    def __init__(self) -> None:
        self._parts: list[Any] = []
        self._bytes = 0
        self._file: _File | None = None

    def add(self, texts: Sequence[Any]) -> None:
        """Arrow arrays: ids, the number of the caller, the one that is called."""
        import pyarrow as pa

        part = pa.record_batch([*texts], ["id", "from", "to"])
        self._parts.append(part)
        self._bytes += part.nbytes
        if self._bytes > MOST_BYTES:
            if self._file is None:
                self._file = _File(part.schema)
            for each in self._parts:
                self._file.add(each)
            self._parts.clear()

    def columns(self) -> list[Any]:
        """Chunked arrays, a chunk for each part."""
        import pyarrow as pa

        parts = self._file.mapped() if self._file else self._parts
        return [pa.chunked_array([part.column(each) for part in parts], pa.string()) for each in range(3)]

    def close(self) -> None:
        if self._file:
            self._file.close()


class _File:
    """Parts in a file without a name: it is gone with the last that holds one."""

    def __init__(self, schema: Any) -> None:
        import pyarrow as pa

        with _on_full_disk():
            self._file = TemporaryFile(prefix="tollsheet-")  # noqa: SIM115
            self._writer = pa.ipc.new_file(pa.PythonFile(self._file, "w"), schema)

    def add(self, part: Any) -> None:
        with _on_full_disk():
            self._writer.write_batch(part)
            self._file.flush()

    def mapped(self) -> list[Any]:
        import pyarrow as pa

        with _on_full_disk():
            self._writer.close()
            self._file.flush()
            content = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        with pa.ipc.open_file(pa.BufferReader(pa.py_buffer(content))) as reader:
            return [reader.get_batch(number) for number in range(reader.num_record_batches)]

    def close(self) -> None:
        """What is mapped of it stays."""
        with suppress(OSError):  # of what could not be written, which is said already
            self._file.close()


@contextmanager
def _on_full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TollsheetError(
            f"The folder for temporary files, {gettempdir()}, cannot take the calls ({error.strerror})",
            "Make some gigabytes free there, or name another folder in the variable TMPDIR.",
        ) from None
