import dataclasses
import json
import sqlite3
from contextlib import closing

import pytest

from hotline_desk.domain.categories import Category
from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.ledger import Ledger
from tests.ledger.records import AT, EPISODE, a_call, a_question

GUARDS = (
    "history_is_never_changed",
    "history_is_never_deleted",
    "history_values_are_never_changed",
)


@pytest.fixture
def written(path):
    """The file of a ledger in which a few things have happened."""
    path.parent.mkdir()
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        call = ledger.add_call(a_call(), by="甲")
        question = ledger.add_question(a_question(call_id=call.id), by="乙")
        ledger.save_question(
            dataclasses.replace(question, category=Category.WAGES, amount_fen=3_300_000), by="丙"
        )
        assert ledger.examine() == []
    return path


A_DELETION = Deletion(at=AT, who="乙", reason=DeletionReason.ASKED, plan=DeletionPlan().as_json())


def tampered(path, sql, *values):
    """Do what somebody with the file in hand could do, and return what the chain says."""
    with closing(sqlite3.connect(path)) as stranger, stranger:
        for guard in GUARDS:
            stranger.execute(f"DROP TRIGGER {guard}")
        assert stranger.execute(sql, values).rowcount
    with Ledger.open(path) as ledger:
        return dict(ledger.examination())["历史"]


def test_history_tells_who_changed_what(written):
    with Ledger.open(written) as ledger:
        told = [
            (entry.by, entry.field, entry.before, entry.after)
            for entry in ledger.history("questions", 1)
        ]

    assert told == [
        ("乙", "", None, None),
        ("丙", "category", "待定", "工资"),
        ("丙", "amount_fen", None, 3_300_000),
    ]


def test_saving_what_is_the_same_is_no_change(written):
    with Ledger.open(written) as ledger:
        ledger.save_question(ledger.question(1), by="丁")

        assert len(ledger.history("questions", 1)) == 3


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("at = ?", "2020-01-01T00:00:00+08:00"),
        ("who = ?", "丁"),
        ("what = ?", "questions"),
        ("row = ?", 7),
        ("field = ?", "point"),
        ("undoes = ?", 1),
        ("change = ?", 3),
    ],
)
def test_a_changed_line_is_found(written, change, value):
    found = tampered(written, f"UPDATE history SET {change} WHERE id = 2", value)  # noqa: S608  ours

    assert found == ["历史第 2 条被改动过"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history_values SET before = ? WHERE history = 4",
        "UPDATE history_values SET after = ? WHERE history = 4",
    ],
)
def test_a_changed_value_is_found(written, sql):
    found = tampered(written, sql, json.dumps("工伤", ensure_ascii=False))

    assert found == ["历史第 4 条的内容被改动过"]


def test_a_line_that_was_hashed_anew_is_found_by_the_next(written):
    found = tampered(written, "UPDATE history SET hash = ? WHERE id = 2", "0" * 64)

    assert found == ["历史第 2 条被改动过", "历史第 3 条被改动过"]


def test_deleted_lines_are_found(written):
    with closing(sqlite3.connect(written)) as stranger, stranger:
        stranger.execute("DELETE FROM history_values WHERE history = 2")
    assert tampered(written, "DELETE FROM history WHERE id = 2") == [
        "历史第 2 条到第 2 条不见了",
        "历史第 3 条被改动过",
    ]


def test_a_cut_end_is_found(written):
    with closing(sqlite3.connect(written)) as stranger, stranger:
        stranger.execute("DELETE FROM history_values WHERE history > 3")
    assert "历史第 4 条到第 5 条不见了" in tampered(written, "DELETE FROM history WHERE id > 3")


def test_values_can_be_deleted_and_the_chain_stays_whole(written):
    with closing(sqlite3.connect(written)) as stranger, stranger:
        count = stranger.execute("DELETE FROM history_values").rowcount

    with Ledger.open(written) as ledger:
        assert dict(ledger.examination())["历史"] == [
            f"历史有 {count} 条的内容不见了，没有哪一次个人信息删除记着"
        ]
        assert [entry.after for entry in ledger.history("questions", 1)] == [None] * 3
        ledger.keep(A_DELETION, by="乙")

        assert dict(ledger.examination())["历史"] == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history SET who = 'x'",
        "DELETE FROM history",
        "UPDATE history_values SET after = '1'",
    ],
)
def test_the_file_itself_refuses_to_change_history(written, sql):
    with (
        closing(sqlite3.connect(written)) as stranger,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        stranger.execute(sql)


def test_the_same_change_twice_has_two_hashes(written):
    """Salted, so that a name cannot be guessed from its hash."""
    with Ledger.open(written) as ledger:
        question = ledger.question(1)
        for point in ("甲", "乙", "甲"):
            ledger.save_question(dataclasses.replace(question, point=point), by="甲")
    with closing(sqlite3.connect(written)) as stranger:
        hashes = stranger.execute(
            "SELECT history.after FROM history JOIN history_values ON history = id"
            " WHERE field = 'point' AND history_values.after = '\"甲\"'"
        ).fetchall()

    assert len(set(hashes)) == len(hashes) == 2


def test_before_and_after_have_a_salt_each_time_anew(written):
    """The same value goes and comes back: four hashes, or one value tells the other."""
    with Ledger.open(written) as ledger:
        question = ledger.question(1)
        for point in ("甲", "乙", "甲", "乙"):
            ledger.save_question(dataclasses.replace(question, point=point), by="甲")
    with closing(sqlite3.connect(written)) as stranger:
        lines = stranger.execute(
            "SELECT history.before, history.after, before_salt, after_salt FROM history"
            " JOIN history_values ON history = id WHERE field = 'point'"
        ).fetchall()

    hashes = [value for line in lines for value in line[:2]]
    salts = [value for line in lines for value in line[2:]]
    assert len(set(hashes)) == len(set(salts)) == 2 * len(lines) == 8
    assert {len(salt) for salt in salts} == {16}
