"""Where the command `tollsheet` begins: an interruption while it is being loaded is told as any later one."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the command and run it. Exit code 130 after Ctrl-C."""
    try:
        from addin.cli import main as command

        command()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
