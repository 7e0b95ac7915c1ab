"""不同意录音: nothing of the call is seen, heard or printed; the programme keeps its sound."""

import dataclasses
import shutil
from datetime import timedelta

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import CallState
from hotline_desk.domain.deletions import Deletion
from hotline_desk.domain.questions import Span
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import DeletionUnfinished, RecordingRefused, WorkspaceUnwritable
from hotline_desk.messages import sentence
from hotline_desk.take.captions import read_captions
from hotline_desk.take.marks import MARKS, MarkKind, marks
from hotline_desk.take.purge import REGRET_SECONDS
from hotline_desk.take.take import Take
from hotline_desk.workflows import consent
from hotline_desk.workflows.examine import take_faults
from hotline_desk.workflows.forget_refused import forget_refused
from hotline_desk.workflows.listen import listen
from hotline_desk.workflows.purge import purge_ended
from hotline_desk.workflows.transcript import write_transcript
from hotline_desk.workflows.undo import undo
from tests.take.seat_take import say
from tests.workflows.four_lines import CALLER, PROGRAMME, SEAT, heard
from tests.workflows.refusals.refused_call import (
    KEPT,
    SECRET,
    SETTINGS,
    files_with,
    found,
    later,
    printed,
)


def test_the_words_are_there_before(desk, ledger, workspace, take, refused, qapp, tmp_path):
    assert len(found(ledger, SECRET)) == 4
    assert SECRET in printed(ledger, workspace, tmp_path / "a.pdf", internal=True)


def test_the_words_of_a_refused_call_are_found_nowhere(
    desk, ledger, workspace, take, refused, qapp, tmp_path, capsys
):
    call = consent.refuse(desk, refused)

    assert call.consent.record is False
    assert [said.text for said in read_captions(take)[0]] == [KEPT]
    assert found(ledger, SECRET) == []
    assert [hit.text for hit in found(ledger, KEPT)] == [KEPT]
    rows = {row.call_id: row for row in desk.questions()}
    assert (rows[call.id].text, rows[call.id].answer) == ("", "")
    assert rows[call.id].asked is not None
    for internal in (True, False):
        text = printed(ledger, workspace, tmp_path / f"{internal}.pdf", internal=internal)
        assert SECRET not in text
        assert KEPT[:4] in text
    write_transcript(take, tmp_path / "文字稿.txt")
    assert SECRET not in (tmp_path / "文字稿.txt").read_text("utf-8")
    cli.run(["search", "名字", "--json", "--workspace", str(workspace.root)])
    assert capsys.readouterr().out == ""
    faults, _ = take_faults(ledger, workspace)
    assert faults == []


def test_captions_that_come_after_the_refusal_are_not_seen_either(desk, ledger, take, refused):
    consent.refuse(desk, refused)

    say(take, CALLER, 90.0, "后来说的名字")
    desk.follow_captions()

    assert found(ledger, "名字") == []
    assert [row.text for row in desk.questions() if row.call_id == refused.id] == [""]


def test_what_a_person_typed_stays(desk, ledger, workspace, take, refused, qapp, tmp_path):
    (row,) = [row for row in desk.questions() if row.call_id == refused.id]
    ledger.save_question(dataclasses.replace(row, text="想问加班费", text_typed=True), by="导播")

    consent.refuse(desk, refused)

    assert ledger.question(row.id).text == "想问加班费"
    assert "想问加班费" in printed(ledger, workspace, tmp_path / "a.pdf", internal=False)


def test_a_row_whose_captions_were_not_read_anew_is_not_printed_either(
    desk, ledger, workspace, take, refused, qapp, tmp_path
):
    consent.refuse(desk, refused)
    (row,) = [row for row in desk.questions() if row.call_id == refused.id]
    ledger.save_question(dataclasses.replace(row, text=SECRET, answer=SECRET), by="字幕")

    text = printed(ledger, workspace, tmp_path / "a.pdf", internal=True)

    assert SECRET not in text
    assert "不同意录音" in text


def test_a_correction_of_words_across_the_edge_is_not_seen_either(desk, ledger, take):
    say(take, CALLER, 49.6, "再见我姓王")  # a word each 0.2 s; the pre-roll begins at 50.0
    desk.follow_captions()
    call = desk.ring(at=60.0)
    ledger.add_edit(desk.take_name, Edit("来电", 49.6, "再见，我姓王。"), by="审看")

    consent.refuse(desk, call)

    assert [said.text for said in read_captions(take)[0]] == ["再见"]
    assert found(ledger, "王") == []
    assert [hit.text for hit in found(ledger, "再见")] == ["再见"]
    consent.allow(desk, call)
    assert [hit.text for hit in found(ledger, "再见")] == ["再见，我姓王。"]


def test_it_cannot_be_played_and_says_why(desk, workspace, take, refused):
    consent.refuse(desk, refused)
    name = desk.take_name

    for line, start in ((CALLER, 60.0), (SEAT, 52.0), (PROGRAMME, 99.0)):
        with pytest.raises(RecordingRefused) as refusal:
            listen(workspace, name, Span(line=line, start=start, end=start + 1), SETTINGS)
    assert sentence(refusal.value) == "来电人不同意录音，这一段不能播放。"
    consent.may_be_played(Take(take), Span(line=CALLER, start=8.0, end=20.0))


def test_undoing_it_in_time_brings_all_back(desk, ledger, workspace, take, refused):
    before = {row.id: row.text for row in desk.questions()}
    with ledger.together():
        consent.refuse(desk, refused)

    assert undo(desk).startswith("通话（未留姓名）：录音授权")

    assert ledger.call(refused.id).consent.record is None
    assert MarkKind.REFUSED not in [mark.kind for mark in marks(take)]
    assert len(found(ledger, SECRET)) == 4
    assert {row.id: row.text for row in desk.questions()} == before
    purge_ended(workspace, SETTINGS, later(take, REGRET_SECONDS + 30))
    assert heard(take, SEAT).all()


