"""The eleven cleaners' case in a real ledger, and a real take in a workspace."""

import shutil

import pytest

from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.questions import Kind
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import cases
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import EPISODE, a_call, a_question
from tests.workflows.casework import BY
from tests.workflows.deleted_person import fill
from tests.workflows.four_lines import record


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by=BY)
        yield ledger


@pytest.fixture
def cleaners(ledger):
    """Three questions of one call: eleven cleaners, 33,000 yuan."""
    caller = Caller(
        name="董", title=Gender.WOMAN, employer="某物业公司", phone="13800005678",
        district="东港区石臼街道",
    )  # fmt: skip
    call = ledger.add_call(a_call(caller=caller), by=BY)
    asked = {"call_id": call.id, "people": 11, "amount_fen": 3_300_000, "kind": Kind.REQUEST}
    points = ("拖欠两个月工资", "能不能推选代表", "会不会被辞退")
    return [ledger.add_question(a_question(point=point, **asked), by=BY).id for point in points]


@pytest.fixture
def case(ledger, cleaners):
    return cases.open_case(ledger, cleaners, by=BY)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """A take that the recorder itself has written; `take` is a copy of it."""
    return record(tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def take(workspace, recorded):
    return put_take(recorded, workspace)


@pytest.fixture(scope="session")
def filled(tmp_path_factory, recorded, fonts, qapp):
    """A workspace in which one person is everywhere, and the ids of the records."""
    workspace = prepare(Workspace(tmp_path_factory.mktemp("filled") / "工会法律在线"))
    return workspace, fill(workspace, put_take(recorded, workspace))


@pytest.fixture
def ids(filled, workspace, take):
    """Have the person in `workspace`, too."""
    filled_workspace, found = filled
    shutil.copytree(filled_workspace.root, workspace.root, dirs_exist_ok=True)
    return found


def put_take(recorded, workspace):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-095000"
    folder.parent.mkdir(parents=True)
    return shutil.copytree(recorded, folder)
