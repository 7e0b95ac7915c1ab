"""Invented episodes to print, of any size, built as the ledger would give them."""

from collections import Counter
from datetime import date, datetime, timedelta, timezone

from hotline_desk.domain.calls import Call, Caller, CallerKind, CallState, Gender
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.questions import Handling, Question, Span
from hotline_desk.domain.statistics.episode_figures import EpisodeFigures, category_shares
from hotline_desk.domain.summary import EpisodeSummary, follow_ups, printed_questions

BEIJING = timezone(timedelta(hours=8))
TEN = datetime(2026, 11, 25, 10, 0, tzinfo=BEIJING)
NOTICE = (
    "本期文字由演示模型转写，演示模型只听得懂合成语音，文字仅供演示，须对照录音核对后方可使用。"
)

_CASES = (
    (
        Category.WAGES, "董小红", Gender.WOMAN, "13800125678", "日照市阳光物业服务有限公司", 11,
        "十一名保洁员被拖欠两个月工资，共 33,000 元",
        "老师您好，我叫董小红，在阳光物业公司做保洁。我们十一个保洁员，从九月份到现在，两个月的工资一分钱"
        "没发，每人 3,000 元，一共 33,000 元。找经理要，经理说“等甲方拨款"
        "再说”，我们打了好几次电话："
        "先是让等一周，后来干脆不接了。我的电话是13800125678。请问我们该怎么办？",
        "工资应当按月足额支付，甲方没有拨款不是拖欠工资的理由。十一人属于十人以上、有共同请求的争议，"
        "可以推举代表人参加调解、仲裁。"
        "先请工会与公司协商；协商不成的，可以向劳动监察部门投诉（电话 12333），也可以申请"
        "劳动仲裁，拖欠工资的争议在劳动关系存续期间不受一年时效限制。请保留考勤记录、工资条、微信记录等证据。",
        "劳动合同法 第三十条、第八十五条；劳动争议调解仲裁法 第七条、第二十七条", Handling.CASE,
    ),
    (
        Category.CONTRACT, "王", Gender.MAN, "", "岚山兴业机械厂", 1,
        "工作一年没有签合同，也没有缴社保",
        "我在厂里干了一年零两个月，一直没签劳动合同，也没有交社会保险。现在想走，能不能要双倍工资？",
        "自用工之日起超过一个月不满一年未订立书面劳动合同的，应当每月支付二倍工资，最多支持十一个月；"
        "满一年的，视为已订立无固定期限劳动合同。",
        "劳动合同法 第十条、第十四条、第八十二条", Handling.ANSWERED,
    ),
    (
        Category.INJURY, "欧阳文静", Gender.UNKNOWN, "0633-8781234", "", None,
        "十月十二日上班时被机器压伤手指，单位不报工伤",
        "我丈夫十月十二日上夜班的时候被机器压伤了两根手指，"
        "住院花了 18,600.50 元，单位说“私了”，不给报工伤。",
        "用人单位应当自事故发生之日起 30 日内申请工伤认定；"
        "单位不申请的，职工本人、近亲属或者工会可以在一年内"
        "直接申请。医疗费由工伤保险基金支付，没有参保的由单位承担。",
        "工伤保险条例 第十四条、第十七条、第六十二条", Handling.PASSED_ON,
    ),
    (
        Category.INSURANCE, "张师傅", Gender.UNKNOWN, "", "", None,
        "", "", "", "", Handling.ANSWERED,
    ),
    (
        Category.DISMISSAL, "李䶮𠮷", Gender.WOMAN, "", "", None,
        "公司口头辞退，怀孕期间能否要求恢复劳动关系——还是只能要赔偿金？",
        "经理当着大家的面说：“明天不用来了！”（没有书面通知）我怀孕五个月了……这样合法吗？",
        "孕期、产期、哺乳期内，用人单位不得依照第四十条、第四十一条解除劳动合同；违法解除的，可以要求继续履行，"
        "也可以要求支付赔偿金（经济补偿标准的二倍）。",
        "劳动合同法 第四十二条、第四十八条、第八十七条", Handling.ANSWERED,
    ),
)  # fmt: skip


def episode(**changes) -> Episode:
    facts = {
        "number": 190,
        "on": date(2026, 11, 25),
        "topic": "拖欠工资怎么办：从证据到仲裁",
        "host": "林晓",
        "producer": "周宁",
        "guests": (
            Guest(name="李明远", unit="山东海曲律师事务所", post="律师"),
            Guest(name="陈静", unit="日照市总工会", post="职工权益保障部部长"),
        ),
        "listeners": 203_400,
        "listeners_source": "电台收听率周报",
    }
    return Episode(**facts | changes)


def a_call(number: int, **changes) -> Call:
    facts = {
        "id": number,
        "episode": 190,
        "at": TEN + timedelta(minutes=3 * number),
        "state": CallState.ENDED,
        "state_since": TEN + timedelta(minutes=3 * number + 2),
    }
    return Call(**facts | changes)


def a_question(number: int, **changes) -> Question:
    category, name, title, phone, employer, people, point, text, answer, articles, handling = (
        _CASES[(number - 1) % len(_CASES)]
    )
    facts = {
        "id": number,
        "number": f"GHFL-2026-190-{number:02}",
        "episode": 190,
        "call_id": number,
        "caller": Caller(
            name=name, title=title, phone=phone, employer=employer, district="东港区石臼街道",
            kind=CallerKind.COLLEAGUE if people == 11 else CallerKind.WORKER,
        ),
        "category": category,
        "point": point,
        "text": text,
        "answer": answer,
        "articles": articles,
        "answered_by": "李明远" if answer else "",
        "handling": handling,
        "people": people,
        "asked": Span(line="来电", start=180.0 * number, end=180.0 * number + 46),
        "answered": Span(line="演播室", start=180.0 * number + 48, end=180.0 * number + 131),
        "confirmed": number % 5 != 2,
        "at": TEN + timedelta(minutes=3 * number),
    }  # fmt: skip
    return Question(**facts | changes)


def figures_of(questions, **changes) -> EpisodeFigures:
    """What these questions come to, each of a call of its own, after some years."""
    present = Counter(question.category.value for question in questions)
    before = Counter({"工资": 157, "社保缴纳": 146, "劳动合同": 96, "工伤": 29,
                      "解除终止与经济补偿": 41, "工时休假": 18, "退休与养老": 9,
                      "非劳动法律问题": 4})  # fmt: skip
    facts = {
        "calls": len(questions),
        "aired": len(questions),
        "offline": 0,
        "consultations": len(questions),
        "questions": len(questions),
        "cases": sum(each.handling is Handling.CASE for each in questions),
        "collective": sum((each.people or 0) >= 10 for each in questions),
        "categories": category_shares(present, before + present),
        "until": date(2026, 11, 25),
        "opening": 0,
    }
    return EpisodeFigures(**facts | changes)


def summary_of(questions, *, internal=False, notice="", **changes) -> EpisodeSummary:
    facts = {
        "union": "日照市总工会",
        "station": "日照广播电视台",
        "programme": "工会法律在线",
        "episode": episode(),
        "internal": internal,
        "figures": figures_of(questions),
        "questions": printed_questions(questions, internal=internal),
        "follow_ups": follow_ups(questions, internal=internal),
        "notice": notice,
    }
    return EpisodeSummary(**facts | changes)