def test_a_caller_who_agrees_after_all_is_shown_again(desk, ledger, take, refused):
    consent.refuse(desk, refused)
    consent.refuse(desk, refused)
    assert [mark.kind for mark in marks(take)].count(MarkKind.REFUSED) == 1

    call = consent.allow(desk, refused)

    assert call.consent.record is True
    assert len(found(ledger, SECRET)) == 4


def test_a_refusal_that_cannot_be_marked_changes_nothing(desk, ledger, take, refused):
    set_already = (take / MARKS).read_bytes()
    (take / MARKS).unlink()
    (take / MARKS).symlink_to(take / "gone" / MARKS)  # nobody, root neither, can write there

    with pytest.raises(WorkspaceUnwritable):
        consent.refuse(desk, refused)

    (take / MARKS).unlink()
    (take / MARKS).write_bytes(set_already)
    assert ledger.call(refused.id).consent.record is None
    assert len(found(ledger, SECRET)) == 4


def test_a_call_of_an_earlier_take_is_refused_there_and_where_it_goes_on(
    desk, ledger, workspace, take, recorded
):
    call = desk.ring(at=150.0)
    say(take, CALLER, 155.0, SECRET)
    desk.follow_captions()
    after = take.with_name("take-101500")
    after.mkdir()
    for path in recorded.iterdir():
        (after / path.name).write_bytes(path.read_bytes())
    desk.follow(after)
    say(after, CALLER, 4.0, SECRET)
    desk.follow_captions()

    consent.refuse(desk, ledger.call(call.id), at=5.0)
    desk.advance(call.id, CallState.ENDED, at=30.0)
    say(after, CALLER, 50.0, KEPT)
    desk.follow_captions()

    assert found(ledger, SECRET) == []
    assert read_captions(take)[0] == []
    assert [said.text for said in read_captions(after)[0]] == [KEPT]


@pytest.mark.parametrize("kinds", [("不同意录音",), ("来电", "结束", "不同意录音")])
def test_a_refusal_whose_mark_was_damaged_is_marked_again(
    desk, workspace, ledger, take, refused, kinds
):
    consent.refuse(desk, refused)
    lines = (take / MARKS).read_text("utf-8").splitlines()
    hurt = [
        "#" if f'"call": {refused.id}' in line and any(kind in line for kind in kinds) else line
        for line in lines
    ]
    (take / MARKS).write_text("".join(f"{line}\n" for line in hurt), encoding="utf-8")
    desk.read_anew()
    assert found(ledger, SECRET)

    consent.restore_marks(ledger, workspace, pre_roll_seconds=10.0)

    assert found(ledger, SECRET) == []
    assert SECRET not in str(read_captions(take)[0])
    assert found(ledger, KEPT)
    before = (take / MARKS).read_bytes()
    consent.restore_marks(ledger, workspace, pre_roll_seconds=10.0)
    assert (take / MARKS).read_bytes() == before


def test_afterwards_the_machines_words_are_in_no_file(
    desk, ledger, workspace, take, refused, capsys
):
    before = ledger.backup(workspace.backups)
    call = consent.refuse(desk, refused)
    (row,) = [row for row in desk.questions() if row.call_id == call.id]
    typed = dataclasses.replace(row, point="加班费", answer="按月付", answer_typed=True)
    ledger.save_question(typed, by="导播")
    key = max(mark.wall for mark in marks(take) if mark.kind is MarkKind.REFUSED)
    assert forget_refused(workspace, key + timedelta(seconds=60)) == []

    (done,) = forget_refused(workspace, key + timedelta(seconds=REGRET_SECONDS))

    assert done.finished_at is not None
    assert files_with(workspace, SECRET) == [before]
    assert KEPT in (take / "captions.jsonl").read_text("utf-8")
    assert (ledger.question(row.id).point, ledger.question(row.id).answer) == ("加班费", "按月付")
    assert ledger.examine() == []
    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 0
    assert before.name in capsys.readouterr().out
    assert forget_refused(workspace, key + timedelta(days=1)) == []
    assert cli.run(["delete-person", "--with-backups", "--workspace", str(workspace.root)]) == 0
    assert files_with(workspace, SECRET) == []


def test_what_was_heard_waits_for_a_take_that_cannot_be_read(
    desk, ledger, workspace, take, refused
):
    consent.refuse(desk, refused)
    key = max(mark.wall for mark in marks(take) if mark.kind is MarkKind.REFUSED)
    on = key + timedelta(seconds=REGRET_SECONDS)
    whole = (take / "take.json").read_bytes()
    (take / "take.json").write_bytes(whole[:40])

    with pytest.raises(DeletionUnfinished) as told:
        forget_refused(workspace, on)

    assert take.name in told.value.left
    assert ledger.kept(Deletion) == []
    (take / "take.json").write_bytes(whole)
    (done,) = forget_refused(workspace, on)
    assert done.finished_at is not None
    assert files_with(workspace, SECRET) == []


def test_where_a_take_is_gone_the_history_is_forgotten(desk, ledger, workspace, take, refused):
    consent.refuse(desk, refused)
    key = max(mark.wall for mark in marks(take) if mark.kind is MarkKind.REFUSED)
    assert files_with(workspace, SECRET)
    shutil.rmtree(take)

    (done,) = forget_refused(workspace, key + timedelta(seconds=REGRET_SECONDS))

    assert done.finished_at is not None
    assert files_with(workspace, SECRET) == []
