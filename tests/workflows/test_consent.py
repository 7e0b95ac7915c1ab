"""不同意录音: nothing of the call is seen, heard or printed; the programme keeps its sound."""

import dataclasses
import json
import shutil
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import CallState
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Span
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import RecordingRefused, SoundPurged, WorkspaceUnwritable
from hotline_desk.ledger import Ledger
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.take import journal
from hotline_desk.take.captions import read_captions
from hotline_desk.take.marks import MARKS, MarkKind, marks
from hotline_desk.take.purge import REGRET_SECONDS
from hotline_desk.take.take import Take
from hotline_desk.workflows import consent
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.examine import take_faults
from hotline_desk.workflows.forget_refused import forget_refused
from hotline_desk.workflows.listen import listen
from hotline_desk.workflows.purge import forget, is_settled, purge_ended
from hotline_desk.workflows.summarise import summarise
from hotline_desk.workflows.transcript import write_transcript
from hotline_desk.workflows.undo import undo
from hotline_desk.workflows.workspace import prepare
from tests.coded_sound import coded, write_coded
from tests.recorder_process import RecorderProcess
from tests.reports.pdf_reader import ReadPdf
from tests.take.test_purge import say

RATE = 4000
SECONDS = 200
CALLER, STUDIO, SEAT, PROGRAMME = "来电", "演播室", "坐席", "节目输出（PGM）"
LINES = (CALLER, STUDIO, SEAT, PROGRAMME)
SETTINGS = Settings(purge_minutes=10, pre_roll_seconds=10, pre_listen="监听")
SECRET, KEPT = "我不想留下名字", "拖欠工资怎么办"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A take that the recorder itself has written: four lines of coded sound, 200 s at 50 times."""
    root = tmp_path_factory.mktemp("recorded")
    sound = write_coded(root / "sound.wav", [0, 1, 2, 3], seconds=SECONDS, rate_hz=RATE)
    lines = [f"{name}=file:{sound}?channel={n}&speed=50" for n, name in enumerate(LINES, start=1)]
    with RecorderProcess(root, *lines) as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def take(workspace, recorded):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-095000"
    folder.mkdir(parents=True)
    for path in recorded.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="导播")
        yield ledger


@pytest.fixture
def desk(ledger, workspace, take):
    desk = CallDesk(ledger, workspace, episode=190, by="导播", pre_roll_seconds=10.0)
    desk.follow(take)
    return desk


@pytest.fixture
def refused(desk, take):
    """A call from 60 to 100 s with a question and its answer; another one before it."""
    earlier = desk.ring(at=5.0)
    desk.speaking(CALLER, 8.0)
    desk.mark_question(earlier, at=9.0)
    say(take, CALLER, 8.0, KEPT)
    desk.end(earlier.id, at=20.0)
    call = desk.ring(at=60.0)
    desk.speaking(CALLER, 62.0)
    question = desk.mark_question(call, at=63.0)
    desk.speaking(STUDIO, 70.0)
    desk.mark_answer(question, at=71.0)
    for line, start in ((CALLER, 62.0), (SEAT, 55.0), (STUDIO, 70.0), (PROGRAMME, 62.0)):
        say(take, line, start, SECRET)
    desk.end(call.id, at=100.0)
    desk.follow_captions()
    return call


def later(take, seconds):
    """Return the wall time *seconds* of take time after the take's end."""
    end = next(event for event in Take(take).events() if event["event"] == "end")
    return datetime.fromisoformat(end["wall"]) + timedelta(seconds=seconds / Take(take).speed)


def printed(ledger, workspace, path, *, internal):
    return ReadPdf.read(summarise(ledger, 190, path, internal=internal, workspace=workspace)).text


def found(ledger, words):
    return ledger.search(words)


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


def heard(take, name):
    sound = Take(take)
    return np.frombuffer(sound.read(name, 0, SECONDS * RATE), "<i2")


def test_its_sound_is_silence_on_the_seat_and_whole_everywhere_else(desk, workspace, take, refused):
    consent.refuse(desk, refused)

    changed = purge_ended(workspace, SETTINGS, later(take, REGRET_SECONDS + 30)).changed

    assert changed == [take]
    seat, full = heard(take, SEAT), coded(2, SECONDS * RATE)
    call = slice(50 * RATE + 1, 103 * RATE - 1)  # with its pre-roll of 10 s
    assert not seat[call].any()
    assert np.array_equal(seat[: 50 * RATE - 1], full[: 50 * RATE - 1])
    assert np.array_equal(seat[103 * RATE + 1 :], full[103 * RATE + 1 :])
    for number, name in enumerate((CALLER, STUDIO)):
        assert np.array_equal(heard(take, name), coded(number, SECONDS * RATE))
    assert np.array_equal(heard(take, PROGRAMME), coded(3, SECONDS * RATE))
    told = [json.loads(line) for line in (take / "events.jsonl").read_text("utf-8").splitlines()]
    assert {event["reason"] for event in told if event["event"] == "purged"} == {"refused"}
    content = (take / "captions.jsonl").read_text("utf-8")
    assert content.count("不想留下名") == 3  # on the three lines that are kept whole


