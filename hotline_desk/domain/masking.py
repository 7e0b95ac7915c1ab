"""What leaves the desk without names and numbers: 董某, 138****5678, 某物业公司.

Persons keep their surname, numbers their two ends, employers their kind of trade. Masking what is
masked already changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.names import (
    closed,
    each_name,
    given_name,
    is_familiar,
    is_nobody,
    parts_alone,
    plain_name,
    spelled,
    surname,
    titled,
)
from hotline_desk.domain.surnames import surnames

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question

_THINGS = (
    "劳动|劳务|年休|年假|公司|公积|公示|公告|单位|单方|项目|农民工|申请|解除|解雇|终止|高温|全日"
    "|计件|计时|管理|通知|程序|和解|时效|强制|支付|包工|商业|安全|从业|国家|满勤"
)
"""What has a name too (这叫做劳务派遣) and begins like a surname."""

_REMEMBERED = 1_000
"""A ledger names the same persons and employers row after row."""

SOMEWHERE = "某处"
"""Stands where a caller's address was."""
_WIDE = str.maketrans("０１２３４５６７８９＋－", "0123456789+-")
_GAP = r"[-—–. ·]?"
_NUMBER = re.compile(
    rf"(?P<mobile>(?<!\d)(?P<country>\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d))"
    rf"|(?P<identity>(?<!\d)[1-9](?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}\d){{9}}"
    rf"{_GAP}[\dXx](?![\dA-Za-z]))"
    r"|(?P<card>(?<!\d)\d{4}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?(?!\d))"
    rf"|(?P<landline>(?<!\d)(?P<area>[(（]?0\d{{2,3}}[)）]?{_GAP})\d(?:{_GAP}\d){{6,7}}(?!\d))"
    r"|(?P<cued>(?:电话|座机|号码|手机|传真)(?:号|是|为|：|:|\s)*\d{3,4}[-—– ]\d{4}(?![-—– ]?\d))"
    r"|(?P<amount>(?<!\d)\d{7,9}+(?=(?:\.\d+)? ?[元块万亿]))"
    r"|(?P<long>\d{7,}+[Xx]?)"
)
_ACCOUNT = re.compile(
    r"(?P<cue>(?:微信|威信|薇信|wechat|weixin|vx|wx|抖音|快手|QQ)(?:群|号)?(?:是|为|叫|：|:|\s)*)"
    r"(?P<id>[a-z][-_a-z0-9]{4,19}|\d{5,11})(?![-_a-z0-9*])",
    re.IGNORECASE | re.ASCII,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PLATE = re.compile(
    r"(?P<region>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z])"
    r"[·•.\s-]?(?=[A-HJ-NP-Z]*\d)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳](?![A-Z\d])",
    re.IGNORECASE,
)
"""车牌: the province and the city stay."""
_FIRM_CODE = re.compile(
    r"(?<![\dA-Z])(?=\d{0,16}[A-Z])[\dA-HJ-NPQRTUWXY]{2}\d{6}[\dA-HJ-NPQRTUWXY]{10}(?![\dA-Z])",
    re.IGNORECASE,
)
"""统一社会信用代码: anybody can look up whose it is."""
_COUNTED = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4})"
_ROOM = (
    rf"(?:{_COUNTED}\s*[层楼]\s*)?"
    rf"(?:{_COUNTED}\s*(?:室|户(?![的人居])|号房?|房)|\d{{3,4}}(?![\d元块年月日人名个天]))"
)
_UNIT = rf"[东西南北中]?{_COUNTED}?\s*单元\s*"
_HOME = re.compile(
    rf"{_COUNTED}\s*(?:号楼|#楼?|栋|幢|座|号院)\s*(?:{_UNIT}(?:{_ROOM})?|{_ROOM})"
    rf"|{_COUNTED}\s*单元\s*{_ROOM}"
)
"""Where somebody lives: 3号楼2单元501; a building alone may be a site where somebody works."""
_DISTRICT = re.compile(
    r"(?:[^\W\d省]{2,6}省)?(?:[^\W\d省市区县]{1,6}市)?[^\W\d省市区县]{1,10}(?<![小社])[区县市]"
)
_TOWN_ALONE = re.compile(r"[^\W\d]{2,8}?(?:街道|[镇乡])")
_STREET = re.compile(r"\d|[路巷弄号栋幢楼室]|小区|社区|街(?!道)")
_TOWN = re.compile(r"街道|[镇乡]|办事处|社区")
_HOUSE = re.compile(r"^\D{2,}?\s*\d+\s*[号弄巷栋幢]")
_CHINESE_DIGITS = "零〇一二三四五六七八九幺"
_SPOKEN_DIGIT = str.maketrans(_CHINESE_DIGITS, "001234567891")
_SPOKEN = re.compile(
    rf"[{_CHINESE_DIGITS}\d]"
    rf"(?:[\s，,。\-—嗯啊呃哎额是那]{{0,3}}[{_CHINESE_DIGITS}\d]){{6,}}"
)
"""Seven digits or more said one by one, with the pauses and fillers between them."""
_FEWEST_OF_PHONE, _LONGEST_LOCAL = 7, 8
_FEWEST_SPOKEN = 4
"""With fewer Chinese digits it is figures with commas between them, not a number being said."""

