"""每月汇总: its ten parts, and what is worth telling of a month."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.statistics.emerging import LEAST_MATTERS, WITHIN
from hotline_desk.domain.statistics.figures import FIXED, PUBLISHED, Part, all_figures, figure
from hotline_desk.domain.statistics.monthly_sheet import monthly_sheet
from hotline_desk.domain.statistics.reckoning import Reckoning
from tests.domain.books import NOVEMBER, a_book, asked, opened, reckoned, with_month_closed
from tests.domain.cases import MONDAY, after

PARTS = {
    Part.OUTREACH: ["播出期数", "收听人数", "App 上传期数"],
    Part.CATEGORIES: [*PUBLISHED],
    Part.RESULTS: [
        "调处劳动争议", "法律援助", "裁调对接", "诉调对接", "一函两书", "涉及职工",
        "挽回经济损失（协议或裁决确认）", "其中：已到账",
    ],
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_have_the_form_s_figures_in_its_order(part):
    sheet = monthly_sheet(reckoned(), NOVEMBER)

    told = [each.figure.words for each in sheet.part(part)]

    assert told[: len(PARTS[part])] == PARTS[part]


def test_the_balance_stands_in_the_form_s_words():
    words = [each.figure.words for each in monthly_sheet(reckoned(), NOVEMBER).part(Part.CASES)]

    assert words[:4] == ["上月结转", "本月新收", "本月办结", "月末在办"]


def test_every_figure_has_its_meaning_and_a_key_of_its_own():
    figures = all_figures(PUBLISHED)

    assert len({each.key for each in figures}) == len(figures)
    assert all(each.note and figure(each.key) == each for each in figures)
    assert {key for each in FIXED for key in each.of if key} <= {each.key for each in FIXED}


def test_the_listeners_have_the_source_that_each_episode_names():
    aired = [
        Episode(number=190, on=MONDAY, listeners=200_000, listeners_source="索福瑞抽样"),
        Episode(number=191, on=after(7), listeners=190_000),
        Episode(number=192, on=after(14), listeners=210_000, listeners_source="索福瑞抽样"),
        Episode(number=189, on=after(-7), listeners=1, listeners_source="估算"),
        Episode(number=193, on=after(21)),
    ]

    def note(**asked):
        book = replace(a_book(), episodes=aired, on=after(27))
        figures = monthly_sheet(Reckoning(book), NOVEMBER, **asked).part(Part.OUTREACH)
        return next(each.figure.note for each in figures if each.figure.key == "listeners")

    assert note().endswith("按填报的来源：索福瑞抽样（第 190、192 期）；没有写来源（第 191 期）")
    assert note(unit="莒县总工会").endswith("按填报的来源")


def test_a_closed_month_has_the_units_and_the_names_it_was_reported_with():
    book = with_month_closed(a_book(asked(1, date(2026, 10, 8), unit="莒县总工会")), "2026-10")
    signed = replace(book.closings[0], prepared_by="甲", reviewed_by="乙", signed_by="丙")
    later = replace(book, closings=(signed,), questions=[asked(1, date(2026, 10, 8))])

    sheet = monthly_sheet(Reckoning(later), "2026-10", prepared_by="别人")

    assert (sheet.prepared_by, sheet.reviewed_by, sheet.signed_by) == ("甲", "乙", "丙")
    questions = {row.line.words: row.numbers["questions"] for row in sheet.units}
    assert (questions["市总工会"], questions["市总工会本级"], questions["莒县总工会"]) == (1, 0, 1)


def test_rows_of_a_unit_that_is_gone_are_the_union_s_in_a_closed_month_too():
    book = with_month_closed(a_book(asked(1, date(2026, 10, 8), unit="莒县总工会")), "2026-10")
    without = replace(book, units=a_book(points=()).units)

    (row,) = monthly_sheet(Reckoning(without), "2026-10").units

    assert row.numbers["questions"] == 1


def test_a_unit_with_nothing_reports_zero():
    rows = monthly_sheet(reckoned(asked(1, MONDAY, unit="莒县总工会")), NOVEMBER).units

    zero = [row.line.words for row in rows if row.is_zero]

    assert zero == ["市总工会本级", "东港区总工会", "东港区总工会本级", "石臼街道服务点"]


def emerging(*rows, internal=True):
    return monthly_sheet(reckoned(*rows), NOVEMBER, internal=internal).emerging


def test_an_employer_that_comes_up_several_times_within_thirty_days_is_told():
    rows = [
        asked(1, MONDAY - timedelta(days=20), employer="海边物业", call_id=1),
        asked(2, MONDAY - timedelta(days=20), employer="海边物业", call_id=1),
        asked(3, MONDAY, employer="海边物业", case_id=8),
        asked(4, after(1), employer="海边物业", case_id=8),
        asked(5, after(9), employer=" 海边物业有限公司"),
        asked(6, after(9), employer="别的单位"),
    ]

    (found,) = emerging(*rows)

    assert (found.employer, found.matters) == ("海边物业有限公司", LEAST_MATTERS)
    assert (found.first, found.last) == (MONDAY - timedelta(days=20), after(9))
    assert found.questions == (1, 2, 3, 4, 5)


def test_matters_that_lie_further_apart_are_none():
    rows = [asked(n, MONDAY + n * WITHIN / 2 - WITHIN, employer="海边物业") for n in range(3)]

    assert emerging(*rows) == ()


def test_months_before_are_not_told_again():
    rows = [asked(n, MONDAY - timedelta(days=10 + n), employer="海边物业") for n in range(1, 5)]

    assert emerging(*rows) == ()


def test_employers_are_masked_unless_the_sheet_is_internal():
    rows = [asked(n, after(n), employer="日照海边物业有限公司") for n in range(4)]

    (public,), (internal,) = emerging(*rows, internal=False), emerging(*rows)

    assert "海边" not in public.employer
    assert internal.employer == "日照海边物业有限公司"


def test_cases_worth_telling_are_those_of_most_workers_and_most_money():
    agreed = {
        "closing": ClosingWay.MEDIATED,
        "employer": "日照海边物业有限公司",
        "matter": "董小红欠薪",
    }
    cases = [
        opened(1, MONDAY, closed_on=after(2), promise=Promise(agreed_fen=100), **agreed),
        opened(2, MONDAY, closed_on=after(2), people=11, promise=Promise(agreed_fen=3_300_000),
               questions=(7,), **agreed),
        opened(3, MONDAY, closed_on=after(2), **agreed),
        opened(4, MONDAY, people=30),
    ]  # fmt: skip
    reckoning = reckoned(asked(7, MONDAY), *cases)

    told = monthly_sheet(reckoning, NOVEMBER)
    public = [each.words for each in told.typical]
    internal = [each.words for each in monthly_sheet(reckoning, NOVEMBER, internal=True).typical]

    assert [each.case for each in told.typical] == [2, 1]
    assert [text.split()[0] for text in public] == ["AJ-2026-0002", "AJ-2026-0001"]
    assert public[0].endswith(
        "：工资，涉及 11 人（集体争议），调解成功，协议或裁决 33,000 元，已到账 0 元"
    )
    assert not any("海边" in text or "董" in text for text in public)
    assert "日照海边物业有限公司：董小红欠薪" in internal[0]
