"""The figures that the union reports: what each is called, counts, and means (口径)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.categories import CATEGORIES, Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Number = int | float | None
"""A whole number, fen where the figure is money; a rate from 0 to 1, None where it has no whole."""

OTHER = "其他"
"""What is no published heading of a sheet that has only some of them."""

NOTHING = "—"
"""What stands for a number that there is not."""


class Part(StrEnum):
    """The part of 每月汇总 that a figure stands in, in their order."""

    OUTREACH = "宣传"
    ADVICE = "咨询"
    CATEGORIES = "类别"
    CASES = "案件"
    LIMITS = "时效"
    RESULTS = "成效"
    CALL_BACKS = "回访"


class FigureKind(Enum):
    """How a figure belongs to a period."""

    FLOW = "during"
    """What happened in it; periods add up."""
    AT_START = "start"
    """What was there when it began."""
    AT_END = "end"
    """What was there when it had ended."""
    RATE = "rate"
    """One figure of the period divided by another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure."""

    key: str
    """Stays the same for good: closed months and 期初数 are kept by it."""
    part: Part
    words: str
    """As 每月汇总 has it; `words_in` says it for other periods."""
    unit: str
    """条, 件, 人次 …; 元 for money, which is kept in fen; empty for a rate."""
    note: str
    """口径: what it counts."""
    kind: FigureKind = FigureKind.FLOW
    of: tuple[str, str] = ("", "")
    """For a rate: the keys of what is divided, and by what."""
    short: str = ""
    """For a rate: what is said of those that are missing from a whole one."""
    is_part: bool = False
    """其中: it is a part of the figure above it."""
    share_of: str = ""
    """The key of the figure that shares (占比) of this one are of; empty where none are told."""

    def words_in(self, *, month: bool) -> str:
        """Return what it is called for a month, or for any other period."""
        if month:
            return self.words
        return self.words.replace("本月", "本期").replace("上月", "上期").replace("月末", "期末")

    def title_in(self, *, month: bool) -> str:
        """Return what it is called with its unit, as `words_in` says it."""
        words = self.words_in(month=month)
        return words if words.endswith(self.unit) else f"{words}（{self.unit}）"

    def text(self, value: Number) -> str:
        """Return a value as it is printed: 1,234; 33,000 (元); 31.3%; — where there is none."""
        if value is None:
            return NOTHING
        if self.kind is FigureKind.RATE:
            return rate_text(value)
        if self.unit == "元":
            yuan, fen = divmod(abs(int(value)), 100)
            return f"{'-' if value < 0 else ''}{yuan:,}" + (f".{fen:02}" if fen else "")
        return f"{value:,}"


def rate_text(rate: float | None) -> str:
    """Return a rate or a change as a percentage: 31.3%; — where there is none."""
    return NOTHING if rate is None else f"{rate:.1%}"


def change_text(figure: Figure, change: float | None) -> str:
    """Return 环比 or 同比: +12.5%, for a rate +1.5 个百分点; — where there is none."""
    if change is None:
        return NOTHING
    return f"{change * 100:+.1f} 个百分点" if figure.kind is FigureKind.RATE else f"{change:+.1%}"


_O, _A, _S, _L, _R, _B = (
    Part.OUTREACH, Part.ADVICE, Part.CASES, Part.LIMITS, Part.RESULTS, Part.CALL_BACKS
)  # fmt: skip

_DUE = "期限日在本期，已经办了或者已经超期的；重办另计一次"
_ON_TIME = "其中用时不超过期限的；延期办结的不算按期"


def _figure(
    part: Part, key: str, words: str, unit: str, note: str, kind: FigureKind = FigureKind.FLOW
) -> Figure:
    return Figure(key=key, part=part, words=words, unit=unit, note=note, kind=kind)


def _within(
    part: Part, key: str, words: str, unit: str, note: str, kind: FigureKind = FigureKind.FLOW
) -> Figure:
    return Figure(key=key, part=part, words=words, unit=unit, note=note, kind=kind, is_part=True)


def _rate(
    part: Part, key: str, words: str, above: str, below: str, note: str, short: str
) -> Figure:
    return Figure(
        key=key, part=part, words=words, unit="", note=note, kind=FigureKind.RATE,
        of=(above, below), short=short,
    )  # fmt: skip


def _step(key: str, words: str) -> tuple[Figure, ...]:
    return (
        _figure(_L, f"{key}.due", f"{words}：应办", "件", _DUE),
        _within(_L, f"{key}.on_time", f"{words}：按期", "件", _ON_TIME),
        _rate(
            _L,
            f"{key}.rate",
            f"{words}：按期率",
            f"{key}.on_time",
            f"{key}.due",
            "按期 ÷ 应办",
            "未按期",
        ),
    )


_VISITS = (
    _figure(_O, "episodes", "播出期数", "期", "播出日在本期的节目"),
    _figure(_O, "listeners", "收听人数", "人次", "各期收听人数之和，按填报的来源"),
    _figure(
        _O,
        "uploads",
        "App 上传期数",
        "期",
        "首次在职工大讲堂（齐鲁工惠 App）发布的日子在本期的期数",
    ),
    _figure(_A, "consultations", "咨询人次", "人次", "一人一次来电或来访计一次，记在第一问的日子"),
    _within(_A, "calls", "来电", "人次", "直播热线、12351 热线"),
    _within(_A, "visits", "来访", "人次", "现场来访"),
    _within(_A, "online", "网上", "人次", "App、小程序、节目留言、视频直播留言"),
    _within(_A, "handed_over", "转来", "人次", "12345 转办、上级交办、部门移送"),
)
_CASES = (
    _figure(
        _S,
        "cases.carried",
        "上月结转",
        "件",
        "本期第一天之前接收、还没有办结的",
        FigureKind.AT_START,
    ),
    _figure(_S, "cases.new", "本月新收", "件", "接收日在本期的；重办重新接收，另计一件"),
    _figure(
        _S, "cases.closed", "本月办结", "件", "有结果并已告知职工的日子在本期的；重办的每次各计"
    ),
    _figure(_S, "cases.open", "月末在办", "件", "期初结转 + 新收 − 办结", FigureKind.AT_END),
    _figure(
        _S,
        "cases.opened",
        "首次立案",
        "件",
        "首次接收日在本期，每案一件；重办和并入别案的不计",
    ),
    *(
        _within(
            _S,
            f"route.{route.name.lower()}",
            f"分流：{route.value}",
            "件",
            "新收里按这一分流方式的",
        )
        for route in Route
    ),
    _within(_S, "route.none", "分流：未定", "件", "新收里还没有定分流方式的"),
    _figure(_S, "cases.collective", "集体争议", "件", "首次立案里十人及以上、同一诉求的，每案一件"),
    _figure(_S, "cases.yellow", "黄牌", "件", "期末在办、当前一步亮黄牌的", FigureKind.AT_END),
    _figure(_S, "cases.red", "红牌", "件", "期末在办、当前一步亮红牌的", FigureKind.AT_END),
)
_LIMITS = (
    *_step("contact", "联系"),
    _within(_L, "contact.tried", "联系：已尽联系义务", "件", "按期里没有联系上、但已尽联系义务的"),
    *_step("plan", "方案"),
    *_step("close", "办结（一般）"),
    *_step("complex", "办结（复杂）"),
    _figure(_L, "paused", "暂停件", "件", "期末在办、正在暂停计时的", FigureKind.AT_END),
    _figure(_L, "extensions", "延期件", "件", "申请日在本期、经批准延期的"),
    _figure(_L, "extended", "延期办结", "件", "应办里超过原期限、在延长的期限内办结的，不算按期"),
)
_RESULTS = (
    _figure(_R, "mediated", "调处劳动争议", "件",
            "办结里的调解成功、案前调解、调解不成并告知仲裁途径"),
    _figure(_R, "legal_aid", "法律援助", "件", "办结里分流为法律援助或已指派援助律师的"),
    _figure(_R, "arbitration", "裁调对接", "件",
            "办结里协办单位有仲裁机构，或者进过仲裁的，不论后来怎样"),
    _figure(_R, "court", "诉调对接", "件", "办结里协办单位有法院，或者进过诉讼的，不论后来怎样"),
    _figure(_R, "letters", "一函两书", "份", "发文日在本期的提示函、意见书、建议书"),
    _figure(_R, "people", "涉及职工", "人",
            "首次立案的涉及人数，每案计一次；没有填人数的按当事人数，都没有写的按一人"),
    _figure(_R, "agreed", "挽回经济损失（协议或裁决确认）", "元",
            "协议或裁决的日子在本期的金额；没有写日子的按办结日，没有协议而已到账的按到账计，"
            "重办后再次达成的只计多出来的"),
    _within(_R, "received", "其中：已到账", "元",
            "到账日期在本期的金额；没有写日期的按办结日，不等于本期协议的到账"),
)  # fmt: skip
_CALL_BACKS = (
    _figure(_B, "called_back", "已回访", "件", "办结里回访过、接通了的"),
    _rate(_B, "call_back_rate", "回访率", "called_back", "cases.closed", "已回访 ÷ 办结", "未回访"),
    _figure(_B, "rated", "已评价", "件", "办结里回访时评价了的"),
    _within(_B, "satisfied", "满意和基本满意", "件", "已评价里满意、基本满意的"),
    _rate(
        _B, "satisfaction_rate", "满意率", "satisfied", "rated", "满意和基本满意 ÷ 已评价", "不满意"
    ),
    _figure(_B, "redone", "重办", "件", "重新接收的日子在本期的"),
    _figure(_B, "supervised", "督办", "件次", "督办的日子在本期的，每次计一次"),
)
_CHANNELS = tuple(
    Figure(
        key=f"channel.{channel.name.lower()}",
        part=Part.ADVICE,
        words=channel.value,
        unit="人次",
        note="咨询人次里从这一渠道来的",
        is_part=True,
        share_of="consultations",
    )
    for channel in Channel
)

_QUESTIONS = _figure(
    _A, "questions", "问题数", "条", "台账行数，非劳动法律问题也计；类别占比按行数"
)

FIXED: tuple[Figure, ...] = (
    *_VISITS, *_CHANNELS, _QUESTIONS, *_CASES, *_LIMITS, *_RESULTS, *_CALL_BACKS
)  # fmt: skip
"""Every figure but those by category."""

PUBLISHED: tuple[str, ...] = tuple(category.value for category in CATEGORIES[:4])
"""The headings that are always published, in their order."""


def headings(published: Mapping[Category, str]) -> tuple[str, ...]:
    """Return the headings that categories are published under, those always published first.

    Args:
        published: 统计口径, the heading of each category; one that is missing keeps its own name.
    """
    used = [heading_of(category, published) for category in (*CATEGORIES, Category.PENDING)]
    return tuple(dict.fromkeys((*PUBLISHED, *used)))


def heading_of(category: Category, published: Mapping[Category, str]) -> str:
    """Return the heading that *category* is published under."""
    return published.get(category, "") or category.value


def category_figure(heading: str) -> Figure:
    """Return the figure that counts the questions under a published heading."""
    return Figure(
        key=f"category.{heading}",
        part=Part.CATEGORIES,
        words=heading,
        unit="条",
        note="问题数里按统计口径归入这一类的，占比按行数",
        share_of="questions",
    )


def all_figures(published: Iterable[str]) -> tuple[Figure, ...]:
    """Return every figure in the order of 每月汇总, with one for each heading in *published*."""
    categories = tuple(category_figure(heading) for heading in published)
    order = list(Part)
    return tuple(sorted((*FIXED, *categories), key=lambda figure: order.index(figure.part)))


def reports_zero(numbers: Mapping[str, Number]) -> bool:
    """Return whether these are a 零报告: nobody asked, and no case came in or was closed."""
    return not any(numbers[key] for key in _REPORTED)


def figure(key: str) -> Figure:
    """Return the figure of this key.

    Raises:
        KeyError: no figure has it.
    """
    heading = key.removeprefix("category.")
    return category_figure(heading) if heading != key else _BY_KEY[key]


_REPORTED = ("consultations", "questions", "cases.new", "cases.closed")
_BY_KEY = {each.key: each for each in FIXED}
