"""How SQLite goes about what is asked while somebody types: by an index, not through all rows."""

import re

import pytest

from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import Ledger
from tests.ledger.records import EPISODE

WHOLE_ROWS = re.compile(r"SCAN (questions|answers|calls|cases|utterances|history)\b(?!.* INDEX )")
ALL_OF_THEM = re.compile(r"SEARCH questions USING .*\(removed=\?\)$")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("plans") / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
        yield ledger


def plan_of(ledger, ask):
    """Return the steps in which SQLite does everything that *ask* asks it for."""
    asked = []
    connection = ledger._db.conn
    connection.set_trace_callback(asked.append)
    ask()
    connection.set_trace_callback(None)
    selects = [sql for sql in asked if sql.startswith("SELECT")]
    assert selects
    steps = [connection.execute(f"EXPLAIN QUERY PLAN {sql}") for sql in selects]
    return [detail for found in steps for *_, detail in found]


@pytest.mark.parametrize(
    "words",
    ["工资", "物流公司 钱律师", "ldht", "ABC", "190", "33000", "三万三", "13800005678", "AJ-2026",
     "GHFL-2026-190"],
)  # fmt: skip
def test_what_is_typed_is_looked_up_in_indexes(ledger, words):
    query = QuestionQuery(words=words)

    for ask in (
        lambda: ledger.questions(query),
        lambda: ledger.arranged(query),
        lambda: ledger.search(words),
    ):
        assert [step for step in plan_of(ledger, ask) if WHOLE_ROWS.match(step)] == []


def test_a_few_rows_are_gone_to_one_by_one(ledger):
    for ask in (
        lambda: ledger.table_rows([3, 1, 2]),
        lambda: ledger.arranged(QuestionQuery(ids=[3, 1, 2])),
        lambda: ledger.questions(QuestionQuery(call_id=7)),
        lambda: ledger.arranged(QuestionQuery(call_id=7)),
    ):
        assert [step for step in plan_of(ledger, ask) if ALL_OF_THEM.match(step)] == []
