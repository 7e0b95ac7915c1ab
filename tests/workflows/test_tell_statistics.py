"""`hotline-desk stats`, from a real ledger."""

import json
from datetime import date, timedelta

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Channel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.closings import close_month
from tests.ledger.records import AT, EPISODE, a_question

BY = "台账管理员"
ONCE = AT.replace(year=2025)
"""A day that has come, whenever the tests are run."""
OF_NOVEMBER = ("--from", "2025-11-01", "--to", "2025-11-30")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.settings.write_text(
        'union = "市总工会"\nprepared_by = "甲"\nreviewed_by = "乙"\n', encoding="utf-8"
    )
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by=BY)
        ledger.keep(ServicePoint(name="莒县总工会"), by=BY)
        for category in (Category.WAGES, Category.WAGES, Category.INJURY):
            ledger.add_question(a_question(category=category, at=ONCE), by=BY)
        visit = a_question(
            channel=Channel.VISIT, unit="莒县总工会", category=Category.HOURS, at=ONCE
        )
        ledger.add_question(visit, by=BY)
    return workspace


@pytest.fixture
def stats(workspace, capsys):
    def run(*arguments):
        code = cli.run(["--workspace", str(workspace.root), "stats", *arguments])
        said = capsys.readouterr()
        return code, said.err if code else said.out

    return run


def test_figures_are_told_to_programs(stats):
    code, said = stats(*OF_NOVEMBER, "--json")

    told = json.loads(said)
    assert code == 0
    assert (told["from"], told["to"], told["unit"]) == ("2025-11-01", "2025-11-30", "市总工会")
    assert told["figures"]["questions"]["present"] == 4
    assert told["figures"]["category.工资"]["share"] == 0.5
    assert told["figures"]["agreed"]["unit"] == "分"
    assert (told["reported_on"], told["adjustments"], told["faults"]) == (None, [], [])


def test_figures_are_told_to_people_with_what_they_mean(stats):
    _, said = stats(*OF_NOVEMBER)

    lines = said.splitlines()
    assert lines[0] == "市总工会  2025年11月"
    assert lines[1].split()[1:8] == [
        "本月",
        "上月",
        "环比",
        "上年同期",
        "同比",
        "本年累计",
        "开栏累计",
    ]
    (questions,) = [line for line in lines if line.startswith("问题数 ")]
    assert questions.split() == ["问题数", "条", "4", "0", "—", "0", "—", "4", "4"]
    assert "咨询人次：一人一次来电或来访计一次，记在第一问的日子。" in lines


def test_other_periods_are_not_called_months(stats):
    _, said = stats("--from", "2025-11-20", "--to", "2025-11-26")

    assert "本期新收" in said
    assert "本月" not in said


def test_figures_are_told_for_a_unit_and_by_group(stats):
    _, said = stats(*OF_NOVEMBER, "--unit", "莒县总工会", "--by", "category", "--json")

    told = json.loads(said)
    assert told["figures"]["questions"]["present"] == 1
    assert [(group["value"], group["questions"]) for group in told["groups"]] == [("工时休假", 1)]


@pytest.mark.parametrize(
    "by", ["episode", "month", "category", "channel", "route", "district", "lawyer", "unit"]
)
def test_every_grouping_can_be_printed(stats, by):
    code, said = stats(*OF_NOVEMBER, "--by", by)

    assert code == 0
    assert ("案件按承办人分" in said) is (by == "lawyer")


def test_the_daily_sheet_has_a_row_a_day_and_unit(stats):
    _, said = stats("daily", "--on", "2025-11-25", "--json")

    rows = [json.loads(line) for line in said.splitlines()]
    assert [(row["unit"], row["questions"], row["zero"]) for row in rows] == [
        ("市总工会", 4, False), ("市总工会本级", 3, False), ("莒县总工会", 1, False),
    ]  # fmt: skip
    _, printed = stats("daily", "--from", "2025-11-25", "--to", "2025-11-26")
    assert printed.count("零报告  ") == 3
    assert printed.splitlines()[1].split()[-2:] == ["甲", "乙"]


def test_days_that_have_not_come_are_no_empty_ones(stats):
    """Of the days behind today nobody can report 零报告."""
    today = studio_now().date()
    days = [(today + timedelta(days=count)).isoformat() for count in (-1, 0, 1, 40)]

    _, said = stats("daily", "--from", days[0], "--to", days[3], "--json")

    told = dict.fromkeys(json.loads(line)["day"] for line in said.splitlines())
    assert list(told) == days[:2]


def test_the_monthly_sheet_has_its_ten_parts(stats):
    _, said = stats("monthly", "--month", "2025-11")

    heads = [line for line in said.splitlines() if line[:1].isdigit()]
    assert heads == [
        "1 宣传", "2 咨询", "3 类别", "4 案件", "5 时效", "6 成效", "7 回访", "8 分单位",
        "9 典型案例和苗头性问题", "10 上月调整",
    ]  # fmt: skip
    _, facts = stats("monthly", "--month", "2025-11", "--json")
    assert [unit["questions"] for unit in json.loads(facts)["units"]] == [4, 3, 1]


def test_a_month_that_is_over_can_be_closed(stats, workspace):
    code, said = stats("close", "--month", "2025-10", "--signed-by", "主席")

    assert code == 0
    assert said.startswith("2025年10月已月结")
    assert stats("close", "--month", "2025-10")[0] == 1
    assert "月结从 2025-10 起" in stats("close", "--month", "2025-09")[1]
    _, facts = stats("monthly", "--month", "2025-10", "--json")
    told = json.loads(facts)
    assert (told["prepared_by"], told["reviewed_by"], told["signed_by"]) == ("甲", "乙", "主席")


def test_adjustments_are_told_in_words(stats, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        close_month(ledger, workspace, "2025-11", by=BY, on=date(2025, 12, 1))
        ledger.add_question(a_question(at=ONCE), by=BY)

    _, said = stats("monthly", "--month", "2025-12")

    assert "2025年11月  问题数：上报 4，现在 5" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "要统计，请写上 --from 和 --to，或者 --on、--month。"),
        (("monthly",), 2, "要每月汇总，请写上 --month。"),
        (("--from", "2025-11-02", "--to", "2025-11-01"), 2, "请把两个日期对调。"),
        ((*OF_NOVEMBER, "--unit", "没有这个"), 2, "没有叫“没有这个”的填报单位"),
        (("close", "--month", "2098-01"), 1, "还没有过完"),
        (("--month", "2098-01"), 2, "还没到 2098年1月"),
        (("monthly", "--month", "2098-01"), 2, "还没到 2098年1月"),
        (("daily", "--on", "2098-01-06"), 2, "还没到 2098年1月6日 周一"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence(stats, arguments, code, said):
    ended, told = stats(*arguments)

    assert ended == code
    assert said in told
    assert told.count("\n") == 1
