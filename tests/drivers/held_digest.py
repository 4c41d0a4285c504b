"""A Digest whose clock stands still: `python held_digest.py 2024-10-28T09:00:00+00:00 ingest …`."""

import importlib
import sys
from datetime import datetime

from digest.cli import COMMANDS, main


def hold(instant: datetime) -> None:
    """Stop the clock of every command."""
    for name in ("clock", *COMMANDS):
        module = importlib.import_module(f"digest.cli.{name}")
        if hasattr(module, "now"):
            setattr(module, "now", lambda: instant)  # noqa: B010 - a module's name, which no type knows


if __name__ == "__main__":
    hold(datetime.fromisoformat(sys.argv.pop(1)))
    main()
