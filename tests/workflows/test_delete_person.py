"""个人信息删除（匿名化）: nothing of the person is left in any file, and every figure stays."""

import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import NewCall
from hotline_desk.domain.deletions import Deletion
from hotline_desk.domain.keeping import Retention
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import NothingToUndo
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.system import FileLock
from hotline_desk.take.captions import heard_captions
from hotline_desk.take.take import LOCK
from hotline_desk.workflows.consolidate import consolidate
from hotline_desk.workflows.delete_person import delete, propose
from tests.coded_sound import coded
from tests.workflows.deleted_person import BY, EMPLOYER, HEARD, figures, files_that_tell
from tests.workflows.four_lines import (
    CALLER,
    LINES,
    PROGRAMME,
    RATE,
    SEAT,
    SECONDS,
    STUDIO,
    heard,
)

ALL = ("--with-files", "--with-backups", "--confirm", "删除")


def run(workspace, *words):
    return cli.run(["delete-person", *words, "--workspace", str(workspace.root)])


def is_green(workspace, capsys):
    code = cli.run(["doctor", "--workspace", str(workspace.root)])
    told = capsys.readouterr()
    assert code == 0, told
    return told.out


@pytest.mark.parametrize("put_away", [False, True], ids=["segments", "flac"])
def test_nothing_of_the_person_is_left_in_any_file(workspace, take, ids, put_away, capsys):
    if put_away:
        put_in_flac(workspace, take)
    told = files_that_tell(workspace.root)
    assert {"ledger.db", "episodes/2026-11-25-第190期/take-095000/captions.jsonl"} <= set(told)
    assert len(told) > 6, told
    before = figures(workspace)

    assert run(workspace, number_of(workspace, ids["question"]), *ALL) == 0

    assert files_that_tell(workspace.root) == []
    assert figures(workspace) == before
    is_green(workspace, capsys)


def number_of(workspace, question):
    with Ledger.open(workspace.ledger) as ledger:
        return ledger.question(question).number


def test_a_dry_run_lists_everything_and_changes_nothing(workspace, take, ids, capsys):
    number = number_of(workspace, ids["question"])
    before = contents(workspace)

    assert run(workspace, number, "--dry-run") == 0

    told = capsys.readouterr().out
    for words in (
        number, number_of(workspace, ids["alone"]), "AJ-2026-0001（还有其他职工",
        "日工函〔2026〕1号", "take-095000", "备忘.txt", "导出.xlsx", "导出.csv", "文字稿.txt",
        "另存.txt",
        "节目纪要（内部版）.pdf", "备份里还有：ledger-",
        "要另行撤下：",
    ):  # fmt: skip
        assert words in told
    assert contents(workspace) == before


@pytest.mark.parametrize("words", ["", "删", "是"])
def test_without_the_word_nothing_goes(workspace, ids, words, capsys):
    before = contents(workspace)

    assert run(workspace, number_of(workspace, ids["question"]), "--confirm", words) == 1

    assert "没有改动" in capsys.readouterr().err
    assert contents(workspace) == before


def test_what_is_left_of_the_rows(workspace, ids):
    delete_her(workspace, ids)

    with Ledger.open(workspace.ledger) as ledger:
        call, later = ledger.call(ids["call"]), ledger.call(ids["later"])
        assert (call.caller.name, call.caller.phone, call.caller.occupation) == ("", "", "")
        assert (call.caller.district, call.caller.employer) == ("日照市东港区", "某物业公司")
        assert later.caller.spoken_name == "未留姓名"
        question = ledger.question(ids["question"])
        assert question.point == "某某等人的工资（（号码已删除））"
        assert (question.text, question.notes, question.external_number) == ("", "", "")
        assert (question.people, question.amount_fen) == (11, 3_300_000)
        assert question.answer.startswith("某某")
        assert ledger.question(ids["alone"]).point == "某某再问补偿"
        case = ledger.case(ids["case"])
        assert [party.name for party in case.parties] == ["匿名当事人 1", "李红霞"]
        assert case.payments[0].party == "匿名当事人 1"
        assert case.earlier[0].payments[0].party == "匿名当事人 1"
        assert (case.employer, case.matter) == (EMPLOYER, "某某等十一人")
        assert [action.by for action in case.actions] == ["王工", "王工"]
        assert case.actions[1].was == "2026-12-01 15:00 · 面谈 · 说上了话\n某某来过"
        assert ledger.question(ids["foreign"]).text == "和王明华一起"
        assert ledger.call(ids["before"]).caller.name == "王明华"
        assert ledger.search("王明华")
        assert ledger.search("董") == []
        assert ledger.search("工资")


