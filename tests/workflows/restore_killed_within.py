"""Run a command; the process is killed when a tenth of a restored ledger's pages is written."""

import os
import signal
import sqlite3
import sys
from types import SimpleNamespace

from hotline_desk import cli
from hotline_desk.ledger import exchange


class Killed(sqlite3.Connection):
    """A connection whose backup stops for ever before it is whole."""

    def backup(self, target):
        def kill(_status, remaining, total):
            if remaining < 0.9 * total:
                os.kill(os.getpid(), signal.SIGKILL)

        super().backup(target, pages=5, progress=kill)


def connect(path, **given):
    factory = Killed if str(path).endswith(DRAFT) else sqlite3.Connection
    return sqlite3.connect(path, factory=factory, **given)


if __name__ == "__main__":
    DRAFT = sys.argv.pop(1)
    exchange.sqlite3 = SimpleNamespace(connect=connect)
    sys.exit(cli.run(sys.argv[1:]))
