"""A template as it is shipped, opened anew by each test. A module names its own as `template`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.templates.blank.planted import Opened


@pytest.fixture
def opened(template: Path) -> Opened:
    return Opened(template)
