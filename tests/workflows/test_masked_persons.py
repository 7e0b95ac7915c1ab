"""Whoever a case knows is named in nothing that is masked: workers and callers."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.casework.cases import NewCase, Party
from hotline_desk.domain.casework.urging import Urged
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Handling, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.copy_order import copy_case, copy_question
from hotline_desk.workflows.summarise import summary_path
from hotline_desk.workflows.urge import urging_text
from hotline_desk.workflows.workspace import prepare
from tests.reports.pdf_reader import ReadPdf, without_space

pytestmark = pytest.mark.usefixtures("qapp")

EPISODE = Episode(number=190, on=date(2026, 11, 25))
ADDRESS = "海曲路12号3单元501室"
TEXT = f"王明华、王明、李红霞和赵小刚都被拖欠，电话13900001111，住{ADDRESS}"
SECRETS = ("明华", "某华", "王明", "红霞", "小刚", "13900001111", "海曲路", "501室")


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def case(workspace):
    """Two callers of one case, the shorter name within the longer, and a worker beside them."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        questions = []
        for name, district in (("王明", f"日照市东港区{ADDRESS}"), ("赵小刚", "")):
            caller = Caller(name=name, phone="13911112222", district=district)
            call = ledger.add_call(NewCall(episode=190, at=studio_now(), caller=caller), by="甲")
            consent = replace(call.consent, name_to_employer=True, pass_on=True)
            ledger.save_call(replace(call, consent=consent), by="甲")
            new = NewQuestion(episode=190, call_id=call.id, at=studio_now(), point=TEXT, text=TEXT)
            question = ledger.add_question(new, by="甲")
            typed = replace(
                question, answer=TEXT, notes=TEXT, confirmed=True, text_typed=True,
                answer_typed=True, handling=Handling.CASE,
            )  # fmt: skip
            questions.append(ledger.save_question(typed, by="甲").id)
        found = ledger.add_case(
            NewCase(received=EPISODE.on, questions=tuple(questions), matter=TEXT, notes=TEXT,
                    employer="海蓝机械厂"), by="甲",
        )  # fmt: skip
        parties = tuple(Party(name=name) for name in ("王明", "王明华", "李红霞"))
        return ledger.save_case(replace(found, parties=parties), by="甲")


def run(workspace, *words):
    assert cli.run([*map(str, words), "--workspace", str(workspace.root)]) == 0


def told(text):
    return [secret for secret in SECRETS if secret in text]


def test_the_exported_sheets_name_nobody(workspace, case):
    path = workspace.root / "台账.xlsx"
    run(workspace, "ledger", "export", "-o", path)

    book = load_workbook(path)
    for sheet in book:
        assert told(str([[cell.value for cell in row] for row in sheet])) == [], sheet.title


def test_the_exported_csv_names_nobody(workspace, case):
    path = workspace.root / "台账.csv"
    run(workspace, "ledger", "export", "-o", path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert told(str(rows)) == []


def test_the_public_summary_names_nobody(workspace, case):
    run(workspace, "summary", "190")

    pdf = ReadPdf.read(summary_path(workspace, EPISODE))
    text = "".join(map(without_space, pdf.pages))
    assert "王某" in text
    assert told(text) == []


def test_masked_work_orders_name_nobody(workspace, case):
    with Ledger.open(workspace.ledger) as ledger:
        whole = copy_case(ledger, case.id, by="甲").text
        one = copy_question(ledger, case.questions[0], by="甲").text

    assert told(whole) == []
    assert told(one) == []


@pytest.mark.parametrize("whom", [Urged.EMPLOYER, Urged.DEPARTMENT])
def test_a_text_that_urges_names_no_worker_who_was_not_asked(workspace, case, whom):
    with Ledger.open(workspace.ledger) as ledger:
        text = urging_text(ledger, workspace, [case.id], whom, on=EPISODE.on).words

    # 王明 and 赵小刚 have agreed to be named, and are named before the matter
    assert "都被拖欠" in text
    assert not {"明华", "红霞", "13900001111"} & set(told(text))
