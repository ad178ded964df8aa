"""Arrow takes pandas along wherever that is installed: half a second of every run, for tables that nothing
here makes. In the process of the command, which is all ours, it is told that there is none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class NoPandas:
    """A finder that is asked first."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raises ModuleNotFoundError for pandas, and leaves all else to others."""
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def leave_pandas_out() -> None:
    """From here on pandas cannot be imported, unless it is already."""
    if not any(isinstance(finder, NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, NoPandas())
