"""Articles of law: proposed from a caller's words, and told where the law has changed since."""

from datetime import date

import pytest

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import is_revised, relevant
from hotline_desk.errors import ArticlesNotUnderstood
from hotline_desk.paths import Workspace
from hotline_desk.workflows.laws import read_articles

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    return read_articles(Workspace(tmp_path_factory.mktemp("office")))


@pytest.mark.parametrize(
    ("said", "category", "wanted"),
    [
        ("公司拖欠我们两个月工资", Category.WAGES, "劳动合同法 第三十条"),
        ("一直没有签劳动合同想要双倍工资", Category.CONTRACT, "劳动合同法 第八十二条"),
        ("上班时机器压伤了手单位不给报工伤", Category.INJURY, "工伤保险条例 第十七条"),
        ("公司没有给我交社保", Category.INSURANCE, "社会保险法 第五十八条"),
        ("出了事故公司要从工资里扣赔偿", Category.WAGES, "工资支付暂行规定 第十六条"),
        ("怀孕以后公司把我辞退了", Category.WOMEN_AND_MINORS, "女职工劳动保护特别规定 第五条"),
    ],
)
def test_words_point_to_their_article(articles, said, category, wanted):
    assert wanted in [each.words for each in relevant(articles, said, category, on=ON)]


def test_nothing_is_proposed_for_words_that_point_nowhere(articles):
    assert relevant(articles, "你好主持人", Category.WAGES, on=ON) == ()


def test_a_law_that_is_not_in_force_yet_is_not_proposed(articles):
    said = "单位让我签了放弃社保的协议"
    before = relevant(articles, said, Category.INSURANCE, on=date(2025, 8, 31))
    since = relevant(articles, said, Category.INSURANCE, on=date(2025, 9, 1))

    assert "法释〔2025〕12 号 第十九条" not in [each.words for each in before]
    assert "法释〔2025〕12 号 第十九条" in [each.words for each in since]


def test_an_article_that_nobody_has_checked_says_so(articles):
    unchecked = [each for each in articles if not each.checked]

    assert unchecked
    assert all(each.words.endswith("？") for each in unchecked)


@pytest.mark.parametrize(
    ("written", "answered", "is_so"),
    [
        ("工会法 第十一条", date(2021, 12, 31), True),
        ("工会法 第十一条", date(2022, 1, 1), False),
        ("劳动争议调解仲裁法 第五条", date(2010, 1, 1), False),
        ("劳动合同法 第三十条\n工会法 第十一条", date(2020, 1, 1), True),
        ("", date(2000, 1, 1), False),
    ],
)
def test_an_old_answer_says_when_its_law_has_changed(articles, written, answered, is_so):
    assert is_revised(written, articles, answered=answered, on=ON) is is_so


def test_the_office_has_a_list_of_its_own(tmp_path):
    own = """
[[law]]
name = "本市规定"
since = 2026-01-01
article = [{ number = "第一条", category = "工资", about = "试", keys = ["工资"] }]
"""
    (tmp_path / "articles.toml").write_text(own, encoding="utf-8")

    (article,) = read_articles(Workspace(tmp_path))

    assert article.words == "本市规定 第一条"


@pytest.mark.parametrize("own", ["[[law]]\nname = 1", "law = 3", "\x00", '[[law]]\nname="甲"\n'
                                 'since=2026-01-01\narticle=[{number="一",category="工资",'
                                 'about="", keys=["("]}]'])  # fmt: skip
def test_a_list_that_is_wrong_is_told(tmp_path, own):
    (tmp_path / "articles.toml").write_text(own, encoding="utf-8")

    with pytest.raises(ArticlesNotUnderstood):
        read_articles(Workspace(tmp_path))
