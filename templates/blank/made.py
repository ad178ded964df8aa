"""All blank templates, as they are offered. What builds one is read when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Blank:
    """A template that is shipped. The module of its name says its title and purpose, and builds the file."""

    name: str
    """Of the file, without its ending."""
    icon: str
    """The name of one of Office's own icons (imageMso)."""

    @property
    def title(self) -> str:
        """
        >>> BLANKS[0].title
        'Rate calls'
        """
        return str(self._module.TITLE)

    @property
    def purpose(self) -> str:
        """One sentence."""
        return str(self._module.PURPOSE)

    def build(self) -> bytes:
        """The file."""
        content: bytes = self._module.build()
        return content

    @property
    def _module(self) -> ModuleType:
        return import_module(f"templates.blank.{self.name.replace('-', '_')}")


BLANKS = (
    Blank("rating", "CalculateNow"),
    Blank("reconciliation", "ReviewCompareTwoVersions"),
    Blank("billing-report", "AccountingFormat"),
    Blank("storage", "DatabaseCopyDatabaseFile"),
    Blank("investigation", "TracePrecedents"),
    Blank("dispute", "ReviewNewComment"),
)
