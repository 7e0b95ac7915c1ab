"""Every released schema opens and tells what was written in it."""

import shutil

import pytest

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.categories import Category
from hotline_desk.ledger import Ledger
from tests.freeze_ledger import LEDGERS, REGISTERS, TAKE, WRITTEN

FROZEN = sorted(LEDGERS.glob("schema_*.db"))


def tables_of(ledger):
    return ledger._db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_there_is_one_for_every_schema(ledger):
    steps = ledger._db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]

    assert [path.stem for path in FROZEN] == [f"schema_{step + 1}" for step in range(steps)]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_frozen_ledger_opens_and_tells_what_was_written(frozen, tmp_path):
    shutil.copy(frozen, tmp_path / "ledger.db")

    with (
        Ledger.open(tmp_path / "ledger.db") as old,
        Ledger.open(tmp_path / "new.db") as new,
    ):
        written = FROZEN.index(frozen) + 1
        for write in WRITTEN[:written]:
            write(new)

        assert old.examine() == []
        copies = [*tmp_path.glob("backups/ledger-before-*.db")]
        assert len(copies) == (frozen != FROZEN[-1])
        assert tables_of(old) == tables_of(new)  # no released step was ever edited
        assert old.episodes() == new.episodes()
        assert old.calls() == new.calls()
        assert old.questions() == new.questions()
        assert old.cases() == new.cases()
        assert old.utterances(TAKE) == new.utterances(TAKE)
        assert old.edits(TAKE) == new.edits(TAKE)
        assert old.search("工资") == new.search("工资")
        assert old.search("ldht") == new.search("ldht")
        assert [old.kept(kind) for kind in REGISTERS] == [new.kept(kind) for kind in REGISTERS]
        assert old.search("lgymf") == new.search("lgymf") != []
        (question,) = old.questions()
        assert (question.number, question.category, question.amount_fen) == (
            "GHFL-2026-190-01",
            Category.WAGES,
            3_300_000,
        )
        assert [call.state for call in old.earlier_calls("13800005678")] == [CallState.ON_AIR]
        assert [entry.field for entry in old.history("calls", 1)] == [
            entry.field for entry in new.history("calls", 1)
        ]
