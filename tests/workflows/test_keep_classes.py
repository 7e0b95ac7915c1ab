"""保管期限: only 临时 is purged, only when it is old enough, and its figures stay."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    NewCase,
    Round,
)
from hotline_desk.domain.casework.clock_events import (
    ClockEvents,
    Closing,
    Extension,
    Pause,
    PauseReason,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import Course, Finish
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare

BY = "台账管理员"
NAME, PHONE = "董小红", "13800125678"
DAY, SAID = date(2026, 1, 5), "车间主任当面骂人"


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        yield ledger


@pytest.fixture
def ask(ledger):
    """Return a function that files a question of *days* ago in a call of its own."""

    def file(days, keeping=Keeping.TEMPORARY, *, call=None):
        at = studio_now() - timedelta(days=days)
        caller = Caller(name=NAME, phone=PHONE)
        call = call or ledger.add_call(NewCall(episode=None, at=at, caller=caller), by=BY).id
        new = NewQuestion(
            episode=None, call_id=call, at=at, category=Category.WAGES, people=3, keeping=keeping,
            point=f"{NAME}问工资", text=f"我叫{NAME}", answer="要按月付", amount_fen=100,
        )  # fmt: skip
        return ledger.add_question(new, by=BY)

    return file


def purge(workspace, *options):
    return cli.run(["purge-temporary", "--confirm", "删除", "--workspace", str(workspace.root),
                    *options])  # fmt: skip


def is_purged(ledger, question):
    return not ledger.question(question.id).text


def test_only_what_is_temporary_and_old_enough_goes(workspace, ledger, ask):
    rows = {(keeping, days): ask(days, keeping) for keeping in Keeping for days in (10, 179, 200)}

    assert purge(workspace) == 0

    assert {key for key, row in rows.items() if is_purged(ledger, row)} == {
        (Keeping.TEMPORARY, 200)
    }
    gone = ledger.question(rows[Keeping.TEMPORARY, 200].id)
    assert (gone.number, gone.people, gone.amount_fen) == (
        rows[Keeping.TEMPORARY, 200].number, 3, 100,
    )  # fmt: skip
    assert gone.caller.name == gone.caller.phone == ""
    assert gone.point == gone.answer == gone.notes == ""
    assert ledger.examine() == []


def test_the_number_stays_with_the_calls_that_are_kept(workspace, ledger, ask):
    kept, gone = ask(300, Keeping.TEN_YEARS), ask(300)

    purge(workspace)

    assert ledger.question(kept.id).caller.phone == PHONE
    assert ledger.question(kept.id).text == f"我叫{NAME}"
    assert ledger.question(gone.id).caller.phone == ""


def test_the_days_are_a_setting(workspace, ledger, ask):
    row = ask(20)
    workspace.settings.write_text("temporary_days = 15\n", encoding="utf-8")

    purge(workspace)

    assert is_purged(ledger, row)


def test_a_row_in_a_call_with_one_that_is_kept_stays(workspace, ledger, ask):
    row = ask(300)
    ask(300, Keeping.FOREVER, call=row.call_id)

    purge(workspace)

    assert not is_purged(ledger, row)


@pytest.mark.parametrize("why", list(Retention))
def test_what_has_to_be_kept_stays(workspace, ledger, ask, why):
    row = ask(300)
    call = ledger.call(row.call_id)
    ledger.save_call(replace(call, retained=why), by=BY)

    purge(workspace)

    assert not is_purged(ledger, row)
    ledger.save_call(call, by=BY)
    purge(workspace)
    assert is_purged(ledger, row)


@pytest.mark.parametrize(
    ("change", "goes"),
    [
        ({}, False),
        ({"keeping": Keeping.TEMPORARY}, False),
        ({"course": Course.FINISHED}, False),
        ({"keeping": Keeping.TEMPORARY, "course": Course.FINISHED}, True),
    ],
)
def test_a_row_of_a_case_goes_with_a_finished_temporary_case_alone(
    workspace, ledger, ask, change, goes
):
    row = ask(300)
    day = date(2026, 1, 5)
    case = ledger.add_case(NewCase(received=day, questions=(row.id,), notes="找她"), by=BY)
    if "course" in change:
        change = change | {"finish": Finish.WITHDRAWN, "finished_on": day}
    ledger.save_case(replace(case, **change), by=BY)

    purge(workspace)

    assert is_purged(ledger, row) == goes
    assert (ledger.case(case.id).notes == "") == goes
    assert ledger.examine() == []


def test_of_a_purged_case_nothing_is_left_that_anybody_said(workspace, ledger, ask):
    row = ask(300)
    filed = ledger.add_case(NewCase(received=DAY, questions=(row.id,), matter=SAID), by=BY)
    at = datetime.combine(DAY, time(9), STUDIO_ZONE)
    events = ClockEvents(
        received=DAY,
        contacts=(Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS, words=SAID),),
        pauses=(Pause(first=DAY, reason=PauseReason.PAPERS, expected=DAY, resumed=DAY),),
        extension=Extension(asked_on=DAY, days=3, approver="主任", reason=SAID, told_on=DAY),
        closing=Closing(on=DAY, told_on=DAY),
    )
    case = replace(
        filed, events=events, course=Course.FINISHED, finish=Finish.WITHDRAWN, finished_on=DAY,
        keeping=Keeping.TEMPORARY, results=SAID, basis=SAID, claimed_fen=5,
        actions=(Action(on=DAY, kind=ActionKind.STRUCK_OUT, words=SAID, was=SAID, by="王工"),),
        interruptions=(Interruption(on=DAY, event=SAID, evidence=SAID),),
        earlier=(Round(received=DAY, events=events, closing=None, finish=None, finished_on=None,
                       results=SAID, basis=SAID),),
    )  # fmt: skip
    ledger.save_case(case, by=BY)

    assert purge(workspace) == 0

    gone = ledger.case(case.id)
    assert SAID not in repr(gone)
    assert gone.events == replace(
        events,
        contacts=(replace(events.contacts[0], words=""),),
        extension=replace(events.extension, reason=""),
    )
    assert (gone.claimed_fen, gone.finished_on) == (5, DAY)
    assert [(each.on, each.kind, each.by) for each in gone.actions] == [
        (DAY, ActionKind.STRUCK_OUT, "王工")
    ]
    assert (gone.interruptions[0].on, gone.earlier[0].events) == (DAY, gone.events)
    assert ledger.examine() == []
    for path in workspace.root.glob("ledger.db*"):
        assert SAID.encode() not in path.read_bytes()


def test_of_the_letters_of_a_purged_case_what_the_register_counts_stays(
    workspace, ledger, ask, capsys
):
    row, other = ask(300), ask(300, Keeping.TEN_YEARS)
    gone, kept = (
        ledger.add_case(NewCase(received=DAY, questions=(each.id,)), by=BY) for each in (row, other)
    )
    done = {"course": Course.FINISHED, "finish": Finish.WITHDRAWN, "finished_on": DAY}
    ledger.save_case(replace(gone, keeping=Keeping.TEMPORARY, **done), by=BY)
    paper = Letter(
        kind=LetterKind.OPINION, number="意见书1号", recipient="港务公司",
        sent_on=DAY, answer_by=DAY, answered_on=DAY, voided_on=DAY,
    )  # fmt: skip
    said = dict.fromkeys(("subject", "answer", "notes", "voided_for"), f"{SAID}{NAME}")
    first = ledger.keep(replace(paper, case_id=gone.id, **said), by=BY)
    ledger.take_out(ledger.keep(replace(first, id=0, number="意见书2号"), by=BY), by=BY)
    others = [
        ledger.keep(replace(paper, number=f"{case_id}", case_id=case_id, subject="欠薪"), by=BY)
        for case_id in (kept.id, None)
    ]

    assert purge(workspace) == 0

    assert "清除内容：一函两书 意见书1号" in capsys.readouterr().err
    assert ledger.kept(Letter) == [replace(paper, id=first.id, case_id=gone.id), *others]
    assert ledger.examine() == []
    for path in workspace.root.glob("ledger.db*"):
        assert SAID.encode() not in path.read_bytes()


def test_it_is_shown_first_and_done_once(workspace, ledger, ask, capsys):
    row = ask(300)
    assert purge(workspace, "--dry-run") == 0
    assert row.number in capsys.readouterr().out
    assert not is_purged(ledger, row)

    purge(workspace)
    assert "已清除 1 条" in capsys.readouterr().out
    purge(workspace)

    assert "没有超过 180 天" in capsys.readouterr().out


def test_what_stays_is_told_with_its_reason(workspace, ledger, ask, capsys):
    retained, beside, plain = ask(300), ask(300), ask(300)
    call = ledger.call(retained.call_id)
    ledger.save_call(replace(call, retained=Retention.BY_LAW), by=BY)
    ask(300, Keeping.FOREVER, call=beside.call_id)
    in_case = ask(300)
    new = NewCase(received=date(2026, 1, 5), questions=(in_case.id,))
    case = ledger.save_case(replace(ledger.add_case(new, by=BY), keeping=Keeping.TEMPORARY), by=BY)
    stay = [
        f"留着：问题 {retained.number}（来电标了“依法留存”）",
        f"留着：问题 {beside.number}（同一来电里有要留的问题）",
        f"留着：问题 {in_case.number}（案件 {case.number} 还没有结案）",
    ]

    assert purge(workspace, "--dry-run") == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.startswith("留着")] == stay
    assert purge(workspace) == 0
    told = capsys.readouterr()
    assert "已清除 1 条" in told.out
    assert "；3 条要留着" in told.out
    assert is_purged(ledger, plain)
    assert purge(workspace) == 0

    told = capsys.readouterr()
    assert told.err.splitlines() == stay
    assert "没有超过 180 天的临时（不归档）记录可以清除，3 条要留着" in told.out


def test_a_copy_that_is_put_back_does_not_bring_purged_rows_back(workspace, ledger, ask, capsys):
    gone, young, kept = ask(300), ask(10), ask(300, Keeping.TEN_YEARS)
    copy = ledger.backup(workspace.backups, name="before")
    purge(workspace)
    ledger.close()

    assert cli.run(["restore", copy.name, "--workspace", str(workspace.root)]) == 0

    assert "又删除了 1 次" in capsys.readouterr().out
    with Ledger.open(workspace.ledger) as restored:
        assert is_purged(restored, gone)
        assert restored.question(gone.id).caller.name == ""
        assert [restored.question(row.id) for row in (young, kept)] == [young, kept]
        assert restored.examine() == []


def test_rows_that_only_have_the_ids_of_purged_ones_stay(workspace, ledger, ask, tmp_path):
    ask(300)
    purge(workspace)
    ledger.close()
    other = prepare(Workspace(tmp_path / "别的热线"))
    with Ledger.open(other.ledger) as strange:
        new = NewQuestion(episode=None, at=studio_now(), point="别的问题", text="是另一件事")
        question = strange.add_question(new, by=BY)

    assert cli.run(["restore", str(other.ledger), "--workspace", str(workspace.root)]) == 0

    with Ledger.open(workspace.ledger) as restored:
        assert restored.question(question.id) == question