_PLACES = (
    "人民医院|中医院|卫生院|医院|诊所|药店|幼儿园|中学|小学|职业学院|培训学校|学院|大学|学校|酒店|宾馆"
    "|饭店|餐厅|火锅店|超市|商场|银行|养老院|敬老院|加油站|合作社|养殖场|码头|车站|园林场"
)
_TRADES = (
    "物业|保洁|环卫|保安|家政|建筑|建设|建材|装饰|装修|劳务|人力资源|餐饮|物流|运输|货运|快递|外卖"
    "|配送|客运|公交|出租|电子|机械|汽车|服装|纺织|食品|化工|医药|钢铁|冶金|港口|港务|水产|渔业|海产"
    "|造船|船舶|家具|木业|造纸|印刷|包装|塑料|橡胶|电力|能源|矿业|房地产|置业|网络|科技|传媒|广告"
    "|教育|培训|旅游|商贸|贸易|零售|农业|园林|绿化|市政|路桥|工程"
)
_FORMS = "分公司|公司|集团|企业|项目部|工厂|厂|店"
_WHAT_IT_IS = re.compile(rf"(?P<place>{_PLACES})|(?P<trade>{_TRADES})|(?P<form>{_FORMS})")
_ANY_EMPLOYER = re.compile("工地|个人|个体|个体户|老板|包工头|单位|公司|工厂|厂里|店里|不详|无")
"""What is written where no employer is named: words of every text."""
_NOTHING = r"(?!)"
_AS_EMPLOYER = (
    "上班|工作|打工|干活|干了|做工|送货|拖欠|欠|克扣|扣|老板|经理|辞退|开除|解除|解雇|不给|不发|没给"
    "|没发|不签|没签|不交|没交|那边|那里"
)
"""What says that the short name before it is an employer's."""
_NO_PART_OF_A_NAME = "的了在是我你他她们某由到给被跟从叫"
_REGISTERED = re.compile(
    rf"(?:(?:山东|日照|青岛|济南|潍坊|临沂|烟台|东港|岚山|五莲|莒县)[省市区县]?"
    rf"[^\W\d_{_NO_PART_OF_A_NAME}]{{1,8}}?(?:{_TRADES})(?:公司|集团|厂)"
    rf"|[^\W\d_{_NO_PART_OF_A_NAME}和与去找让替帮向对把][^\W\d_{_NO_PART_OF_A_NAME}]{{1,15}}?"
    r"(?:有限责任公司|有限公司))(?![里长家区房子法])"
)
"""A firm by its registered form, whoever it is, with what may stand before it."""
_VERB_BEFORE_A_FIRM = re.compile(
    "反映|要求|责令|判决|判令|裁决|认为|规定|帮助|反馈|通知|告知|入职|起诉|投诉|举报|承诺|答应|联系(?!统)"
    "|督促|约谈|建议(?!设)|提醒|函告|告(?!传媒|装饰)|受理|注册|成立|设立|与|和(?=股份)|很多|许多|不少|说|问"
)
"""No part of a firm's name: it begins behind the last of them."""
_SIGN_BEFORE_A_FIRM = re.compile("[局院队站所月]|委员?会?|工会|协会|日(?!照)")
"""The same, where a name is left behind it: 12月阳光公司, but 海月公司."""
_NO_BRAND = re.compile("(?:[一两几多][人家个]|股份|国有|外资|合资|本地|当地|这家|那家|别的|其他)?")
_REGION = re.compile(
    r"^(?:(?:山东|日照|青岛|济南|潍坊|临沂|烟台)[省市]?|[\u4e00-\u9fff]{1,3}?[省市区县])+"
)


