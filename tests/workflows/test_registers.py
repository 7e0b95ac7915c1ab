"""人员 and 服务点: their order, what their names hang on, and the commands that list them."""

import argparse
import json
from datetime import date

import pytest

from hotline_desk.cli import run
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import NameInUse, NameTaken, PointInUse
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import registers
from hotline_desk.workflows.workspace import prepare

BY = "台账管理员"
UNION = "日照市总工会"


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工作"))


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as opened:
        yield opened


def lawyer(name="律师甲", **facts):
    return Staff(name=name, kind=StaffKind.LAWYER, **facts)


def hang(ledger, row):
    """Have something say the name of 东港区."""
    if row == "question":
        ledger.add_question(NewQuestion(episode=None, at=studio_now(), unit="东港区"), by=BY)
    elif row == "case":
        ledger.add_case(NewCase(received=date(2026, 11, 2), unit="东港区"), by=BY)
    else:
        registers.keep_point(ledger, ServicePoint(name="石臼", parent="东港区"), by=BY)


def names(rows):
    return [row.point.name for row in rows]


def test_people_stand_by_kind_and_those_out_of_use_last(ledger):
    for staff in (
        Staff(name="干部乙", kind=StaffKind.CADRE),
        lawyer("律师丙", active=False),
        lawyer("律师甲"),
    ):
        registers.keep_staff(ledger, staff, by=BY)
    for _ in range(2):
        ledger.add_case(NewCase(received=date(2026, 11, 2), matter="欠薪", owner="律师甲"), by=BY)

    rows = registers.staff_rows(ledger)

    assert [row.staff.name for row in rows] == ["律师甲", "干部乙", "律师丙"]
    assert [row.open_cases for row in rows] == [2, 0, 0]


def test_a_name_stands_once_in_a_register(ledger):
    kept = registers.keep_staff(ledger, lawyer(" 律师甲 ", advises="甲公司\n\n 乙公司 "), by=BY)

    with pytest.raises(NameTaken):
        registers.keep_staff(ledger, lawyer("律师甲"), by=BY)

    assert (kept.name, kept.advises) == ("律师甲", "甲公司\n乙公司")
    assert ledger.kept(Staff) == [kept]


def test_who_has_cases_keeps_the_name_and_may_change_all_else(ledger):
    kept = registers.keep_staff(ledger, lawyer(), by=BY)
    ledger.add_case(NewCase(received=date(2026, 11, 2), matter="欠薪", owner="律师甲"), by=BY)

    with pytest.raises(NameInUse):
        registers.keep_staff(ledger, lawyer("律师乙", id=kept.id), by=BY)
    changed = registers.keep_staff(ledger, lawyer(id=kept.id, phone="0633-1"), by=BY)

    assert ledger.kept(Staff) == [changed]


def test_who_is_taken_out_keeps_old_cases_and_comes_back_by_undo(ledger):
    kept = registers.keep_staff(ledger, lawyer(), by=BY)
    case = ledger.add_case(
        NewCase(received=date(2026, 11, 2), matter="欠薪", owner="律师甲"), by=BY
    )

    ledger.take_out(kept, by=BY)

    assert registers.staff_rows(ledger) == ()
    assert ledger.case(case.id).owner == "律师甲"
    ledger.undo(by=BY)
    assert ledger.kept(Staff) == [kept]


def test_points_stand_below_the_unit_their_sums_go_into(ledger):
    for name, parent in (
        ("石臼街道", "东港区"),
        ("东港区", ""),
        ("岚山区", UNION),
        ("碑廓镇", "岚山区"),
    ):
        registers.keep_point(ledger, ServicePoint(name=name, parent=parent), by=BY)

    rows = registers.point_rows(ledger, UNION)

    assert names(rows) == ["东港区", "石臼街道", "岚山区", "碑廓镇"]
    assert [row.level for row in rows] == [1, 2, 1, 2]


def test_points_that_stand_in_a_ring_are_shown_all_the_same(ledger):
    for name, parent in (("甲", "乙"), ("乙", "甲"), (UNION, "")):
        ledger.keep(ServicePoint(name=name, parent=parent), by=BY)

    assert sorted(names(registers.point_rows(ledger, UNION))) == sorted(["甲", "乙", UNION])


def test_a_point_takes_those_below_it_along_to_its_new_name_in_one_step(ledger):
    above = registers.keep_point(ledger, ServicePoint(name="东港"), by=BY)
    registers.keep_point(ledger, ServicePoint(name="石臼", parent="东港"), by=BY)

    registers.keep_point(ledger, ServicePoint(id=above.id, name="东港区"), by=BY)

    assert [point.parent for point in ledger.kept(ServicePoint)] == ["", "东港区"]
    ledger.undo(by=BY)
    assert [point.parent for point in ledger.kept(ServicePoint)] == ["", "东港"]


@pytest.mark.parametrize("row", ["question", "case", "point"])
def test_a_point_that_something_hangs_on_stays(ledger, row):
    point = registers.keep_point(ledger, ServicePoint(name="东港区"), by=BY)
    hang(ledger, row)

    with pytest.raises(PointInUse):
        registers.take_out_point(ledger, point, by=BY)

    assert point in ledger.kept(ServicePoint)


@pytest.mark.parametrize("row", ["question", "case"])
def test_a_point_that_rows_name_keeps_its_name(ledger, row):
    point = registers.keep_point(ledger, ServicePoint(name="东港区"), by=BY)
    hang(ledger, row)

    with pytest.raises(NameInUse):
        registers.keep_point(ledger, ServicePoint(id=point.id, name="东港"), by=BY)

    assert ledger.kept(ServicePoint) == [point]


def test_a_point_that_nothing_hangs_on_leaves(ledger):
    point = registers.keep_point(ledger, ServicePoint(name="东港区"), by=BY)

    registers.take_out_point(ledger, point, by=BY)

    assert ledger.kept(ServicePoint) == []


@pytest.mark.parametrize("command", ["staff", "points"])
def test_a_command_lists_a_register(workspace, ledger, capsys, command):
    registers.keep_staff(ledger, lawyer(expertise="工伤", advises="甲公司\n乙公司"), by=BY)
    registers.keep_point(ledger, ServicePoint(name="东港区", district="东港区"), by=BY)
    asked = ["--workspace", str(workspace.root), command]

    assert run(asked) == 0
    words = capsys.readouterr().out
    assert run([*asked, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)

    if command == "staff":
        assert words == "律师甲  律师  工伤  在办 0 件\n"
        assert facts["kind"] == "律师"
        assert facts["advises"] == ["甲公司", "乙公司"]
        assert facts["open_cases"] == 0
    else:
        assert words == "东港区  东港区\n"
        assert facts["parent"] == UNION


@pytest.mark.parametrize("tell", [registers.tell_staff, registers.tell_points])
def test_an_empty_register_says_where_it_is_filled(workspace, ledger, tell):
    (line,) = tell(argparse.Namespace(workspace=workspace, json=False))

    assert "设置（Ctrl+5）" in line.words
