"""Add questions to the ledger at the given path, opened for each, and tell those that are in it."""

import itertools
import sys
from datetime import datetime
from pathlib import Path

from hotline_desk.domain.questions import NewQuestion
from hotline_desk.errors import LedgerBusy
from hotline_desk.ledger import Ledger

AT = datetime.fromisoformat("2026-11-25T10:03:20+08:00")

if __name__ == "__main__":
    for number in itertools.count():
        try:
            with Ledger.open(Path(sys.argv[1])) as ledger:
                new = NewQuestion(episode=None, point=f"第{number}个", at=AT)
                ledger.add_question(new, by="甲")
            sys.stdout.write(f"{new.point}\n")
            sys.stdout.flush()
        except LedgerBusy:
            continue
