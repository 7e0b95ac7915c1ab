"""The words of purged sound leave the captions with it."""

import pytest

from hotline_desk.domain.marks import MarkKind
from hotline_desk.system import FileLock
from hotline_desk.take.captions import CAPTIONS, erase_purged, heard_captions, read_captions
from hotline_desk.take.captions import LOCK as CAPTIONS_LOCK
from hotline_desk.take.take import Take
from tests.take.seat_take import CALLER, SEAT, do_purge, make_seat_take, put, say


@pytest.fixture
def folder(tmp_path):
    return make_seat_take(tmp_path)


def test_words_of_purged_sound_are_not_read_and_leave_the_file(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.END, 290.0)
    say(folder, SEAT, 100.0, "午饭吃什么")
    say(folder, SEAT, 210.0, "请问您贵姓")
    say(folder, CALLER, 100.0, "节目里的话")
    before = (folder / CAPTIONS).read_bytes()

    do_purge(folder, 10_000.0)

    assert [said.text for said in read_captions(folder)[0]] == ["请问您贵姓", "节目里的话"]
    assert (folder / CAPTIONS).read_bytes() == before
    assert erase_purged(Take(folder))
    assert not erase_purged(Take(folder))
    after = (folder / CAPTIONS).read_bytes()
    assert "午饭吃什么".encode() not in after
    assert "饭".encode() not in after
    assert len(after) == len(before)
    assert [said.text for said in read_captions(folder)[0]] == ["请问您贵姓", "节目里的话"]
    # whoever writes on knows how far it had heard
    assert heard_captions(folder)[0][0].end == pytest.approx(101.0)


def test_a_reader_s_offset_still_holds_when_words_have_left_the_file(folder):
    say(folder, SEAT, 100.0, "午饭吃什么")
    _, offset = read_captions(folder)
    do_purge(folder, 10_000.0)
    erase_purged(Take(folder))

    say(folder, CALLER, 595.0, "后来的话")

    assert [said.text for said in read_captions(folder, offset)[0]] == ["后来的话"]


def test_words_stay_in_the_file_while_a_captioner_has_it(folder):
    say(folder, SEAT, 100.0, "午饭吃什么")
    do_purge(folder, 10_000.0)
    captioner = FileLock(folder / CAPTIONS_LOCK)
    assert captioner.acquire()

    assert not erase_purged(Take(folder))

    captioner.release()
    assert erase_purged(Take(folder))


def test_an_utterance_keeps_the_words_outside_of_what_was_refused(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.REFUSED, 210.0, pre_roll=30.0)
    put(folder, MarkKind.END, 290.0)
    say(folder, CALLER, 169.4, "前面的后面的")  # from 169.4 on a word each 0.2 s; 170 is the edge

    (said,) = read_captions(folder)[0]

    assert said.text == "前面的"
    assert said.end == pytest.approx(170.0)
