"""What the ledger of many years takes: 1,000 episodes, 100,000 questions, 600,000 utterances."""

import shutil
import statistics
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.arranging import Facet, Order
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period, month_of
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.statistics import reckon
from tests.ledger_filler import BEGAN, Filler

WORDS = (
    "工", "的", "岚", "工资", "社保", "工伤", "加班费", "劳动合同", "两个月工资", "怀孕以后被调岗",
    "要回来吗请问", "二零一九年", "押金 饭店", "找不到的词", "纺织厂手被机器压伤了",
)  # fmt: skip
INITIALS = ("ldht", "gz", "sb", "gsrd", "jjbc", "jbf", "lgygz", "tjy", "gz sb", "ht 工资", "zqqz")
TURNS = 40


@pytest.fixture(scope="module")
def path(years, tmp_path_factory):
    return shutil.copy(years, tmp_path_factory.mktemp("ledger") / "ledger.db")


@pytest.fixture
def ledger(path):
    with Ledger.open(path) as ledger:
        yield ledger


def p95_ms(acts):
    """Return the 95th percentile of the times that the *acts* take, in milliseconds."""
    times = []
    for act in acts:
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return f"{statistics.quantiles(times, n=20)[-1]:.1f} ms"


def test_open(path, figure):
    def opened():
        with Ledger.open(path) as ledger:
            assert ledger.questions(QuestionQuery(limit=500))

    figure("ledger: open and first 500 of 100,000 questions (p95)", p95_ms([opened] * TURNS))


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("one episode", [QuestionQuery(episode=7 * turn + 1) for turn in range(TURNS)]),
        ("one category", [QuestionQuery(category=CATEGORIES[turn % 17]) for turn in range(TURNS)]),
        (
            "a month",
            [
                QuestionQuery(
                    since=(BEGAN + timedelta(weeks=9 * turn)).date(),
                    until=(BEGAN + timedelta(weeks=9 * turn, days=30)).date(),
                )
                for turn in range(TURNS)
            ],
        ),
        ("words typed", [QuestionQuery(words=WORDS[turn % len(WORDS)]) for turn in range(TURNS)]),
        (
            "words in a category",
            [
                QuestionQuery(words=WORDS[turn % len(WORDS)], category=Category.WAGES)
                for turn in range(TURNS)
            ],
        ),
        ("a page far back", [QuestionQuery(offset=2_400 * turn) for turn in range(TURNS)]),
    ],
)
def test_filter(ledger, figure, name, queries):
    asked = [replace(query, limit=500) for query in queries]
    taken = p95_ms([lambda query=query: ledger.questions(query) for query in asked])
    figure(f"ledger: filter 100,000 questions by {name}, 500 shown (p95)", taken, "100 ms")


def test_search(ledger, figure):
    acts = [lambda words=words: ledger.search(words) for words in WORDS * 4]
    figure("ledger: search 600,000 utterances (p95)", p95_ms(acts), "50 ms")


def test_search_by_initials(ledger, figure):
    acts = [lambda words=words: ledger.search(words) for words in INITIALS * 4]
    figure("ledger: search 600,000 utterances by initials (p95)", p95_ms(acts), "100 ms")


def test_arrange(ledger, figure):
    acts = [lambda order=order: ledger.arranged(QuestionQuery(), order=order) for order in Order]
    figure("ledger: put 100,000 questions in order, behind the window (p95)", p95_ms(acts))
    acts = [lambda facet=facet: ledger.arranged(QuestionQuery(), group=facet) for facet in Facet]
    figure("ledger: group 100,000 questions, behind the window (p95)", p95_ms(acts))


def test_write(ledger, figure):
    filler = Filler(seed=7)
    acts = [
        lambda turn=turn: filler.add_question(ledger, 1, "episodes/x/take", BEGAN, turn)
        for turn in range(TURNS)
    ]
    figure("ledger: file a call and a question (p95)", p95_ms(acts))


def test_examine(ledger, figure):
    for name, faults in _timed(ledger.examination()):
        assert faults[1] == []
        figure(f"ledger: examine {faults[0]}", name)


def test_count(path, ledger, figure):
    workspace = Workspace(path.parent)
    acts = [lambda: reckon(ledger, workspace)] * 10
    figure("statistics: read what is counted of 100,000 questions (p95)", p95_ms(acts))
    months = [Period.of_month(month_of((BEGAN + timedelta(weeks=9 * turn)).date()))
              for turn in range(TURNS)]  # fmt: skip
    reckoning = reckon(ledger, workspace)
    acts = [lambda month=month: reckoning.counted(month) for month in months]
    figure("statistics: every figure of a month in seven columns (p95)", p95_ms(acts))
    everything = Period(months[0].first, months[-1].last)
    acts = [lambda group=group: reckoning.groups(everything, group) for group in Group] * 3
    figure("statistics: every figure by a group (p95)", p95_ms(acts))


def _timed(steps):
    while True:
        began = time.perf_counter()
        step = next(steps, None)
        if step is None:
            return
        yield f"{time.perf_counter() - began:.1f} s", step
