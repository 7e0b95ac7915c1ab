"""What somebody has done to the tables of the SQLite store behind the desk's back."""

import sqlite3
from contextlib import closing

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.questions import Question
from hotline_desk.errors import NotALedger
from tests.ledger.records import AT, TAKE, a_question, heard

BY, OTHER = "台账管理员", "接线员"


def test_a_number_that_the_desk_left_out_is_still_a_fault(ledger):
    for _ in range(3):
        ledger.add_question(a_question(), by=OTHER)
    came = Question(id=0, number="GHFL-2026-190-09", caller=Caller(), episode=190, at=AT)
    ledger.file_question(came, by=BY)
    with ledger._write() as db:
        db.conn.execute("PRAGMA defer_foreign_keys = ON")
        db.conn.execute("DELETE FROM answers WHERE question_id = 2")
        db.conn.execute("DELETE FROM questions WHERE id = 2")

    assert "台账编号 GHFL-2026-190 有缺号：共 3 条，最大 9 号" in ledger.examine()


def test_what_the_desk_never_writes_is_told_as_damage(ledger, path):
    question = ledger.add_question(a_question(), by=BY)
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("UPDATE questions SET category = '别的' WHERE id = ?", (question.id,))
        stranger.commit()

    with pytest.raises(NotALedger):
        ledger.counted_questions()


def test_search_is_made_anew_from_the_texts(ledger):
    ledger.copy_utterances(TAKE, [heard("工资")])
    ledger.add_question(a_question(point="社保", answer="补缴"), by="甲")
    ledger._db.execute("UPDATE utterances SET searched = '', initials = ''")
    ledger._db.execute("UPDATE questions SET searched = '', initials = ''")
    assert ledger.search("工资") == []
    assert len(ledger.examine()) == 2

    ledger.rebuild_search()

    assert [len(ledger.search(words)) for words in ("工资", "社保", "补缴", "bj")] == [1, 1, 1, 1]
    assert ledger.examine() == []