def test_undo_brings_nothing_back(workspace, ids):
    delete_her(workspace, ids)

    with Ledger.open(workspace.ledger) as ledger:
        for by in (BY, "导播", "审看", "字幕", "审查员"):
            with suppress(NothingToUndo):
                for _ in range(60):
                    ledger.undo(by=by)
        assert ledger.examine() == []
    with DeletingLedger.open(workspace.ledger) as ledger:
        ledger.compact()
    assert files_that_tell(workspace.root) == []


@pytest.mark.parametrize("put_away", [False, True], ids=["segments", "flac"])
def test_the_caller_is_silent_and_everybody_else_is_heard(workspace, take, ids, put_away):
    if put_away:
        put_in_flac(workspace, take)

    delete_her(workspace, ids)

    sound = {name: heard(take, name) for name in LINES}
    for number, name in enumerate(LINES):
        before = coded(number, SECONDS * RATE)
        assert len(sound[name]) == len(before)
        assert_same(sound[name], before, 0, 29)
        assert_same(sound[name], before, 125, 200)
    for name in (CALLER, SEAT):
        assert not sound[name][31 * RATE : 102 * RATE].any()
    assert_same(sound[PROGRAMME], coded(3, SECONDS * RATE), 68, 74)
    assert_same(sound[STUDIO], coded(1, SECONDS * RATE), 60, 74)
    for name in (STUDIO, PROGRAMME):  # her name, and her number across a pause
        for at in (75.2, 87.5, 91.0, 120.5):
            assert not sound[name][round(at * RATE) : round((at + 0.2) * RATE)].any()


def test_the_words_of_others_stay_in_the_captions(workspace, take, ids):
    delete_her(workspace, ids)

    texts = " ".join(said.text for said in heard_captions(take)[0])
    for words in ("您好工资要按月足额付", "号码是", "对吗", "说的情况很多"):
        assert words in texts
    assert "我叫" not in texts
    assert HEARD not in texts
    assert "您再说一遍" in texts
    with Ledger.open(workspace.ledger) as ledger:
        assert HEARD not in ledger.question(ids["question"]).answer