def mask_name(name: str) -> str:
    """Return a person's *name* without the given name: 董小红 → 董某; 张师傅 stays."""
    name = name.strip()
    if not name or is_familiar(name) or is_nobody(name):
        return name
    called, title = titled(name)
    kept = called if title and is_familiar(called) else surname(called)
    return kept + (title or "某")


@lru_cache(_REMEMBERED)
def mask_caller(caller: Caller) -> Caller:
    """Return *caller* with nothing left that tells who it is; the district stays.

    A number that was typed into the wrong field is masked there too.
    """
    name = mask_numbers(caller.name.strip())
    if name and caller.title:
        name = surname(titled(name)[0])
    elif len(name) > 1:
        name = mask_name(name)
    return replace(
        caller,
        name=name,
        phone=mask_numbers(caller.phone),
        employer=mask_employer(caller.employer),
        district=mask_numbers(district(caller.district)),
    )


@lru_cache(_REMEMBERED)
def mask_employer(name: str) -> str:
    """Return an employer's *name* as its kind of trade: 某物业公司, 某医院, 某机械厂."""
    name = name.strip()
    if not name:
        return ""
    found = list(_WHAT_IT_IS.finditer(name))
    place = next(filter(None, (part["place"] for part in found)), "")
    trade = next(filter(None, (part["trade"] for part in found)), "")
    if place:
        return f"某{place}"
    if name.endswith(("厂", "店")):
        return f"某{trade}{name[-1]}"
    return f"某{trade}公司" if found else "某单位"


@lru_cache(_REMEMBERED)
def district(place: str) -> str:
    """Return what may be told of a 所在区县街道: the 区县, or the 街道 or 镇 where it has none.

    Empty where only a street, an estate or a house is told.
    """
    place = place.strip()
    found = _DISTRICT.match(place) or _TOWN_ALONE.match(place)
    return found[0] if found else "" if _STREET.search(place) else place


def mask_numbers(text: str) -> str:
    """Return *text* with telephone, identity and card numbers masked, spoken ones too.

    A mobile number keeps three and four digits, an identity number the same, a card four and
    four, a landline its area and the last two. Other runs of seven digits or more keep two;
    amounts of money stay. Of 微信号 and the like nothing is left but the first sign, of a mail
    address nothing, of 车牌 the province and the city. Full-width digits become plain ones.
    """
    if not text:
        return ""
    text = _MAIL.sub("***", text.translate(_WIDE))
    text = _FIRM_CODE.sub(lambda found: "*" * len(found[0]), text)
    text = _PLATE.sub(lambda found: f"{found['region']}*****", text)
    text = _ACCOUNT.sub(lambda found: f"{found['cue']}{found['id'][0]}****", text)
    return _NUMBER.sub(_masked_number, _SPOKEN.sub(_masked_spoken, text))


