"""工单文本 out of the ledger: who may be named, and who looked at what is not masked."""

import pytest

from hotline_desk.domain.publications import Access
from hotline_desk.domain.work_orders import HIDDEN
from hotline_desk.errors import CaseNotFound, QuestionNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.workflows.copy_order import copy_case, copy_question
from tests.workflows.office_ledgers import fill

BY = "接线员"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        fill(opened)
        yield opened


def test_a_question_is_copied_with_its_case_and_masked(ledger):
    question = ledger.question_numbered("GHFL-2026-190-01")

    copied = copy_question(ledger, question.id, by=BY)

    assert copied.number == question.number
    assert copied.text.startswith(HIDDEN)
    assert "案件编号：AJ-2026-0001" in copied.text
    assert "小红" not in copied.text
    assert ledger.kept(Access) == []


def test_a_case_is_copied_and_the_internal_text_is_noted(ledger):
    (case,) = ledger.cases()

    copied = copy_case(ledger, case.id, why="移送人社局", by=BY)

    assert "台账编号：GHFL-2026-190-01" in copied.text
    (access,) = ledger.kept(Access)
    assert (access.who, access.what, access.why) == (
        BY,
        "工单文本（内部版）AJ-2026-0001",
        "移送人社局",
    )


@pytest.mark.parametrize("why", ["", " \n"])
def test_nothing_is_whole_without_a_reason(ledger, why):
    (case,) = ledger.cases()

    copied = copy_case(ledger, case.id, why=why, by=BY)

    assert not copied.internal
    assert "小红" not in copied.text
    assert ledger.kept(Access) == []


def test_a_question_without_a_call_is_kept_from_the_employer(ledger):
    question = ledger.question_numbered("GHFL-2026-M10-001")

    assert copy_question(ledger, question.id, why="移送人社局", by=BY).text.startswith(HIDDEN)


def test_what_is_not_there_is_told(ledger):
    with pytest.raises(QuestionNotFound):
        copy_question(ledger, 999, by=BY)
    with pytest.raises(CaseNotFound):
        copy_case(ledger, 999, by=BY)
