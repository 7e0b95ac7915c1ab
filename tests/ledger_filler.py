"""A ledger of years: as many episodes, questions and utterances as are asked for, all invented."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from hotline_desk.domain.calls import (
    Caller,
    CallerKind,
    Channel,
    Gender,
    NewCall,
    PersonLabel,
)
from hotline_desk.domain.categories import CATEGORIES
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.keeping import Keeping
from hotline_desk.domain.questions import Kind, NewQuestion, Span
from hotline_desk.domain.utterances import Utterance
from hotline_desk.ledger import Ledger

BEGAN = datetime.fromisoformat("2007-01-03T10:00:00+08:00")
UTTERANCE_SECONDS = 6.0

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹"
DISTRICTS = ("东港区", "岚山区", "五莲县", "莒县", "开发区", "山海天")
EMPLOYERS = ("物业公司", "建筑公司", "机械厂", "食品厂", "纺织厂", "物流公司", "酒店", "保洁公司")
LAWYERS = ("赵律师", "钱律师", "孙律师", "李律师", "周律师", "")
UNITS = ("东港服务点", "岚山服务点", "五莲服务点", "莒县服务点", "")
_WHO = ("我", "我们", "我对象", "我父亲", "我们车间的人", "我和几个工友", "俺家孩子", "我同事")
_LABELS = ((), (PersonLabel.MIGRANT,), (PersonLabel.WOMAN,), (PersonLabel.NEW_WORK,),
           (PersonLabel.MIGRANT, PersonLabel.OVER_AGE))  # fmt: skip
_WHEN = ("去年", "今年三月", "上个月", "从二零一九年开始", "干了五年以后", "前天", "春节前", "一直")
_WHERE = (
    "在工地上",
    "在物业公司",
    "在饭店后厨",
    "在机械厂",
    "给人开货车",
    "在纺织厂",
    "送外卖的时候",
)
WHAT = (
    "被拖欠两个月工资", "没有签订劳动合同", "没有缴纳社会保险", "手被机器压伤了", "被通知不用来了",
    "加班没有加班费", "押金一直不退", "想申请工伤认定", "怀孕以后被调岗", "公积金没有缴",
    "离职证明不给开", "高温津贴没有发过", "年休假从来没有休过", "劳务公司说不归他们管",
)  # fmt: skip
_ASKS = (
    "请问律师怎么办",
    "能不能要求赔偿",
    "应该找哪个部门",
    "能要回来吗",
    "我想咨询一下",
    "需要什么证据",
)
_ADVICE = (
    "您可以先向劳动保障监察大队投诉", "根据劳动合同法第三十条的规定",
    "单位应当按时足额支付劳动报酬", "建议您保留好工资条和考勤记录",
    "一年之内向劳动仲裁委员会申请仲裁", "可以要求支付经济补偿",
    "工会可以为您提供法律援助", "三十日内提出工伤认定申请", "这个情况属于违法解除劳动合同",
)  # fmt: skip


class Filler:
    """Invents the same records each time for the same seed."""

    def __init__(self, seed: int = 190) -> None:
        self._random = random.Random(seed)

    def fill(self, path: Path, *, episodes: int, questions: int, utterances: int) -> None:
        """Write a ledger of so many episodes, with so many questions and utterances in all."""
        with Ledger.open(path) as ledger:
            for number in range(1, episodes + 1):
                began = BEGAN + timedelta(weeks=number)
                episode = Episode(number=number, on=began.date(), host="主持人")
                take = f"episodes/{episode.folder_name}/take-095000"
                with ledger.together():
                    ledger.save_episode(episode, by="填充")
                    ledger.add_take(take, number, began)
                    ledger.copy_utterances(
                        take, [self.utterance(place) for place in range(utterances // episodes)]
                    )
                    for place in range(questions // episodes):
                        self.add_question(ledger, number, take, began, 60.0 * place)

    def utterance(self, place: int) -> Utterance:
        """Return what is heard at a place of a take; callers and studio take turns."""
        line, text = ("来电", self.sentence()) if place % 3 else ("演播室", self.advice())
        start = place * UTTERANCE_SECONDS
        return Utterance(line, start, start + UTTERANCE_SECONDS - 1, text)

    def add_question(
        self, ledger: Ledger, episode: int, take: str, began: datetime, start: float
    ) -> None:
        """File a call and its question."""
        chosen = self._random
        at = began + timedelta(seconds=start)
        call = ledger.add_call(
            NewCall(
                episode=episode,
                line="来电",
                caller=Caller(
                    name=chosen.choice(SURNAMES),
                    title=chosen.choice(list(Gender)),
                    phone=f"13{chosen.randrange(10**9):09}",
                    district=chosen.choice(DISTRICTS),
                    employer=chosen.choice(EMPLOYERS),
                    kind=chosen.choice(list(CallerKind)),
                    labels=chosen.choice(_LABELS),
                ),
                take=take,
                began=start,
                at=at,
            ),
            by="填充",
        )
        ledger.add_question(
            NewQuestion(
                episode=episode,
                call_id=call.id,
                channel=chosen.choice(list(Channel)),
                category=chosen.choice(CATEGORIES),
                point=chosen.choice(WHAT),
                text=self.sentence() + self.sentence(),
                answer=self.advice() + self.advice(),
                kind=chosen.choice(list(Kind)),
                answered_by=chosen.choice(LAWYERS),
                unit=chosen.choice(UNITS),
                keeping=chosen.choice(list(Keeping)),
                employer=chosen.choice(EMPLOYERS),
                recorded_by="填充",
                articles="劳动合同法 第三十条",
                amount_fen=chosen.randrange(10**7),
                people=chosen.randrange(1, 20),
                take=take,
                asked=Span(line="来电", start=start, end=start + 25),
                answered=Span(line="演播室", start=start + 25, end=start + 55),
                at=at,
            ),
            by="填充",
        )

    def sentence(self) -> str:
        """Return what a caller may say."""
        return "".join(map(self._random.choice, (_WHEN, _WHO, _WHERE, WHAT, _ASKS)))

    def advice(self) -> str:
        """Return what a lawyer may say."""
        return "".join(self._random.sample(_ADVICE, 2))
