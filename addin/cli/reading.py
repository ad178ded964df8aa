"""What a command reads: files and how to read them, and the rate card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from addin.errors import TollsheetError
from addin.records import read_mapping, read_records
from addin.records.call import Records, SourceFile
from addin.records.one_file import OnProgress
from addin.records.rate_file import signed_rate_card
from addin.records.recognition import NotRecognised
from addin.records.source import NoRecords
from udfs.rating.rate_card import RateCard


@dataclass(frozen=True, slots=True)
class Reading:
    """Files and how to read them."""

    paths: tuple[Path, ...]
    provider: str | None
    mapping: Path | None
    time_zone: str | None
    voicemail_billed: bool | None
    spare: Path | None = None
    """The mapping of the other side, for files in no format."""

    @classmethod
    def of_bill(
        cls,
        paths: tuple[Path, ...],
        provider: str | None,
        mapping: Path | None,
        time_zone: str | None,
        log: Reading,
    ) -> Reading:
        """What is not said of the bill is as with the log; its mapping only where no other format fits."""
        spare = None if mapping or provider else log.mapping
        return cls(paths, provider, mapping, time_zone or log.time_zone, log.voicemail_billed, spare)

    @property
    def inputs(self) -> tuple[Path, ...]:
        return (*self.paths, self.mapping) if self.mapping else self.paths

    def read(
        self,
        on_progress: OnProgress,
        on_empty: Callable[[NoRecords], None] | None = None,
        *,
        alike: bool = False,
    ) -> Records:
        """Raises TollsheetError as `read_records` does: for a file without records if not `on_empty`. `alike`
        says that calls may come in columns."""
        try:
            return read_records(
                self.paths,
                provider=self.provider,
                mapping=read_mapping(self.mapping) if self.mapping else None,
                spare=read_mapping(self.spare) if self.spare else None,
                time_zone=self.time_zone,
                voicemail_billed=self.voicemail_billed,
                on_progress=on_progress,
                on_empty=on_empty,
                alike=alike,
            )
        except NotRecognised as error:
            if self.spare is None:
                raise
            raise TollsheetError(error.problem, error.remedy, "--billed-mapping") from None


def rate_card_of(path: Path | None) -> tuple[RateCard | None, tuple[SourceFile, ...]]:
    """The rate card with the line of the sign-off; nothing where none is given."""
    if path is None:
        return None, ()
    card, source = signed_rate_card(path)
    return card, (source,)
