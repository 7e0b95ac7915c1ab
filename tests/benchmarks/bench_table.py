"""The window on 100,000 questions: how long each act takes, and how long it stands still."""

import shutil
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.arranging import GROUPS, Facet
from hotline_desk.domain.bulk import BulkChange, BulkField
from hotline_desk.paths import Workspace
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.question_columns import COLUMNS
from hotline_desk.workflows.workspace import prepare
from tests.benchmarks import seat as seats
from tests.benchmarks.bench_ledger import INITIALS, WORDS


@pytest.fixture(scope="module")
def workspace(years, tmp_path_factory):
    made = prepare(Workspace(tmp_path_factory.mktemp("desk") / "工会法律在线"))
    shutil.copy(years, made.ledger)
    return made


@pytest.fixture
def seat(workspace, qapp):
    with seats.seated(workspace, qapp) as made:
        made.first = made.arrange(made.open_page)
        yield made


def tell(figure, what, acts):
    seats.tell(figure, f"100,000 questions: {what}", acts)


def test_open(seat, figure):
    tell(figure, "open the page", [seat.first])


def test_scroll(seat, figure):
    key, seen = Qt.Key, seat.is_read
    seat.table.setFocus()
    ends = [seat.act(seat.key(each), seen) for each in (key.Key_End, key.Key_Home) * 5]
    tell(figure, "to the end and back", ends)
    tell(figure, "Page Down", [seat.act(seat.key(key.Key_PageDown), seen) for _ in range(30)])
    bar = seat.table.verticalScrollBar()

    def drag():
        for place in range(0, bar.maximum(), bar.maximum() // 200):
            bar.setValue(place)
            QApplication.processEvents()

    tell(figure, "drag over all of them", [seat.act(drag, seen)])


def test_sort(seat, figure):
    orders = [at for at, column in enumerate(COLUMNS) if column.order]
    way = Qt.SortOrder.DescendingOrder
    acts = [seat.arrange(lambda at=at: seat.table.sortByColumn(at, way)) for at in orders]
    tell(figure, f"put in order by each of {len(orders)} columns", acts)


def test_filter(seat, figure):
    acts = []
    for words in (*WORDS, *INITIALS):
        acts.append(seat.arrange(lambda words=words: seat.page.filter.setText(words)))
        acts.append(seat.arrange(seat.page.filter.clear))
    tell(figure, "type words or initials into the filter", acts)
    model = seat.desk.ledger
    chosen = (
        (Facet.CATEGORY, "工资"),
        (Facet.DISTRICT, "莒县"),
        (Facet.LAWYER, "钱律师"),
        (Facet.LABEL, "农民工"),
    )
    acts = [seat.arrange(lambda each=each: model.choose(each[0], (each[1],))) for each in chosen]
    tell(figure, "add filter upon filter", acts)


def test_group(seat, figure):
    acts = [seat.arrange(lambda each=each: seat.desk.ledger.group(each)) for each in GROUPS]
    tell(figure, f"group by each of {len(GROUPS)}", acts)
    folds = [seat.act(seat.table.turn_all, seat.is_read) for _ in range(6)]
    tell(figure, "fold and unfold all groups", folds)


def test_search(seat, figure, caplog):
    found = []
    seat.desk.archive.found.connect(lambda words, _hits: found.append(words))
    acts = [
        seat.act(
            lambda words=words: seat.desk.archive.search(words), lambda w=words: w in found[-1:]
        )
        for words in (*WORDS, *INITIALS)
    ]
    tell(figure, "search 600,000 utterances", acts)
    caplog.clear()  # the invented takes have no folders, which the archive's page tells


def test_change_many(seat, figure):
    every = seat.act(
        seat.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
        lambda: len(seat.table.chosen_ids()) == len(seat.table.rows.ids),
    )
    tell(figure, "select all", [every])
    seat.table.select_row(0)
    told = []
    seat.desk.bulk.told.connect(told.append)
    ids = seat.table.rows.ids[:5_000]
    change = BulkChange(BulkField.UNIT, "另一个服务点")
    made = seat.act(lambda: seat.desk.bulk.change(ids, change), lambda: len(told) == 1)
    tell(figure, "change 5,000 of them", [made])
    seat.desk.live.told.connect(told.append)
    tell(figure, "take that back", [seat.act(seat.desk.live.undo, lambda: len(told) == 2)])


def test_statistics(seat, figure):
    counted = []
    seat.desk.statistics.counted.connect(counted.append)

    def count():
        seat.window.open_page(Verb.STATISTICS)
        seat.desk.statistics.choose_days(date(2007, 1, 1), date(2026, 12, 31))

    tell(figure, "statistics of all years", [seat.act(count, lambda: bool(counted))])


def test_export(seat, figure, tmp_path):
    path = tmp_path / "台账.xlsx"
    done = []
    seat.desk.outgoing.exported.connect(done.append)

    def export():
        seat.desk.outgoing.export_shown(path, internal=False, why="")

    tell(figure, "all into one Excel file", [seat.act(export, lambda: bool(done))])
    assert path.stat().st_size > 1_000_000
