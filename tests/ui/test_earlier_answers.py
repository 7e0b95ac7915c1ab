"""往期解答: answers given before, with a warning where the law has changed since."""

import dataclasses
from datetime import datetime

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import REVISED
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.ledger import Ledger
from hotline_desk.ui.live.earlier_answers import EarlierAnswers, EarlierAnswersViewModel


def test_an_answer_whose_law_has_changed_says_so(qtbot, desk, appearance, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        for day, point in (("2019-03-06", "老解答"), ("2026-03-04", "新解答")):
            new = NewQuestion(
                episode=None,
                category=Category.UNION,
                point=point,
                answer="可以。",
                articles="工会法 第十一条",
                at=datetime.fromisoformat(f"{day}T10:00:00+08:00"),
            )
            row = ledger.add_question(new, by="接线员")
            ledger.save_question(dataclasses.replace(row, confirmed=True), by="接线员")
    model = EarlierAnswersViewModel(desk.office)
    view = EarlierAnswers(appearance)
    qtbot.addWidget(view)
    model.found.connect(view.show_answers)

    with qtbot.waitSignal(model.found):
        model.look_up(Category.UNION.value, None)

    told = {each.question.point: each.revised for each in view.records()}
    assert told == {"老解答": True, "新解答": False}
    said = [view.model().data(view.model().index(row, 0)) for row in range(2)]
    assert [words.startswith(REVISED) for words in said] == [False, True]
