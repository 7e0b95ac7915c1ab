"""What is written down of a question, and what a lawyer's confirmation covers."""

from dataclasses import replace

import pytest

from hotline_desk.errors import QuestionNotFound
from hotline_desk.workflows import questions
from tests.ledger.records import EPISODE, a_question
from tests.workflows.casework import BY


@pytest.fixture
def asked(ledger):
    new = a_question(episode=EPISODE.number, answer="先投诉，再仲裁。")
    return ledger.add_question(new, by=BY)


@pytest.fixture
def confirmed(ledger, asked):
    return questions.turn_confirmation(ledger, asked.id, {}, lawyer="值班律师", by=BY)


def test_what_somebody_wrote_is_not_followed_by_captions_any_more(ledger, asked):
    noted = questions.amend(ledger, asked.id, {"notes": "急"}, by=BY)
    written = questions.amend(ledger, asked.id, {"text": "两个月没发工资"}, by=BY)

    assert (noted.text_typed, noted.answer_typed) == (False, False)
    assert (written.text_typed, written.answer_typed) == (True, False)
    assert (written.text, written.notes) == ("两个月没发工资", "急")


def test_what_others_have_written_meanwhile_stays(ledger, asked):
    ledger.save_question(replace(asked, point="欠薪"), by="另一席")

    assert questions.amend(ledger, asked.id, {"notes": "急"}, by=BY).point == "欠薪"


@pytest.mark.parametrize(
    ("written", "stays"),
    [({"notes": "急"}, True), ({"answer": "换个说法"}, False), ({"articles": ""}, False)],
)
def test_a_confirmation_is_of_the_answer_that_stood_there(ledger, confirmed, written, stays):
    assert questions.stays_confirmed(confirmed, written) is stays
    assert questions.amend(ledger, confirmed.id, written, by=BY).confirmed is stays


def test_it_is_of_the_guest_of_the_episode_and_is_turned_off_again(ledger, confirmed):
    (guest, *_) = ledger.episode(EPISODE.number).guests

    off = questions.turn_confirmation(ledger, confirmed.id, {}, lawyer="值班律师", by=BY)

    assert (confirmed.confirmed, confirmed.answered_by) == (True, guest.name)
    assert not off.confirmed


def test_without_an_episode_it_is_of_the_lawyer_unless_somebody_is_named(ledger):
    nobodys = ledger.add_question(a_question(answer="可以", episode=None), by=BY)
    named = ledger.add_question(a_question(answer="可以", answered_by="干部甲"), by=BY)

    turned = [
        questions.turn_confirmation(ledger, each.id, {}, lawyer="值班律师", by=BY)
        for each in (nobodys, named)
    ]

    assert [each.answered_by for each in turned] == ["值班律师", "干部甲"]


def test_what_is_written_with_it_is_confirmed_and_taken_back_in_one(ledger, asked):
    turned = questions.turn_confirmation(
        ledger, asked.id, {"answer": "律师改过的说法"}, lawyer="值班律师", by=BY
    )

    ledger.undo(by=BY)

    assert (turned.answer, turned.confirmed) == ("律师改过的说法", True)
    assert ledger.question(asked.id) == asked


def test_nothing_is_written_of_a_question_that_was_undone(ledger, asked):
    ledger.undo(by=BY)

    with pytest.raises(QuestionNotFound):
        questions.amend(ledger, asked.id, {"notes": "急"}, by=BY)
