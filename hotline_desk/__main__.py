"""Where the program begins."""

import sys

from hotline_desk import system
from hotline_desk.cli import run


def main() -> int:
    """Run what the command line asks for and return the exit code."""
    system.use_utf8((sys.stdin, sys.stdout, sys.stderr))
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