@pytest.mark.parametrize("record", ["call", "case"])
@pytest.mark.parametrize("why", list(Retention))
def test_what_has_to_be_kept_is_kept(workspace, ids, record, why, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        if record == "call":
            ledger.save_call(replace(ledger.call(ids["later"]), retained=why), by=BY)
        else:
            ledger.save_case(replace(ledger.case(ids["case"]), retained=why), by=BY)
    before = contents(workspace)

    assert run(workspace, number_of(workspace, ids["question"]), "--confirm", "删除") == 1

    said = capsys.readouterr().err
    assert why.value in said
    assert "通话" in said if record == "call" else "AJ-2026-0001" in said
    assert contents(workspace) == before


def test_nothing_is_deleted_while_something_is_recorded(workspace, ids, capsys):
    lock = FileLock(workspace.recorder_lock)
    assert lock.acquire()
    before = contents(workspace)
    try:
        assert run(workspace, number_of(workspace, ids["question"]), "--confirm", "删除") == 1
    finally:
        lock.release()

    assert "正在录音" in capsys.readouterr().err
    assert contents(workspace) == before


def test_what_another_program_holds_is_finished_later_and_said(workspace, take, ids, capsys):
    number = number_of(workspace, ids["question"])
    lock = FileLock(take / LOCK)
    assert lock.acquire()
    try:
        assert run(workspace, number, *ALL) == 1
    finally:
        lock.release()
    assert "还有一部分没有清干净：录音" in capsys.readouterr().err
    assert files_that_tell(workspace.root) != []
    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 1
    assert "个人信息删除：发现 1 处问题" in capsys.readouterr().out

    assert run(workspace) == 0

    assert "接着做完了 1 次删除" in capsys.readouterr().out
    assert files_that_tell(workspace.root) == []
    is_green(workspace, capsys)


def test_a_reader_of_the_ledger_holds_up_the_last_step_alone(workspace, ids, capsys, monkeypatch):
    number = number_of(workspace, ids["question"])
    monkeypatch.setattr("hotline_desk.ledger.opening.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(workspace.ledger)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM calls").fetchone()
        assert run(workspace, number, *ALL) == 1
        assert "台账文件" in capsys.readouterr().err

    assert run(workspace) == 0

    assert files_that_tell(workspace.root) == []


def test_backups_that_still_hold_her_are_told_until_they_are_removed(workspace, ids, capsys):
    number = number_of(workspace, ids["question"])
    assert run(workspace, number, "--with-files", "--confirm", "删除") == 0
    assert "还有 1 个文件或备份里可能有" in capsys.readouterr().out
    (backup,) = files_that_tell(workspace.root)

    assert "备份里还留着" in is_green(workspace, capsys)
    assert run(workspace) == 0
    assert Path(backup).name in capsys.readouterr().out
    assert run(workspace, "--with-backups") == 0

    assert files_that_tell(workspace.root) == []
    (fresh,) = workspace.backups.iterdir()
    with Ledger.open(fresh) as ledger:
        assert ledger.question(ids["question"]).amount_fen == 3_300_000


def test_a_copy_that_is_put_back_does_not_bring_her_back(workspace, ids, capsys):
    (copy,) = workspace.backups.iterdir()
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_call(NewCall(episode=None, at=studio_now()), by=BY)
    assert run(workspace, number_of(workspace, ids["question"]), "--confirm", "删除") == 0
    capsys.readouterr()

    assert cli.run(["restore", copy.name, "--workspace", str(workspace.root)]) == 0

    assert "以前删除过的个人信息又删除了 1 次" in capsys.readouterr().out
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.call(ids["call"]).caller.name == ""
        assert len(ledger.calls()) == 3
    assert "ledger.db" not in files_that_tell(workspace.root)


@pytest.mark.slow
@pytest.mark.parametrize("milliseconds", [500, 650, 800, 950, 1100, 1300, 1600])
def test_killed_anywhere_it_is_finished_at_the_next_start(
    workspace, take, ids, milliseconds, capsys
):
    put_in_flac(workspace, take)
    number, before = number_of(workspace, ids["question"]), figures(workspace)
    command = [sys.executable, "-m", "hotline_desk", "delete-person", number, *ALL,
               "--workspace", str(workspace.root)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as deleting:
        with suppress(subprocess.TimeoutExpired):
            deleting.communicate(timeout=milliseconds / 1000)
        deleting.kill()
        deleting.communicate()
    with Ledger.open(workspace.ledger) as ledger:
        begun = ledger.kept(Deletion)

    assert run(workspace, *(() if begun else (number, *ALL))) == 0

    assert files_that_tell(workspace.root) == []
    assert figures(workspace) == before
    is_green(workspace, capsys)


def contents(workspace):
    return {
        path: path.read_bytes()
        for path in workspace.root.rglob("*")
        if path.is_file() and not path.name.startswith(("ledger.db-", "recorder.lock"))
    }


def delete_her(workspace, ids):
    with DeletingLedger.open(workspace.ledger) as ledger:
        proposal = propose(ledger, workspace, ledger.person_of_call(ids["call"]))
        delete(ledger, workspace, proposal, who="审查员", files=True, backups=True)


def put_in_flac(workspace, take):
    consolidate(workspace, take, progress=lambda share, left: None, cancelled=lambda: False)


def assert_same(one, other, first, end):
    assert np.array_equal(one[first * RATE : end * RATE], other[first * RATE : end * RATE])
