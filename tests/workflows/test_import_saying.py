"""What a file of another office leaves open is asked for, and told by the command as a 对照."""

import tomllib

import pytest

from hotline_desk import cli
from hotline_desk.domain.casework.cases import Satisfaction
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.errors import MatchingNotUnderstood
from hotline_desk.ledger import Ledger
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace
from hotline_desk.workflows.import_matching import read_matching
from hotline_desk.workflows.workspace import prepare

PLATFORM = """工单编号,创建时间,来电人,诉求类型,工单分类,标题,处理结果,办理状态,办结时间,满意度
W1,2026-03-02,王某,投诉,工资,欠薪九千元,已调解并支付,已办结,2026-03-06,基本满意
W2,2026-03-02,赵某,求助,工伤,手被压伤,,办理中,,
"""
OLD = """日期,来源,来电人,类别,单位,诉求要点,类型,联系日期,办结日期,办结方式,协议金额,到账金额,进程
2023-03-01,12351 热线,某,工资,某厂,第一件,求决,2023-03-01,2023-03-06,调解成功,9000,9000,
2023-03-02,12351 热线,某,工资,某厂,第二件,求决,2023-03-02,2023-03-06,调解成功,9000,3000,
2023-03-03,12351 热线,某,工资,某厂,第三件,求决,2023-03-03,2023-03-06,已转办并告知,,,
2023-03-04,12351 热线,某,工资,某厂,第四件,求决,2023-03-04,2023-03-06,调解不成并告知仲裁途径,,,仲裁中
2023-03-05,12351 热线,某,工资,某厂,第五件,求决,2023-03-05,2023-03-06,已指派援助律师并移交,,,
2023-03-06,12351 热线,某,工资,某厂,第六件,求决,2023-03-06,,,,,
2023-03-07,12351 热线,某,工资,某厂,第七件,咨询,,,,,,
2023-03-08,12351 热线,某,工资,某厂,第八件,求决,2023-03-08,2023-03-10,案前调解,,,
"""


@pytest.fixture
def office(tmp_path):
    return prepare(Workspace(tmp_path / "工作区"))


@pytest.fixture
def told(office, tmp_path, capsys):
    """Run an import of *text* by *matching* (TOML); return its lines."""

    def run(text, matching="", *options):
        table, path = tmp_path / "旧.csv", tmp_path / "对照.toml"
        table.write_text(text, encoding="utf-8")
        path.write_text(matching, encoding="utf-8")
        by = ["--map", str(path)] if matching else []
        cli.run(["ledger", "import", str(table), *by, *options, "--workspace", str(office.root)])
        return "".join(capsys.readouterr())

    return run


def shown(told):
    lines = (line.strip() for line in told.splitlines())
    return tomllib.loads("\n".join(line for line in lines if line.startswith(("[", '"'))))


def cases_of(office):
    with Ledger.open(office.ledger) as ledger:
        return {case.matter: case for case in ledger.cases()}


def test_the_dry_run_shows_the_whole_file_that_answers_what_it_asks(told, office):
    asked = shown(told(PLATFORM, "", "--dry-run"))

    assert asked["defaults"] == {"来源渠道": ""}
    asked["defaults"]["来源渠道"] = "12345 转办"
    written = '[defaults]\n"来源渠道" = "12345 转办"\n'
    again = shown(told(PLATFORM, written, "--dry-run"))
    assert again["words"]["类型"] == {"投诉": "投诉举报", "求助": "求决"}

    words = '[words."类型"]\n"投诉" = "投诉举报"\n"求助" = "求决"\n'
    assert "1 件办结了没有写办结方式" in (found := told(PLATFORM, words + written, "--dry-run"))
    assert shown(found)["defaults"] == {
        "来源渠道": "12345 转办", "办结方式": "", "回访日期": "同办结日期",
    }  # fmt: skip


def test_one_way_may_hold_for_all_that_do_not_say_how_they_ended(told, office):
    matching = (
        '[words."类型"]\n"投诉" = "投诉举报"\n"求助" = "求决"\n'
        '[defaults]\n"来源渠道" = "12345 转办"\n"办结方式" = "调解成功"\n'
        '"结案日期" = "同办结日期"\n"回访日期" = "同办结日期"\n'
    )

    assert "已导入 2 条问题" in told(PLATFORM, matching)

    (ended,) = cases_of(office).values()
    assert (ended.closing, ended.course, ended.finish) == (
        ClosingWay.MEDIATED, Course.FINISHED, Finish.FULFILLED,
    )  # fmt: skip
    assert ended.finished_on == ended.called_back_on == ended.events.closed_on
    assert ended.satisfaction is Satisfaction.MOSTLY


def test_what_is_closed_and_leaves_nothing_open_may_be_ended_as_it_comes_in(told, office):
    found = told(OLD, "", "--dry-run")
    assert "3 件办结了没有写结案" in found
    assert shown(found)["defaults"] == {"结案日期": "同办结日期"}

    told(OLD, '[defaults]\n"结案日期" = "同办结日期"\n')

    stands = {matter: (case.course, case.finish) for matter, case in cases_of(office).items()}
    assert stands == {
        "第一件": (Course.FINISHED, Finish.FULFILLED),
        "第二件": (Course.MEDIATED, None),
        "第三件": (Course.FINISHED, Finish.PASSED_ON),
        "第四件": (Course.ARBITRATION, None),
        "第五件": (Course.CONTACTED, None),
        "第六件": (Course.CONTACTED, None),
        "第八件": (Course.FINISHED, Finish.FULFILLED),
    }
    with Ledger.open(office.ledger) as ledger:
        ledger.undo(by="值班员")
        assert ledger.cases() == ledger.questions() == []


@pytest.mark.parametrize("matching", ["", '[defaults]\n"结案日期" = "不记结案"\n'])
def test_nobody_ends_what_nobody_was_asked_to_end(told, office, matching):
    told(OLD, matching)

    assert all(case.course.is_open for case in cases_of(office).values())


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('[default]\n"来源渠道" = "12345 转办"\n', "没有 [default] 这一段，可以写的是 [columns]、"),
        ('[values."类型"]\n"投诉" = "投诉举报"\n', "[tables]、[words]、[defaults]"),
        ('[defaults]\n"来源" = "12345 转办"\n', "没有“来源”这一栏，相近的是 来源渠道"),
        ('[columns]\n"谁" = "来电"\n', "没有“来电”这一栏，相近的是 "),
        ('[defaults]\n"来源渠道" = "12345"\n', "来源渠道没有“12345”，可以写的是 直播热线、"),
        ('[defaults]\n"结案日期" = "今天"\n', "可以写的是 同办结日期、不记结案"),
    ],
)
def test_a_map_that_says_what_it_cannot_is_refused_in_one_sentence(tmp_path, written, says):
    path = tmp_path / "对照.toml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(MatchingNotUnderstood) as refused:
        read_matching(path)

    assert says in sentence(refused.value)


def test_an_import_that_goes_through_asks_nothing_any_more(told):
    assert "--map" in told(OLD, "", "--dry-run")
    assert "--map" not in told(OLD)