def mask_phones(text: str, phone: str = "") -> str:
    """Return an 外部工单号 without what has the shape of a telephone or identity number in it.

    It is another platform's and no personal datum, and its own digits stay: the platform knows
    it by them. *phone*, the caller's, goes wherever it stands in it.
    """
    text = text.translate(_WIDE)
    own = "".join(filter(str.isdecimal, phone.translate(_WIDE)))
    text = _NUMBER.sub(lambda found: _masked_number(found) if _is_phone(found) else found[0], text)
    if len(own) < _FEWEST_OF_PHONE:
        return text
    return text.replace(own, _starred(own, 3, 4) if len(own) > _LONGEST_LOCAL else "*" * len(own))


def mask_among(text: str, persons: Iterable[Caller] = (), *, employers: Iterable[str] = ()) -> str:
    """Return free *text* masked, whomever it may name of those a row and its case know.

    Args:
        text: what was said or typed.
        persons: whose names, employers and addresses are masked wherever they occur.
        employers: those of the question and the case.
    """
    if not text:
        return ""
    known = sorted(persons, key=lambda person: len(person.name), reverse=True)  # 王明华, then 王明
    text = text.translate(_WIDE)
    for address in sorted(
        {_address(each.district.translate(_WIDE)) for each in known}, key=len, reverse=True
    ):
        text = _without_address(text, address)
    text = mask_numbers(_HOME.sub(SOMEWHERE, text))
    for name in dict.fromkeys([*employers, *(each.employer for each in known)]):
        text = _without_employer(text, name.strip())
    text = _REGISTERED.sub(_masked_firm, text)
    for name in dict.fromkeys(name for each in known for name in each_name(each.name)):
        text = _without_person(text, name)
    return _introduced().sub(_masked_introduction, text)


def _masked_firm(found: re.Match[str]) -> str:
    said = found[0]
    first = max((verb.end() for verb in _VERB_BEFORE_A_FIRM.finditer(said)), default=0)
    signs = [sign.end() for sign in _SIGN_BEFORE_A_FIRM.finditer(said, first)]
    for start in (*reversed(signs), first):
        brand = _REGION.sub("", said[start:])
        if not _NO_BRAND.fullmatch(re.sub(f"{_TRADES}|{_FORMS}|有限|责任|服务|管理", "", brand)):
            return said[:start] + mask_employer(said[start:])
    return said


def persons_of(case: Case, questions: Sequence[Question]) -> list[Caller]:
    """Return whom the texts of a case and of its questions may name: its workers and callers."""
    return [
        *(question.caller for question in questions),
        *(Caller(name=party.name) for party in case.parties),
    ]


@cache
def _introduced() -> re.Pattern[str]:
    """Return who says the own name: surname and one or two characters that are no common words.

    A name of parts with a dot between them, or a Latin one of two words, is one whatever it is.
    """
    single, double = surnames()
    return re.compile(
        rf"(?P<cue>(?:(?:我叫|名叫|叫做|名字是|名字叫|姓名是|姓名)[\s:：]*"
        r"|(?:法定代表人|法人代表|法人|负责人|联系人|经办人|经理|老板|证人)\s*[:：]\s*))(?:"
        r"(?P<parted>[^\W\d_]+(?:\s*[·•・‧][^\W\d_]+)+|[A-Z][a-z]+(?: [A-Z][a-z]+)+)"
        rf"|(?!{_THINGS})(?P<surname>{'|'.join(sorted(double))}|[{''.join(sorted(single))}])"
        r"(?!某)[^\W\d_在是今从到来有的了想我你他她和跟要们]{1,2})"
    )


def _masked_introduction(found: re.Match[str]) -> str:
    return f"{found['cue']}{found['surname'] or found['parted'][:1]}某"


