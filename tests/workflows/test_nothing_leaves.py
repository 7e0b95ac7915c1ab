"""Whatever leaves the desk in its public version tells of nobody."""

import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, Gender, NewCall
from hotline_desk.domain.casework.cases import Action, ActionKind, NewCase, Party, Payment
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import Handling, Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.accesses import accesses
from hotline_desk.workflows.copy_order import copy_case, copy_question
from hotline_desk.workflows.publications import publication_rows, withdrawal_list
from hotline_desk.workflows.transcript import write_transcript
from hotline_desk.workflows.workspace import prepare
from tests.ended_takes import make_take
from tests.reports.pdf_reader import ReadPdf
from tests.take.seat_take import say

BY = "接线员"
CALLER = Caller(
    name="欧阳文静", title=Gender.WOMAN, phone="138-0012-5678", occupation="保洁班长",
    employer="日照市旭辉物业服务有限公司", district="日照市东港区石臼街道海曲路12号",
)  # fmt: skip
WAYS = (
    "欧阳文静", "欧阳文静女士", "欧阳 文静", "13800125678", "138 0012 5678", "138-0012-5678",
    "１３８００１２５６７８", "幺三八零零一二五六七八", "0633-8781234", "0633 878 1234",
    "371102198001011234", "371102 19800101 1234", "微信号wj_ouyang88", "鲁L8A6K2", "鲁L·8A6K2",
    "日照市旭辉物业服务有限公司", "旭辉物业", "在旭辉上班", "6222 0212 3456 7890 123",
)  # fmt: skip
TELLING = (
    "文静", "文 静", "欧阳文", "13800125678", "0012", "１３８", "幺三八零", "8781234", "878 1234",
    "198001011", "19800101", "ouyang", "8A6K2", "旭辉", "石臼", "海曲路", "0212", "3456 7890",
)  # fmt: skip
SAID = "。".join(f"我这里{way}的事" for way in WAYS)


@pytest.fixture
def workspace(tmp_path, fonts, qapp):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by=BY)
        at = studio_now()
        call = ledger.add_call(NewCall(episode=190, at=at, caller=CALLER, point=SAID), by=BY)
        employers = (CALLER.employer, "", "旭辉物业")
        questions = [_ask(ledger, call, employer) for employer in employers]
        case = ledger.add_case(
            NewCase(received=at.date(), questions=(questions[1].id,), employer=CALLER.employer,
                    matter=SAID, notes=SAID, people=2), by=BY,
        )  # fmt: skip
        parties = (Party(name=CALLER.name), Party(name="王明华"))
        given = {
            "parties": parties, "results": SAID, "basis": SAID,
            "payments": (Payment(on=at.date(), fen=100, party=CALLER.name),),
            "actions": tuple(Action(on=at.date(), kind=kind, words=SAID) for kind in ActionKind),
        }  # fmt: skip
        ledger.save_case(replace(case, **given), by=BY)
        ledger.keep(
            Publication(item="第 190 期", episode=190, place="职工大讲堂", published_on=at.date()),
            by=BY,
        )
    return workspace


def _ask(ledger, call, employer):
    made = ledger.add_question(
        NewQuestion(
            episode=190, call_id=call.id, at=call.at, point=SAID, text=SAID, articles="第五十条",
            category=Category.WAGES, employer=employer, notes=SAID, people=2, kind=Kind.REQUEST,
            handling=Handling.CASE, external_number="WX-2026-1",
        ), by=BY,
    )  # fmt: skip
    given = {"text_typed": True, "answer": SAID, "answer_typed": True, "confirmed": True,
             "answered_by": "李律师"}  # fmt: skip
    return ledger.save_question(replace(made, **given), by=BY)


def run(workspace, *words):
    assert cli.run([*words, "--workspace", str(workspace.root)]) == 0


def tells(text):
    plain = re.sub(r"\s+", "", text)
    return [way for way in TELLING if way in text or way.replace(" ", "") in plain]


