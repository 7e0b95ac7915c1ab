"""What is purged of a take that has ended: what was refused, and what nobody claimed."""

import json
import shutil

import numpy as np
import pytest

from hotline_desk.domain.questions import Span
from hotline_desk.errors import SoundPurged
from hotline_desk.take import journal
from hotline_desk.take.marks import MARKS
from hotline_desk.take.purge import REGRET_SECONDS
from hotline_desk.take.take import Take
from hotline_desk.workflows import consent
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.examine import take_faults
from hotline_desk.workflows.purge import forget, is_settled, purge_ended
from hotline_desk.workflows.recording import relative
from tests.coded_sound import coded
from tests.take.seat_take import say
from tests.workflows.four_lines import CALLER, PROGRAMME, RATE, SEAT, SECONDS, STUDIO, heard
from tests.workflows.refusals.refused_call import SECRET, SETTINGS, found, later


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


@pytest.mark.parametrize("lose", ["cut", "spoilt", "gone"])
def test_only_what_was_purged_is_forgotten_where_the_captions_were_lost(
    desk, workspace, ledger, take, refused, lose
):
    say(take, SEAT, 150.0, "中午吃什么呢")
    desk.follow_captions()
    before = {(each.line, each.start) for each in ledger.utterances(relative(workspace, take))}
    path = take / "captions.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    spoilt = [b"?" * (len(lines[0]) - 1) + b"\n", *lines[1:]]
    path.write_bytes(b"".join({"cut": lines[:2], "spoilt": spoilt, "gone": []}[lose]))
    purge_ended(workspace, SETTINGS, later(take, 700))

    for _ in range(2):
        forget(ledger, workspace, [take])

        after = {(each.line, each.start) for each in ledger.utterances(relative(workspace, take))}
        assert before - after == {(SEAT, 150.0)}
        assert after <= before
        assert found(ledger, SECRET)
        assert any("doctor --rebuild" in fault for fault in take_faults(ledger, workspace)[0])


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