def _without_person(text: str, name: str) -> str:
    """Return *text* without a full *name*, its parts, and the given name where it is introduced."""
    name = closed(plain_name(name))
    given = given_name(name)
    if not given:
        return text
    ways = "|".join(map(spelled, (name, *parts_alone(name))))
    text = re.sub(ways, f"{surname(name)}某", text, flags=re.IGNORECASE)
    alone = rf"(?<=[叫是]){re.escape(given)}|{re.escape(given)}(?=[说讲]|本人|自己)"
    return re.sub(alone, "某某", text) if len(given) > 1 else text


def _address(place: str) -> str:
    """Return what may not be told of a 所在区县街道: the street and the house."""
    return place.removeprefix(district(place)).strip()


def _without_address(text: str, address: str) -> str:
    """Return *text* without an *address*, and without its street and house number."""
    starts = [0, *(town.end() for town in _TOWN.finditer(address))]
    parts = {part for start in starts for part in _HOUSE.findall(address[start:])} | {address}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) > 2:
            text = re.sub(r"\s*".join(map(re.escape, "".join(part.split()))), SOMEWHERE, text)
    return text


def _is_phone(found: re.Match[str]) -> bool:
    return any(found[kind] for kind in ("mobile", "identity", "landline", "cued"))


def _masked_number(found: re.Match[str]) -> str:
    if found["amount"]:
        return found[0]
    if found["mobile"]:
        country = found["country"] or ""
        return country + _starred(found[0][len(country) :], 3, 4)
    if found["identity"]:
        return _starred(found[0], 3, 4)
    if found["card"]:
        return _starred(found[0], 4, 4)
    if cued := found["cued"]:
        cue = re.match(r"\D+", cued)
        return (cue[0] if cue else "") + "*****" + cued[-2:]
    if not found["area"] and _is_day(found[0]):
        return found[0]
    area = found["area"] or ""
    return area + _starred(found[0][len(area) :], 0, 2)


def _is_day(digits: str) -> bool:
    """Return whether a run of digits is a day, as tables write it: 20250301."""
    if len(digits) != len("20250301") or not digits.startswith(("19", "20")):
        return False
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True


def _masked_spoken(found: re.Match[str]) -> str:
    if sum(sign in _CHINESE_DIGITS for sign in found[0]) < _FEWEST_SPOKEN:
        return found[0]
    digits = "".join(filter(str.isdecimal, found[0].translate(_SPOKEN_DIGIT)))
    return _NUMBER.sub(_masked_number, digits)


def _starred(number: str, head: int, tail: int) -> str:
    signs = "".join(filter(str.isalnum, number))
    return signs[:head] + "*" * (len(signs) - head - tail) + signs[len(signs) - tail :]


def _without_employer(text: str, employer: str) -> str:
    masked = mask_employer(employer)
    if (
        len(employer) < 2
        or "某" in employer
        or employer in masked
        or _ANY_EMPLOYER.fullmatch(employer)
    ):
        return text
    return _ways_to_say(employer).sub(masked, text)


@lru_cache(_REMEMBERED)
def _ways_to_say(employer: str) -> re.Pattern[str]:
    """Return how free text may name an *employer*."""
    region = _REGION.match(employer)
    own = employer[region.end() :] if region else employer
    what = _WHAT_IT_IS.search(own)
    brand = own[: what.start()] if what else own
    if not brand:
        return re.compile(re.escape(employer) if region else _NOTHING)
    before = rf"(?:{re.escape(region[0])})?" if region else ""
    after = rf"(?:{_PLACES}|{_TRADES}|{_FORMS}|服务|管理|有限|责任|股份)" + ("+" if what else "*")
    ways = [re.escape(employer), f"{before}{re.escape(brand)}{after}"]
    if len(brand) > 1:
        # 阳光很好 is no employer; 在阳光上班, 阳光拖欠 and 日照阳光 are
        ways += [f"{before}{re.escape(brand)}(?={_AS_EMPLOYER}|的老板|的经理)"]
        ways += [f"{re.escape(region[0])}{re.escape(brand)}"] if region else []
    return re.compile("|".join(ways))
