"""Puts the add-ins that `make addin` built into the wheel, where `tollsheet addin install` looks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltAddins(BuildHookInterface):
    """They are not committed: without them the wheel is whole but for `addin install`, which says so."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for name in ("tollsheet.xlam", "tollsheet.oxt"):
            built = Path(self.root) / "dist" / name
            if version != "editable" and built.is_file():
                build_data["force_include"][str(built)] = f"addin/ribbon/built/{name}"