def test_the_internal_version_tells_it_all(workspace, tmp_path):
    path = tmp_path / "内部.pdf"
    run(workspace, "summary", "190", "--internal", "--why", "核对", "-o", str(path))

    text = ReadPdf.read(path).text
    assert set(tells(text)) >= {"文静", "13800125678", "旭辉", "石臼"}


def test_the_public_paper_tells_of_nobody(workspace, tmp_path):
    path = tmp_path / "公开.pdf"
    run(workspace, "summary", "190", "-o", str(path))

    read = ReadPdf.read(path)
    assert "欧阳女士" in read.text
    assert tells(read.text) == []
    assert tells(str(read.properties) + str(read.bookmarks)) == []


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_public_tables_tell_of_nobody(workspace, tmp_path, ending):
    path = tmp_path / f"台账.{ending}"
    run(workspace, "ledger", "export", "-o", str(path))

    if ending == "csv":
        texts = [path.read_text("utf-8-sig")]
    else:
        with zipfile.ZipFile(path) as parts:
            texts = [parts.read(part).decode("utf-8", "replace") for part in parts.infolist()]
    assert any("欧阳女士" in text for text in texts)
    assert [tells(text) for text in texts] == [[]] * len(texts)


def test_a_transcript_tells_of_nobody(workspace, tmp_path):
    take = make_take(tmp_path / "take", seconds=1)
    for start, way in enumerate(WAYS):
        say(take, "来电", 3.0 * start, f"我这里{way}的事")

    write_transcript(take, tmp_path / "公开.txt", callers=[CALLER])
    write_transcript(take, tmp_path / "内部.txt", internal=True)

    assert tells((tmp_path / "公开.txt").read_text("utf-8")) == []
    assert "文静" in (tmp_path / "内部.txt").read_text("utf-8")


def test_callers_of_one_take_are_masked_the_longest_name_first(tmp_path):
    take = make_take(tmp_path / "take", seconds=1)
    say(take, "来电", 3.0, "我是王明华")
    callers = [Caller(name="王明"), Caller(name="王明华")]

    write_transcript(take, tmp_path / "公开.txt", callers=callers)

    assert "我是王某。\n" in (tmp_path / "公开.txt").read_text("utf-8")


def test_lists_and_registers_tell_of_nobody(workspace, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        (call,) = ledger.calls()
        consent = replace(call.consent, replay=False)
        ledger.save_call(replace(call, consent=consent), by=BY)
        text = withdrawal_list(publication_rows(ledger), on=date(2026, 12, 1))
        noted = " ".join(access.what for access in accesses(ledger))
    assert "不同意回放与公开" in text
    assert tells(text + noted) == []
    for command in (("stats", "--from", "2026-01-01", "--to", "2026-12-31"), ("accesses",),
                    ("publications",)):  # fmt: skip
        run(workspace, *command)
    assert tells(capsys.readouterr().out) == []


def test_a_work_order_that_is_copied_tells_of_nobody(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        orders = [copy_question(ledger, row.id, by=BY)
                  for row in ledger.questions()]  # fmt: skip
        orders += [copy_case(ledger, case.id, by=BY) for case in ledger.cases()]
        assert not accesses(ledger)
        inside = copy_question(ledger, ledger.questions()[0].id, why="督查", by=BY)
        assert len(accesses(ledger)) == 1

    assert len(orders) == 4
    assert [tells(order.text) for order in orders] == [[]] * 4
    assert "13800125678" in re.sub(r"\D", "", inside.text)


def test_names_of_files_and_logs_tell_of_nobody(workspace, tmp_path):
    run(workspace, "summary", "190")
    run(workspace, "backup")

    for path in workspace.root.rglob("*"):
        assert tells(path.name) == []
        if path.suffix == ".log":
            assert tells(path.read_text("utf-8")) == []
