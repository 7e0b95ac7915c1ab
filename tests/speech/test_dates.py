"""Days that start a time limit."""

from datetime import date

import pytest

from hotline_desk.speech.dates import starting_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我二零二六年三月五号在车间摔伤了", ("2026-03-05",)),
        ("去年十月八号入职今年九月三号被辞退", ("2026-09-03",)),
        ("三月五号上班的时候手被夹了", ("03-05",)),
        ("从二零二零年三月一号干到二零二六年五月六号", ("2026-05-06",)),
        ("昨天把我辞退了", ("2026-11-24",)),
        ("上个月十五号收到裁决书", ("2026-10-15",)),
        ("经理答应十二月一号发工资", ()),
        ("一八年三月二号进厂", ()),
        ("二零二六年三月五号到四月八号没发工资", ("2026-03-05", "2026-04-08")),
        ("2026-03-05摔伤", ("2026-03-05",)),
        ("我二零二三年七月一号签了三年合同今年六月三十号到期", ("2026-06-30",)),
        ("六月一号到的公司八月九号把我辞了", ("08-09",)),
        ("今年七月的二十号摔的", ("2026-07-20",)),
        ("二月三十号摔伤", ()),
        ("农历三月五号摔的", ()),
        ("昨天看了节目", ()),
    ],
)
def test_days_of_what_happened_are_found(text, days):
    assert starting_days(text, today=date(2026, 11, 25)) == days


def test_without_a_day_to_count_from_a_relative_year_stays_open():
    assert starting_days("去年三月五号受伤昨天出院") == ("03-05",)
