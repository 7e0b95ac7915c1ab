"""`hotline-desk due`, from a real ledger."""

import json
from dataclasses import replace
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Finish
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Kind
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import assign, case_clock, case_course, cases, lapses
from hotline_desk.workflows.due import due_on
from tests.ledger.records import EPISODE, a_question
from tests.workflows.casework import BY


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    with Ledger.open(workspace.ledger) as ledger:
        for received, owner in ((date(2026, 2, 13), "劳模调解员丁"), (date(2026, 2, 24), "")):
            new = NewCase(received=received, matter="拖欠工资", employer="某物业公司", owner=owner)
            ledger.add_case(new, by="台账管理员")
    return workspace


def run(workspace, *arguments):
    return cli.run(["due", *arguments, "--workspace", str(workspace.root)])


def test_what_is_due_is_told_to_programs(capsys, workspace):
    """Received on Friday 2026-02-13: to be contacted on Saturday 02-14, which is worked."""
    assert run(workspace, "--on", "2026-02-24", "--json") == 0

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "number": "AJ-2026-0001",
            "stage": "联系",
            "due": "2026-02-14",
            "working_days_left": -1,
            "card": "红牌",
        },
        {
            "number": "AJ-2026-0002",
            "stage": "联系",
            "due": "2026-02-25",
            "working_days_left": 1,
            "card": "",
        },
    ]


def test_what_is_due_is_told_to_people(capsys, workspace):
    assert run(workspace, "--on", "2026-02-24") == 0

    first, second, *_past = capsys.readouterr().out.splitlines()
    assert first.startswith("AJ-2026-0001 联系：")
    assert "超期 1 个工作日  红牌  拖欠工资  某物业公司  承办 劳模调解员丁" in first
    assert second.endswith("还没有承办人")


def test_a_conflict_that_nobody_has_weighed_waits_until_somebody_does(workspace):
    on = date(2026, 2, 24)
    with Ledger.open(workspace.ledger) as ledger:
        lawyer = Staff(name="李律师", kind=StaffKind.LAWYER)
        lawyer = ledger.keep(lawyer, by=BY)
        case = ledger.cases()[0]
        assign.assign_to(ledger, case.id, lawyer.name, by=BY)
        assert Stage.CONFLICT not in {row.stage for row in due_on(ledger, workspace, on)}
        ledger.keep(replace(lawyer, advises="某物业有限公司"), by=BY)

        (row,) = (each for each in due_on(ledger, workspace, on) if each.stage is Stage.CONFLICT)
        assert (row.number, row.owner) == (case.number, lawyer.name)
        assert row.words == "利益冲突：顾问单位“某物业有限公司”就是本案用人单位"
        assign.assign_to(ledger, case.id, lawyer.name, reason="顾问合同已解除", by=BY)
        assert Stage.CONFLICT not in {each.stage for each in due_on(ledger, workspace, on)}


def test_nothing_due_is_said_in_words(capsys, tmp_path):
    Ledger.open(tmp_path / "ledger.db").close()

    assert run(Workspace(tmp_path), "--on", "2026-02-24") == 0
    assert "没有要办的" in capsys.readouterr().out


@pytest.mark.parametrize(("on", "said"), [("2020-02-24", True), ("2098-02-24", False)])
def test_of_a_day_that_is_past_it_is_said_what_is_told_as_it_is_now(capsys, workspace, on, said):
    assert run(workspace, "--on", on) == 0
    assert ("按现在的台账" in capsys.readouterr().out) is said

    assert run(workspace, "--on", on, "--json") == 0
    assert all(json.loads(line)["number"] for line in capsys.readouterr().out.splitlines())


def test_a_place_that_is_no_workspace_is_one_sentence(capsys, tmp_path):
    assert run(Workspace(tmp_path / "没有")) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.fixture
