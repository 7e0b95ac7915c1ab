"""A program that writes in a ledger until it has done what it was asked, or is killed.

``python -m tests.ledger.writer LEDGER WHO WRITES``: every second write adds a question, the next
changes it; a line on standard output tells the number after each write that was kept.
"""

import dataclasses
import sys
from pathlib import Path

from hotline_desk.domain.categories import Category
from hotline_desk.ledger import Ledger
from tests.ledger.records import a_question


def write(path: Path, who: str, writes: int) -> None:
    with Ledger.open(path) as ledger:
        print("open", flush=True)  # noqa: T201
        for turn in range(writes):
            if turn % 2 == 0:
                question = ledger.add_question(
                    a_question(point=f"{who}{turn}", text="拖欠工资" * 50, articles="甲\n乙"),
                    by=who,
                )
            else:
                changed = dataclasses.replace(question, category=Category.WAGES, answer=who)
                question = ledger.save_question(changed, by=who)
            print(question.number, flush=True)  # noqa: T201


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
