"""Where the program begins."""

import os
import sys
from pathlib import Path

from hotline_desk import system
from hotline_desk.cli import run


def main() -> int:
    """Run what the command line asks for and return the exit code."""
    if sys.stdout is None or sys.stderr is None:  # Windows gives a windowed program none
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  for good
    system.use_utf8((sys.stdin, sys.stdout, sys.stderr))
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
