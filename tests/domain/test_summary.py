"""What the public may read, and what only the office may."""

from hotline_desk.domain.casework.claims import Stretch
from hotline_desk.domain.questions import Handling, Span
from hotline_desk.domain.summary import (
    DUMPED,
    UNCHECKED,
    UNREAD,
    follow_ups,
    printed_questions,
)
from tests.reports.sample_episodes import a_question

TAKE = "episodes/a/take"


def public(question, **more):
    return printed_questions([question], internal=False, **more)[0]


def test_every_text_of_a_question_is_masked_for_the_public():
    told = "董小红 13800125678 阳光物业"
    question = a_question(1, point=told, text=told, answer=told, handling=Handling.CASE)

    printed = public(question)
    followed = follow_ups([question], internal=False)[0]

    for words in (printed.point, printed.text, printed.answer, followed.point):
        assert words == "董某 138****5678 某物业公司"
    assert "董小红" in printed_questions([question], internal=True)[0].point
    assert "董小红" in follow_ups([question], internal=True)[0].point


def test_an_unconfirmed_answer_is_not_in_the_public_record_at_all():
    printed = public(a_question(1, confirmed=False))

    assert (printed.answer, printed.articles, printed.withheld) == ("", "", True)


def test_without_an_answer_nothing_is_withheld():
    assert not public(a_question(1, confirmed=False, answer="", articles="")).withheld


def test_captions_of_what_was_dumped_are_not_published():
    question = a_question(1, take=TAKE)
    dumped = {TAKE: [Stretch(200.0, 220.0)]}

    assert public(question, dumped=dumped).text == DUMPED
    assert public(question, dumped=dumped).point == DUMPED, "it may have been proposed from there"
    assert "工资" in public(question, dumped=dumped).answer
    assert printed_questions([question], internal=True, dumped=dumped)[0].text == question.text


def test_a_dump_in_another_take_leaves_the_question():
    dumped = {TAKE: [], "episodes/b/take": [Stretch(200.0, 220.0)]}

    assert "工资" in public(a_question(1, take=TAKE), dumped=dumped).text


def test_what_a_person_typed_after_a_dump_is_published():
    question = a_question(1, take=TAKE, text="拖欠工资怎么办？", text_typed=True)

    assert public(question, dumped={TAKE: [Stretch(200.0, 220.0)]}).text == question.text


def test_captions_of_a_take_that_cannot_be_read_are_not_published():
    question = a_question(1, take=TAKE)

    for known in ({}, None, {"episodes/b/take": []}):
        printed = public(question, dumped=known)
        assert (printed.text, printed.answer) == (UNREAD, UNREAD)
        full = printed_questions([question], internal=True, dumped=known)[0]
        assert full.text == question.text + UNCHECKED
        assert full.answer == question.answer + UNCHECKED


def test_what_a_person_typed_needs_no_take():
    question = a_question(1, take=TAKE, text_typed=True, answer_typed=True)

    assert "工资" in public(question, dumped={}).text
    assert printed_questions([question], internal=True, dumped={})[0].text == question.text


def test_where_nothing_was_heard_nothing_is_withheld_as_unread():
    question = a_question(1, take=TAKE, text="", answer="", articles="")

    printed = public(question, dumped={})

    assert (printed.text, printed.answer) == ("", "")


def test_the_time_code_runs_from_question_to_answer():
    asked, answered = Span(line="来电", start=60.0, end=90.0), Span(line="演播室", start=92.0)

    assert public(a_question(1)).time_code == "00:03:00–00:05:11"
    assert public(a_question(1, asked=asked, answered=None)).time_code == "00:01:00–00:01:30"
    assert public(a_question(1, asked=asked, answered=answered)).time_code == "00:01:00"
    assert public(a_question(1, asked=None, answered=None)).time_code == ""


def test_what_was_settled_on_the_air_is_not_followed_up():
    assert follow_ups([a_question(1, handling=Handling.ANSWERED)], internal=True) == ()
