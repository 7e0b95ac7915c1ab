"""更正说明: an answer that was published and has become another since."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.corrections import correction, first_published
from hotline_desk.domain.history import HistoryEntry
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import Question
from hotline_desk.domain.times import STUDIO_ZONE

ON = date(2026, 11, 26)
WAS, IS = "可以直接起诉。", "先申请仲裁，再起诉。"
QUESTION = Question(
    id=7, number="GHFL-2026-190-03", episode=190, confirmed=True, answer=IS, caller=Caller(),
    at=datetime(2026, 11, 25, 10, 3, tzinfo=STUDIO_ZONE),
)  # fmt: skip
PUBLISHED = Publication(item="纪要", episode=190, place="职工大讲堂", published_on=ON)


def changed(field, before, after, *, days=6):
    at = datetime.combine(ON, datetime.min.time(), STUDIO_ZONE) + timedelta(days=days)
    return HistoryEntry(at=at, by="甲", field=field, before=before, after=after)


ANSWERED = changed("answer", WAS, IS)
UNTICKED, TICKED = changed("confirmed", 1, 0), changed("confirmed", 0, 1)


def test_another_answer_is_told_with_both_days():
    assert correction(QUESTION, [ANSWERED, UNTICKED, TICKED], PUBLISHED) == (
        "GHFL-2026-190-03：2026-11-26 在职工大讲堂发布以后，解答要点于 2026-12-02 更正。"
    )


def test_one_that_waits_for_its_lawyer_is_told_as_such():
    told = correction(replace(QUESTION, confirmed=False), [ANSWERED, UNTICKED], PUBLISHED)

    assert told.endswith("解答要点于 2026-12-02 更正，更正后的待解答律师确认。")


def test_other_articles_are_a_correction_too():
    question = replace(QUESTION, articles="第五条")
    articles = changed("articles", "第三条", "第五条")

    assert "解答要点和法律依据于" in correction(question, [ANSWERED, articles], PUBLISHED)
    assert correction(replace(question, articles=""), [changed("articles", "", "第五条")],
                      PUBLISHED) == ""  # fmt: skip


@pytest.mark.parametrize(
    "history",
    [
        [],
        [changed("answer", WAS, IS, days=0)],
        [changed("answer", WAS, IS, days=-1), changed("point", "甲", "乙")],
        [changed("answer", "", IS)],
        [changed("answer", IS, WAS), changed("answer", WAS, IS)],
        [ANSWERED, TICKED],
    ],
    ids=["none", "that day", "before", "first answer", "taken back", "not confirmed before"],
)
def test_what_was_not_published_otherwise_is_no_correction(history):
    assert correction(QUESTION, history, PUBLISHED) == ""


def test_a_question_is_published_with_its_episode_or_alone():
    alone = replace(PUBLISHED, episode=None, question_id=7, published_on=ON - timedelta(days=1))
    others = [replace(PUBLISHED, episode=189), replace(PUBLISHED, question_id=8)]
    outside = replace(QUESTION, episode=None)

    assert first_published(QUESTION, [PUBLISHED, alone, *others]) == alone
    assert first_published(QUESTION, [PUBLISHED, *others]) == PUBLISHED
    assert first_published(QUESTION, others) is None
    assert first_published(outside, [replace(PUBLISHED, episode=None), PUBLISHED]) is None
