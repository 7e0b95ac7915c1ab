from datetime import datetime

from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.take.captions import append_utterance, read_captions
from hotline_desk.take.marks import Mark, MarkKind, add_mark, marks

WALL = datetime.fromisoformat("2026-11-25T10:02:03.500000+08:00")


def test_marks_come_back_as_they_were_set(tmp_path):
    call = Mark(MarkKind.CALL, 12.5, WALL, call_id=3)
    question = Mark(MarkKind.QUESTION, 20.0, WALL, call_id=3, question="GHFL-2026-190-03")

    add_mark(tmp_path, call)
    add_mark(tmp_path, question)

    assert marks(tmp_path) == [call, question]


def test_a_take_without_marks_has_none(tmp_path):
    assert marks(tmp_path) == []


def test_captions_come_back_word_for_word_and_are_followed_by_offset(tmp_path):
    first = Utterance("来电", 1.0, 2.5, "拖欠工资", (Word("拖欠", 1.0, 1.6, 0.9),
                                                  Word("工资", 1.6, 2.5, 1.0)))  # fmt: skip
    second = Utterance("演播室", 3.0, 4.0, "您好", ())
    append_utterance(tmp_path, first)
    seen, offset = read_captions(tmp_path)
    append_utterance(tmp_path, second)

    assert seen == [first]
    assert read_captions(tmp_path, offset)[0] == [second]