def test_what_nobody_claimed_goes_after_its_time_and_is_told(
    desk, workspace, ledger, take, refused
):
    say(take, SEAT, 150.0, "中午吃什么呢")
    desk.follow_captions()
    assert found(ledger, "中午")

    assert purge_ended(workspace, SETTINGS, later(take, 300)).changed == []
    changed = purge_ended(workspace, SETTINGS, later(take, 700)).changed
    forget(ledger, workspace, changed)

    assert not heard(take, SEAT)[110 * RATE :].any()
    assert heard(take, SEAT)[60 * RATE : 100 * RATE].all()
    assert found(ledger, "中午") == []
    assert found(ledger, SECRET)
    assert "午".encode() not in (take / "captions.jsonl").read_bytes()
    with pytest.raises(SoundPurged):
        consent.may_be_played(Take(take), Span(line=SEAT, start=150.0, end=151.0))
    assert purge_ended(workspace, SETTINGS, later(take, 800)).changed == []


def test_words_that_the_recorder_purged_while_no_window_was_open_are_forgotten(
    desk, workspace, ledger, take
):
    say(take, SEAT, 150.0, "中午吃什么呢")
    desk.follow_captions()
    samples = {"line": "line3", "sample": 0, "samples": 180 * RATE, "start": 0.0, "end": 180.0}
    purged = {"event": "purged", "at": 190.0, "wall": "", "reason": "unclaimed", **samples}
    journal.append(take / "events.jsonl", purged)

    changed = purge_ended(workspace, SETTINGS, later(take, 10)).changed
    forget(ledger, workspace, changed)

    assert found(ledger, "中午") == []


def test_a_seat_waits_for_its_purge_before_it_may_become_another_file(workspace, take):
    assert not is_settled(Take(take), SETTINGS, later(take, 700))  # due, not done

    purge_ended(workspace, SETTINGS, later(take, 700))

    assert not is_settled(Take(take), SETTINGS, later(take, 300))
    assert is_settled(Take(take), SETTINGS, later(take, 700))


def test_the_ledger_is_asked_only_when_something_is_due(workspace, take, caplog):
    workspace.ledger.write_bytes(b"no ledger")  # whoever asks it is refused

    young, due = (purge_ended(workspace, SETTINGS, later(take, after)) for after in (300, 700))

    assert (young.changed, young.left) == ([], [])
    assert due.left == [take]
    caplog.clear()


def test_what_could_not_be_purged_is_returned_and_purged_the_next_time(workspace, take, caplog):
    first = min(take.glob("line3-*.wav"))
    first.rename(take / "away")
    first.mkdir()  # whoever runs this, root too, cannot write a folder

    purging = purge_ended(workspace, SETTINGS, later(take, 700))
    first.rmdir()
    (take / "away").rename(first)
    again = purge_ended(workspace, SETTINGS, later(take, 700))

    assert (purging.changed, purging.left) == ([take], [take])
    assert (again.changed, again.left) == ([take], [])
    assert not heard(take, SEAT).any()
    assert [record.getMessage() for record in caplog.records] == [
        "a take could not be purged: WorkspaceUnwritable"
    ]
    caplog.clear()


def test_a_take_that_makes_purging_fail_is_returned_and_keeps_no_other(workspace, take, caplog):
    spoiled = take.with_name("take-090000")
    shutil.copytree(take, spoiled)
    told = (spoiled / "events.jsonl").read_text("utf-8").splitlines()
    end = next(line for line in told if json.loads(line)["event"] == "end")
    spoilt = json.dumps(json.loads(end) | {"wall": SECRET})
    (spoiled / "events.jsonl").write_text(
        "".join(f"{spoilt if line == end else line}\n" for line in told), "utf-8"
    )

    purging = purge_ended(workspace, SETTINGS, later(take, 700))

    assert (purging.changed, purging.left) == ([take], [spoiled])
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    caplog.clear()


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


def test_a_desk_that_opens_later_forgets_what_was_purged_meanwhile(desk, ledger, workspace, take):
    say(take, SEAT, 150.0, "中午吃什么呢")
    desk.follow_captions()
    purge_ended(workspace, SETTINGS, later(take, 700))

    again = CallDesk(ledger, workspace, episode=190, by="导播")
    again.follow(take)
    again.follow_captions()

    assert found(ledger, "中午") == []


@pytest.mark.parametrize("left", [None, 0, 1, 2])
def test_marks_that_the_ledger_misses_keep_the_take_from_being_purged(
    desk, workspace, ledger, take, refused, left
):
    whole = (take / MARKS).read_bytes().splitlines(keepends=True)
    (take / MARKS).unlink()
    if left is not None:
        (take / MARKS).write_bytes(b"".join(whole[:left]))

    purge_ended(workspace, SETTINGS, later(take, 700))

    assert np.array_equal(heard(take, SEAT), coded(2, SECONDS * RATE))
    assert "标记" in "".join(take_faults(ledger, workspace)[0])


def test_a_refusal_that_was_taken_back_in_the_ledger_alone_purges_nothing(
    desk, workspace, ledger, take, refused
):
    consent.refuse(desk, refused)
    lines = (take / MARKS).read_bytes()
    consent.allow(desk, refused)
    (take / MARKS).write_bytes(lines)  # the end of the file was lost

    purge_ended(workspace, SETTINGS, later(take, 700))

    assert np.array_equal(heard(take, SEAT), coded(2, SECONDS * RATE))


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


def files_with(workspace, words):
    return [path for path in workspace.root.rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()]  # fmt: skip