def busy(workspace):
    """A ledger in which everything waits that may."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by=BY)
        ledger.add_question(a_question(kind=Kind.REQUEST, category=Category.WAGES), by=BY)
        ledger.add_question(a_question(), by=BY)
        first, second = sorted(ledger.cases(), key=lambda case: case.number)
        lapses.note_day(ledger, first.id, "收到非终局裁决", date(2026, 11, 16), by=BY)
        letter = Letter(
            kind=LetterKind.OPINION, number="意 1", case_id=second.id, recipient="某物业公司",
            sent_on=date(2026, 11, 20), answer_by=date(2026, 11, 27),
        )  # fmt: skip
        ledger.keep(letter, by=BY)
        done = ledger.add_case(NewCase(received=date(2026, 11, 16), owner="干部甲"), by=BY)
        told = Closing(on=date(2026, 11, 20), told_on=date(2026, 11, 20))
        case_clock.close(ledger, done.id, told, ClosingWay.WITHDRAWN, by=BY)
        case_course.finish(ledger, done.id, Finish.WITHDRAWN, on=date(2026, 11, 20), by=BY)
    return workspace


def test_more_papers_that_wait_are_not_more_readings(busy):
    on = date(2026, 11, 30)
    with Ledger.open(busy.ledger) as ledger:
        connection = ledger._db.conn

        def asked():
            found = []
            connection.set_trace_callback(found.append)
            papers = [row.case.number for row in due_on(ledger, busy, on) if row.letter]
            connection.set_trace_callback(None)
            return len(found), papers

        before, one = asked()
        (letter,), first = ledger.kept(Letter), ledger.case_numbered("AJ-2026-0001")
        ledger.keep(replace(letter, id=0, number="意 2", case_id=first.id), by=BY)

        assert one == ["AJ-2026-0002"]
        assert asked() == (before, ["AJ-2026-0002", "AJ-2026-0001"])


def test_everything_that_waits_stands_in_one_list(capsys, busy):
    assert run(busy, "--on", "2026-11-30", "--json") == 0

    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = {(item["number"], item["stage"]): item for item in found}
    assert told.keys() == {
        ("AJ-2026-0001", "联系"),
        ("AJ-2026-0002", "联系"),
        ("AJ-2026-0001", "时效"),
        ("AJ-2026-0003", "回访"),
        ("意 1", "函件答复"),
        ("GHFL-2026-190-01", "立案"),
        ("GHFL-2026-190-02", "定类别"),
    }
    assert told["AJ-2026-0001", "时效"]["due"] == "2026-12-01"
    assert told["AJ-2026-0003", "回访"]["working_days_left"] == -1
    assert told["GHFL-2026-190-01", "立案"]["card"] == "红牌"
    order = [(item["card"] != "红牌", item["working_days_left"]) for item in found]
    assert order == sorted(order)


def test_one_may_ask_for_what_waits_for_somebody_or_for_nobody(capsys, busy):
    told = {}
    for owner in ("干部甲", "劳模调解员丁", ""):
        assert run(busy, "--on", "2026-11-30", "--owner", owner, "--json") == 0
        lines = capsys.readouterr().out.splitlines()
        told[owner] = {json.loads(line)["number"] for line in lines}

    assert told["干部甲"] == {"AJ-2026-0003"}
    assert told["劳模调解员丁"] == {"AJ-2026-0001"}
    assert told[""] == {"AJ-2026-0002", "意 1", "GHFL-2026-190-01", "GHFL-2026-190-02"}


def test_each_says_in_words_what_it_waits_for(capsys, busy):
    assert run(busy, "--on", "2026-11-30") == 0

    told = capsys.readouterr().out
    assert "不服非终局裁决，起诉（双方），劳动争议调解仲裁法 第五十条，供律师核对" in told
    assert "时效：12月1日 周二，还有 1 天" in told
    assert "意见书等某物业公司答复" in told
    assert "求决，还没有立案" in told
    assert "等职工评价" in told


def test_a_request_that_has_its_case_waits_no_more(busy):
    with Ledger.open(busy.ledger) as ledger:
        question = ledger.question_numbered("GHFL-2026-190-01")
        cases.open_case(ledger, [question.id], by=BY)

        stages = {item.stage for item in due_on(ledger, busy, date(2026, 11, 30))}

    assert Stage.OPEN not in stages


def test_what_is_still_on_the_air_waits_until_the_hour_is_over(busy):
    with Ledger.open(busy.ledger) as ledger:
        today = studio_now()
        episode = Episode(number=191, on=today.date(), ends="24:00")
        ledger.save_episode(episode, by=BY)
        ledger.add_question(a_question(episode=191, at=today), by=BY)
        on_air = due_on(ledger, busy, today.date())
        ledger.save_episode(replace(episode, ends="00:00"), by=BY)

        after = due_on(ledger, busy, today.date())

    assert Stage.CATEGORY not in {item.stage for item in on_air if item.day == today.date()}
    assert Stage.CATEGORY in {item.stage for item in after if item.day == today.date()}


def test_the_office_says_within_how_many_days_the_worker_is_called_back(busy):
    def call_back():
        with Ledger.open(busy.ledger) as ledger:
            found = due_on(ledger, busy, date(2026, 11, 30))
        return next(item.day for item in found if item.stage is Stage.CALL_BACK)

    assert call_back() == date(2026, 11, 27)
    busy.settings.write_text("call_back_days = 2\n", encoding="utf-8")
    assert call_back() == date(2026, 11, 24)
