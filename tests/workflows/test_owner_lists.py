"""按承办人清单: each person's open cases on pages of their own, and its printing is noted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.publications import Access
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.owner_lists import print_lists
from hotline_desk.workflows.workspace import prepare
from tests.reports.pdf_reader import ReadPdf, without_space

pytestmark = pytest.mark.usefixtures("qapp")

BY = "值班员"
ON = date(2026, 11, 23)
AT = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


def pages(path):
    return [without_space(page) for page in ReadPdf.read(path).pages]


def test_nobody_gets_another_persons_cases(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        for owner, matter in (("干部甲", "拖欠工资"), ("李律师", "工伤待遇"), ("", "没有签合同")):
            new = NewCase(received=ON - timedelta(days=30), matter=matter, owner=owner)
            ledger.add_case(new, by=BY)
        path = print_lists(ledger, workspace, ON)

    first, second, third = pages(path)
    assert "干部甲" in first
    assert "拖欠工资" in first
    assert "工伤待遇" not in first
    assert "李律师" in second
    assert "还没有承办人" in third
    assert all("红牌" in page for page in (first, second, third))


def test_it_is_masked_but_for_a_reason_that_is_noted(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        caller = Caller(name="董小丽", phone="13800005678")
        call = ledger.add_call(NewCall(episode=None, caller=caller, at=AT), by=BY)
        asked = NewQuestion(episode=None, call_id=call.id, text="董小丽没拿到工资", at=AT)
        question = ledger.add_question(asked, by=BY)
        new = NewCase(
            received=ON, matter="蓝海物业欠董小丽工资，回电13800005678", employer="蓝海物业公司",
            owner="干部甲", questions=(question.id,),
        )  # fmt: skip
        ledger.add_case(new, by=BY)
        masked = print_lists(ledger, workspace, ON)
        assert ledger.kept(Access) == []
        whole = print_lists(ledger, workspace, ON, why="发给承办人")
        (access,) = ledger.kept(Access)

    (page,) = pages(masked)
    assert "已脱敏" in page
    assert "某物业公司" in page
    assert not any(told in page for told in ("蓝海", "董小丽", "13800005678"))
    assert "干部甲" in page
    (page,) = pages(whole)
    assert "内部版，未脱敏" in page
    assert "蓝海物业公司" in page
    assert (access.what, access.why) == ("打印按承办人清单（内部版），1 件", "发给承办人")
    assert masked != whole


def test_a_day_of_another_year_says_which(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_case(NewCase(received=date(2025, 11, 12), owner="干部甲"), by=BY)
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert "2025-11-12" in page
    assert "2025-11-13" in page  # by when the worker had to be called


def test_what_is_followed_on_is_counted_apart_from_what_is_in_hand(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        for closing in (None, Closing(on=ON, told_on=ON)):
            case = ledger.add_case(NewCase(received=ON, owner="干部甲"), by=BY)
            events = replace(case.events, closing=closing)
            ledger.save_case(replace(case, events=events), by=BY)
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert "在办1件，已办结跟踪1件" in page
    assert "干部甲在办1件已办结跟踪1件" in page


def test_what_is_kept_from_the_employer_says_so(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        call = ledger.add_call(
            NewCall(episode=None, caller=Caller(name="董"), at=studio_now()),
            by=BY,
        )
        question = ledger.add_question(
            NewQuestion(episode=None, call_id=call.id, at=studio_now()), by=BY
        )
        ledger.add_case(
            NewCase(received=ON, questions=(question.id,), matter="拖欠工资", owner="干部甲"), by=BY
        )
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert "对单位保密" in page
    assert "董" not in page


def test_a_character_that_no_face_has_is_explained(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_case(NewCase(received=ON, matter="拖欠😀工资", owner="干部甲"), by=BY)
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert "拖欠〓工资" in page
    assert "本机字体没有的字" in page


@pytest.mark.parametrize("asked", [("yes", "nobody"), ("nobody",), ("yes", "no"), ("yes",)])
def test_whoever_was_not_asked_is_kept_from_the_employer(workspace, asked):
    with Ledger.open(workspace.ledger) as ledger:
        questions = []
        for answer in asked:
            call = None
            if answer != "nobody":
                call = ledger.add_call(NewCall(episode=None, at=studio_now()), by=BY)
                agreed = replace(call.consent, name_to_employer=answer == "yes")
                ledger.save_call(replace(call, consent=agreed), by=BY)
            new = NewQuestion(
                episode=None, call_id=None if call is None else call.id, at=studio_now()
            )
            questions.append(ledger.add_question(new, by=BY).id)
        new_case = NewCase(received=ON, questions=tuple(questions), matter="拖欠工资", owner="甲")
        ledger.add_case(new_case, by=BY)
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert ("对单位保密" in page) is (asked != ("yes",))


def test_an_office_without_cases_gets_a_page_that_says_so(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        (page,) = pages(print_lists(ledger, workspace, ON))

    assert "没有还没结案的案件" in page
