"""Only the cases are tested here; the rest runs on a Windows Python (`make test-windows`)."""

from __future__ import annotations

collect_ignore = ["build.py", "chain.py", "on_windows.py", "run.py", "speed.py", "variants.py"]
