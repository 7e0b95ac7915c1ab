"""Whose case it is: typed, chosen with the arrows, and not against a conflict without a reason."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import NewCase, Route
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.casework.due import Due, Stage
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.assign_panel import AssignPanel, _second_line
from tests.ui.writing import commit

PATIENCE = 60_000
BY = "值班员"
EMPLOYER = "某物业管理有限公司"
_STAFF = (
    ("干部甲", StaffKind.CADRE, "快速反应一队", "劳动合同", ""),
    ("李律师", StaffKind.LAWYER, "快速反应二队", "工伤", EMPLOYER),
    ("欧阳律师", StaffKind.LAWYER, "快速反应二队", "女职工", ""),
)


@pytest.fixture
def case(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        for name, kind, team, expertise, advises in _STAFF:
            ledger.keep(
                Staff(name=name, kind=kind, team=team, expertise=expertise, advises=advises),
                by=BY,
            )
        today = studio_now().date()
        ledger.add_case(NewCase(received=today, owner="干部甲"), by=BY)
        return ledger.add_case(NewCase(received=today, employer=EMPLOYER, matter="工伤待遇"), by=BY)


@pytest.fixture
def leaf(show_case, case):
    return show_case(case.id, width=420)


@pytest.fixture
def people(qtbot, leaf):
    """The part of the leaf in which the case is handed to somebody, with everybody offered."""
    leaf.begin_assigning()
    made = leaf.folds.owner.people
    qtbot.waitUntil(lambda: made._candidates != (), timeout=PATIENCE)
    return made


def names(people):
    return [each.staff.name for each in people.people.records()]


def test_everybody_stands_there_with_load_and_conflict(people):
    found = {each.staff.name: each for each in people._candidates}

    assert found["干部甲"].open_cases == 1
    assert found["李律师"].conflict is not None
    assert EMPLOYER in found["李律师"].conflict.words
    assert found["欧阳律师"].conflict is None


def test_typing_filters_by_name_kind_team_and_expertise(people):
    commit(people.field, "律师")
    assert set(names(people)) == {"李律师", "欧阳律师"}

    commit(people.field, " NZG")
    assert names(people) == ["欧阳律师"]


def test_enter_hands_it_over_and_the_arrows_choose(qtbot, people, desk):
    qtbot.keyClick(people.field, Qt.Key.Key_Down)
    assert people.people.isVisible()
    while people.people.current().staff.name != "欧阳律师":
        qtbot.keyClick(people.field, Qt.Key.Key_Down)

    qtbot.keyClick(people.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.owner == "欧阳律师", timeout=PATIENCE)
    assert people.people.isHidden()
    assert people.field.text() == "欧阳律师"


def test_who_has_cases_and_is_in_no_register_is_offered_and_marked(qtbot, leaf, desk, case, ask):
    known = "老王"
    ask(lambda ledger: ledger.add_case(NewCase(received=case.received, owner=known), by=BY))
    leaf.begin_assigning()
    people = leaf.folds.owner.people
    qtbot.waitUntil(lambda: people._candidates != (), timeout=PATIENCE)
    assert people._nobody.isHidden()

    commit(people.field, known)
    assert names(people) == [known]
    assert _second_line(people.people.current()) == "不在人员里，没有核查利益冲突"
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    assert f"人员里没有“{known}”" in people._says.text()
    qtbot.keyClick(people.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.owner == known, timeout=PATIENCE)


def test_an_empty_register_says_where_people_are_registered(qtbot, appearance):
    panel = AssignPanel(appearance)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel._nobody.isVisible()

    panel.show_candidates(())

    assert panel._nobody.isVisible()
    assert "设置（Ctrl+5）→ 人员" in panel._nobody.text()


def test_a_conflict_is_told_in_full_once(qtbot, people):
    commit(people.field, "李律师")

    assert EMPLOYER in people._says.text()
    assert people._says.isVisible()
    assert EMPLOYER not in _second_line(people.people.current())


def test_an_employer_learned_later_stops_the_course_until_a_reason_is_written(
    qtbot, leaf, desk, ask, case
):
    ask(lambda ledger: ledger.save_case(
        replace(case, owner="李律师", route=Route.CADRE, course=Course.PLANNED), by=BY
    ))  # fmt: skip
    desk.case.show_case(case.id)
    qtbot.waitUntil(lambda: desk.case.case.owner == "李律师", timeout=PATIENCE)
    on = next(each for each in desk.case.deeds if each.to is Course.MEDIATING)

    with qtbot.waitSignal(desk.case.reason_wanted, timeout=PATIENCE) as wanted:
        assert desk.case.do(on, {field.name: field.value for field in on.fields})
    people = leaf.folds.owner.people
    commit(people.reason, "已解除顾问合同")
    qtbot.keyClick(people.reason, Qt.Key.Key_Return)

    assert EMPLOYER in wanted.args[0]
    qtbot.waitUntil(lambda: bool(desk.case.case.actions), timeout=PATIENCE)
    with qtbot.waitSignal(desk.case.done, timeout=PATIENCE):
        assert desk.case.do(on, {field.name: field.value for field in on.fields})


def test_an_employer_that_is_advised_is_written_and_asks_for_the_reason(
    qtbot, leaf, desk, ask, case
):
    ask(lambda ledger: ledger.save_case(replace(case, owner="李律师", employer=""), by=BY))
    desk.office.rows_changed.emit()
    qtbot.waitUntil(lambda: desk.case.case.owner == "李律师", timeout=PATIENCE)

    with qtbot.waitSignal(desk.case.reason_wanted, timeout=PATIENCE):
        assert desk.case.write("employer", EMPLOYER)

    qtbot.waitUntil(lambda: desk.case.case.employer == EMPLOYER, timeout=PATIENCE)
    said = leaf._head._conflict
    assert "请改派他人，或写明为什么仍可承办" in said.text()
    people = leaf.folds.owner.people
    people.done()
    leaf.go(Due(stage=Stage.CONFLICT, case=case, day=case.received, left=0, words="利益冲突"))
    assert people.reason.hasFocus()
    commit(people.reason, "已解除顾问合同")
    qtbot.keyClick(people.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请改派他人" not in said.text(), timeout=PATIENCE)
    assert EMPLOYER in said.text()


def test_a_conflict_wants_its_reason_and_keeps_it(qtbot, people, desk, case):
    commit(people.field, "李律师")
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    assert people.reason.hasFocus()
    assert desk.case.case == case

    qtbot.keyClicks(people.reason, "the contract ended")
    qtbot.keyClick(people.reason, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.owner == "李律师", timeout=PATIENCE)
    assert any("the contract ended" in action.words for action in desk.case.case.actions)
    assert people.reason.isHidden()


def test_esc_goes_back_one_step_and_hands_nothing_over(qtbot, people, desk, case):
    commit(people.field, "李律师")
    qtbot.keyClick(people.field, Qt.Key.Key_Return)

    qtbot.keyClick(people.reason, Qt.Key.Key_Escape)

    assert people.field.hasFocus()
    assert people.reason.isHidden()
    assert desk.case.case == case


def test_somebody_who_is_not_in_the_register_is_taken_once_that_was_said(qtbot, people, desk, case):
    qtbot.keyClicks(people.field, "Wang")

    qtbot.keyClick(people.field, Qt.Key.Key_Tab)
    assert "人员里没有“Wang”，没有核查利益冲突：再按 Enter 仍然指派" in people._says.text()
    assert people._says.isVisible()
    qtbot.wait(200)
    assert desk.case.case == case
    people.field.setFocus()
    qtbot.keyClicks(people.field, "u")
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    assert "“Wangu”" in people._says.text()
    qtbot.keyClick(people.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    qtbot.wait(200)
    assert desk.case.case == case

    qtbot.keyClick(people.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.owner == "Wang", timeout=PATIENCE)


def test_a_field_that_is_left_with_a_choice_still_open_hands_nothing_over(
    qtbot, people, desk, case
):
    commit(people.field, "律师")

    qtbot.keyClick(people.field, Qt.Key.Key_Tab)
    desk.office.rows_changed.emit()
    qtbot.wait(300)

    assert desk.case.case == case
    assert people.field.text() == "律师"


def test_while_an_input_method_composes_enter_is_its_own(qtbot, people, desk, case):
    QApplication.sendEvent(people.field, QInputMethodEvent("gan bu", []))

    qtbot.keyClick(people.field, Qt.Key.Key_Return)

    assert desk.case.case == case
    assert people.field.hasFocus()


def test_a_route_that_wants_a_check_waits_for_its_words(qtbot, people, desk):
    qtbot.keyClicks(people.field, "Wang")
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    qtbot.keyClick(people.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.case.case.owner == "Wang", timeout=PATIENCE)
    with qtbot.waitSignal(desk.case.reason_wanted, timeout=PATIENCE):
        desk.case.write("route", Route.LEGAL_AID.value)
    assert desk.case.case.route is None
    assert people.reason.hasFocus()

    qtbot.keyClicks(people.reason, "asked him")
    qtbot.keyClick(people.reason, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.route is Route.LEGAL_AID, timeout=PATIENCE)
    assert desk.case.case.owner == "Wang"
