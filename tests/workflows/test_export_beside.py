"""An export in a process of its own: told how far it is, stopped at a word, whole or not there."""

from datetime import datetime

import openpyxl
import pytest

from hotline_desk.domain.exports import Request
from hotline_desk.domain.publications import Access
from hotline_desk.domain.questions import NewQuestion, QuestionQuery
from hotline_desk.errors import Cancelled, ExportFailed
from hotline_desk.ledger import Ledger
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace
from hotline_desk.workflows.export_beside import export_beside
from hotline_desk.workflows.workspace import prepare

ROWS = 1_000
AT = datetime.fromisoformat("2026-11-25T10:03:00+08:00")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = prepare(Workspace(tmp_path_factory.mktemp("desk") / "工会法律在线"))
    with Ledger.open(made.ledger) as ledger, ledger.together():
        for place in range(ROWS):
            ledger.add_question(
                NewQuestion(episode=None, at=AT, point=f"拖欠工资 {place}"), by="填充"
            )
    return made


@pytest.fixture
def ids(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        return tuple(ledger.arranged(QuestionQuery()).ids)


def export(workspace, request, *, told=None, cancelled=lambda: False):
    progress = [] if told is None else told
    return export_beside(
        workspace,
        request,
        on_progress=lambda done, total: progress.append((done, total)),
        cancelled=cancelled,
    )


def test_the_rows_asked_for_are_written_and_how_far_it_is_is_told(workspace, ids, tmp_path):
    told, path = [], tmp_path / "出.xlsx"

    done = export(workspace, Request(path=path, query=QuestionQuery(ids=ids[5:])), told=told)

    assert (done.path, done.questions, done.internal) == (path, ROWS - 5, False)
    assert openpyxl.load_workbook(path)["问题台账"].max_row == ROWS - 5 + 1
    assert told == [(done, 995) for done in (0, 200, 400, 600, 800, 995)]


def test_who_takes_out_what_is_not_masked_is_noted(workspace, ids, tmp_path):
    request = Request(
        path=tmp_path / "出.csv",
        internal=True,
        query=QuestionQuery(since=AT.date(), until=AT.date()),
        who="甲",
        why="上报省总",
    )

    assert export(workspace, request).questions == ROWS
    with Ledger.open(workspace.ledger) as ledger:
        (access,) = ledger.kept(Access)
    assert (access.who, access.why) == ("甲", "上报省总")
    assert f"2026-11-25 至 2026-11-25，{ROWS} 条" in access.what


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("steps", [0, 1])
def test_what_is_cancelled_leaves_nothing(workspace, ids, tmp_path, steps, ending):
    told, path = [], tmp_path / f"出.{ending}"
    request = Request(path=path, query=QuestionQuery(ids=ids))

    with pytest.raises(Cancelled):
        export(workspace, request, told=told, cancelled=lambda: len(told) >= steps)

    assert list(tmp_path.iterdir()) == []
    assert not (workspace.root / "drafts").exists()


def test_why_it_was_not_written_is_told_in_the_process_own_words(workspace, ids, tmp_path):
    path = tmp_path / "文件" / "出.xlsx"
    path.parent.write_text("no folder", encoding="utf-8")

    with pytest.raises(ExportFailed) as failed:
        export(workspace, Request(path=path, query=QuestionQuery(ids=ids)))

    assert str(path) in sentence(failed.value)
    assert sentence(failed.value).startswith("没有导出：写不到")
