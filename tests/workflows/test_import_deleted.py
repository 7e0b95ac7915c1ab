"""Whoever was deleted does not come back with the same export of the platform."""

import csv

import pytest

from hotline_desk import cli
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare

HEADINGS = [
    "外部工单号", "接收日期", "来源渠道", "来电人", "联系电话", "工作单位", "诉求要点", "问题原话",
]  # fmt: skip
HERS = ["2026-11-03", "12345 转办", "董桂花", "13800125678", "华东物业公司", "拖欠两个月工资",
        "我叫董桂花，拖欠我两个月工资"]  # fmt: skip
OTHERS = ["W-2", "2026-11-03", "12345 转办", "王明", "13911112222", "", "没有签合同", ""]


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def run(capsys, workspace):
    def run_(*words):
        code = cli.run([*map(str, words), "--workspace", str(workspace.root)])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run_


def names(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.examine() == []
        return {each.number: each.caller.name for each in ledger.questions()}


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("W-1", "工单号属于已经删除个人信息的记录"),
        ("", "同一天、同样诉求要点的记录已经删除个人信息"),
    ],
)
def test_the_same_export_brings_nobody_back(workspace, run, tmp_path, order, told):
    path = tmp_path / "平台.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, [order, *HERS], OTHERS])
    code, said = run("ledger", "import", path)
    assert code == 0, said
    early = next(workspace.backups.glob("*.db"))
    (number,) = (number for number, name in names(workspace).items() if name == "董桂花")
    assert run("delete-person", number, "--confirm", "删除")[0] == 0
    left = names(workspace)

    for _ in range(2):
        code, said = run("ledger", "import", path)
        assert code == 1, said
        assert told in said
        assert run("ledger", "import", path, "--skip")[0] == 0
        assert names(workspace) == left
        # a copy from before the deletion, put back, knows it as well
        assert run("restore", early)[0] == 0
    assert b"W-1" not in workspace.ledger.read_bytes()
    assert run("doctor")[0] == 0


def test_another_order_of_another_day_comes_in(workspace, run, tmp_path):
    path = tmp_path / "平台.csv"

    def write(*rows):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *rows])

    write(["W-1", *HERS])
    assert run("ledger", "import", path)[0] == 0
    (number,) = names(workspace)
    assert run("delete-person", number, "--confirm", "删除")[0] == 0

    write(["W-9", *HERS], ["", "2026-11-04", *HERS[1:]])
    assert run("ledger", "import", path)[0] == 0
    assert len(names(workspace)) == 3


def test_a_case_of_another_office_s_number_does_not_come_back_either(workspace, run, tmp_path):
    path = tmp_path / "平台.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        heads = ["案件编号", "类型", *HEADINGS]
        csv.writer(file).writerows([heads, ["P-77", "求决", "W-1", *HERS]])
    assert run("ledger", "import", path)[0] == 0
    (number,) = names(workspace)
    assert run("delete-person", number, "--confirm", "删除")[0] == 0

    code, said = run("ledger", "import", path)
    assert code == 1
    assert "工单号属于已经删除个人信息的记录" in said
    assert run("ledger", "import", path, "--skip")[0] == 0
    assert names(workspace) == {number: ""}
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.cases()) == 1
