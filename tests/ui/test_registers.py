"""人员, 服务点 and 访问记录 in the settings: written, changed, taken out and put back by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.publications import Access
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import Verb
from tests.ui.writing import commit

PATIENCE = 30_000
STAFF, POINTS, ACCESSES = 1, 2, 3
BY = "值班员"


@pytest.fixture
def kept(qtbot, desk):
    """Return a function that reads all records of a kind."""

    def read(kind):
        found = []
        desk.office.ask(lambda ledger: ledger.kept(kind), owner=desk, then=found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE)
        return found[0]

    return read


@pytest.fixture
def fill(qtbot, desk):
    """Return a function that puts records into their registers."""

    def keep(*records):
        done = []

        def work(ledger):
            return [ledger.keep(record, by=BY) for record in records]

        desk.office.ask(work, owner=desk, then=done.append)
        qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
        desk.office.rows_changed.emit()
        return done[0]

    return keep


@pytest.fixture
def open_register(qtbot, window):
    """Return a function that opens a register and waits until it was read."""

    def open_(at):
        window.open_page(Verb.SETTINGS)
        window.settings.open_leaf(at)
        leaf = window.settings._registers[at]
        qtbot.waitUntil(lambda: leaf._model.read, timeout=PATIENCE)
        return leaf

    return open_


def type_into(leaf, **words):
    for name, text in words.items():
        field = leaf.form._inputs[name]
        field.selectAll()
        commit(field, text)


def shown(leaf, column=0):
    return [
        leaf._rows.index(row, column).data(Qt.ItemDataRole.DisplayRole)
        for row in range(leaf._rows.rowCount())
    ]


def saved(qtbot, leaf, press):
    with qtbot.waitSignal(leaf._model.kept, timeout=PATIENCE):
        press()


def test_somebody_is_registered_by_keys_alone(qtbot, window, open_register, kept):
    leaf = open_register(STAFF)
    assert "按 Insert 登记" in leaf._empty.text()

    qtbot.keyClick(leaf, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is leaf.form._inputs["name"]
    type_into(leaf, name="律师甲", expertise="工伤")
    saved(qtbot, leaf, window.verbs[Verb.SAVE].trigger)
    qtbot.waitUntil(lambda: shown(leaf) == ["律师甲"], timeout=PATIENCE)

    (staff,) = kept(Staff)
    assert (staff.name, staff.kind, staff.expertise) == ("律师甲", StaffKind.LAWYER, "工伤")
    assert window.messages.text == "已保存：律师甲"


def test_a_record_without_a_name_is_not_saved_and_not_lost(qtbot, window, open_register, kept):
    leaf = open_register(STAFF)
    leaf.add()
    type_into(leaf, phone="0633")

    window.verbs[Verb.SAVE].trigger()

    assert "名字" in window.messages.text
    assert leaf.form._inputs["phone"].text() == "0633"
    assert kept(Staff) == []


def test_what_was_typed_is_saved_before_another_row_is_shown(qtbot, fill, open_register, kept):
    fill(Staff(name="甲", kind=StaffKind.LAWYER), Staff(name="乙", kind=StaffKind.LAWYER))
    leaf = open_register(STAFF)
    leaf.table.selectRow(0)
    first = leaf.form._inputs["name"].text()
    type_into(leaf, team="一队")

    saved(qtbot, leaf, lambda: leaf.table.selectRow(1))

    qtbot.waitUntil(lambda: leaf.form._inputs["name"].text() != first, timeout=PATIENCE)
    assert {staff.name: staff.team for staff in kept(Staff)}[first] == "一队"


def test_what_is_refused_stays_in_the_fields(qtbot, fill, open_register, kept, caplog):
    fill(Staff(name="甲", kind=StaffKind.LAWYER))
    leaf = open_register(STAFF)
    leaf.add()
    type_into(leaf, name="甲", team="二队")

    with qtbot.waitSignal(leaf._model.failed, timeout=PATIENCE):
        leaf.table.selectRow(0)

    assert leaf.form._inputs["team"].text() == "二队"
    assert len(kept(Staff)) == 1
    caplog.clear()


def test_delete_takes_out_and_undo_brings_back(qtbot, window, fill, open_register, kept):
    fill(Staff(name="甲", kind=StaffKind.CADRE), Staff(name="乙", kind=StaffKind.CADRE))
    leaf = open_register(STAFF)
    qtbot.waitUntil(lambda: len(shown(leaf)) == 2, timeout=PATIENCE)
    leaf.table.selectRow(0)

    qtbot.keyClick(leaf.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(shown(leaf)) == 1, timeout=PATIENCE)
    assert "Ctrl+Z" in window.messages.text
    window.verbs[Verb.UNDO].trigger()
    qtbot.waitUntil(lambda: len(shown(leaf)) == 2, timeout=PATIENCE)

    assert {staff.name for staff in kept(Staff)} == {"甲", "乙"}


def test_enter_goes_into_the_fields_and_escape_back(qtbot, fill, open_register):
    fill(Staff(name="甲", kind=StaffKind.CADRE))
    leaf = open_register(STAFF)
    qtbot.waitUntil(lambda: not leaf.table.isHidden(), timeout=PATIENCE)
    leaf.focus_list()

    qtbot.keyClick(leaf.table, Qt.Key.Key_Return)
    inside = QApplication.focusWidget()
    qtbot.keyClick(inside, Qt.Key.Key_Escape)

    assert inside is leaf.form._inputs["name"]
    assert QApplication.focusWidget() is leaf.table


def test_points_are_indented_below_their_unit_and_offer_no_ring(qtbot, fill, open_register):
    fill(
        ServicePoint(name="石臼街道", parent="东港区"),
        ServicePoint(name="东港区"),
        ServicePoint(name="岚山区"),
    )
    leaf = open_register(POINTS)

    qtbot.waitUntil(lambda: len(shown(leaf)) == 3, timeout=PATIENCE)
    assert shown(leaf) == ["东港区", "　　石臼街道", "岚山区"]
    leaf.table.selectRow(0)
    above = leaf.form._inputs["parent"]
    assert [above.itemText(at) for at in range(above.count())] == ["日照市总工会", "岚山区"]


def test_accesses_are_looked_at_only(qtbot, fill, open_register):
    fill(Access(at=studio_now().replace(microsecond=0), who="干部甲", what="导出内部版台账"))
    leaf = open_register(ACCESSES)

    qtbot.waitUntil(lambda: shown(leaf, 1) == ["干部甲"], timeout=PATIENCE)
    assert leaf.form is None


@pytest.mark.parametrize("typed", ["一队", "GB 一队"])
def test_the_words_narrow_a_register(qtbot, fill, open_register, typed):
    fill(
        Staff(name="甲", kind=StaffKind.CADRE, team="一队"), Staff(name="乙", kind=StaffKind.LAWYER)
    )
    leaf = open_register(STAFF)
    qtbot.waitUntil(lambda: len(shown(leaf)) == 2, timeout=PATIENCE)

    leaf.filter.setText(typed)

    assert shown(leaf) == ["甲"]
    assert leaf._count.text() == "2 条里的 1 条"


@pytest.mark.parametrize("at", [STAFF, POINTS, ACCESSES])
def test_the_tables_keep_qts_rules(fill, open_register, qtmodeltester, at):
    fill(Staff(name="甲", kind=StaffKind.CADRE), ServicePoint(name="东港区"))

    qtmodeltester.check(open_register(at)._rows)
