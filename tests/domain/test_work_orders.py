"""工单文本: in a fixed order, masked unless it is internal, and read back by its names."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.calls import Call, Caller, Consent, Gender
from hotline_desk.domain.casework.cases import Case, Route
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.masked import masked_case, masked_question, named_in
from hotline_desk.domain.questions import Question
from hotline_desk.domain.work_orders import (
    HIDDEN,
    KEPT,
    case_text,
    question_text,
    read_work_order,
)

AT = datetime.fromisoformat("2026-11-25T10:03:20+08:00")
CALLER = Caller(name="董小红", title=Gender.WOMAN, phone="13800005678",
                district="东港区海曲路 1 号", employer="日照阳光物业有限公司")  # fmt: skip
QUESTION = Question(
    id=7, number="GHFL-2026-190-03", episode=190, caller=CALLER, at=AT, confirmed=True,
    point="董小红被阳光物业拖欠两个月工资", answer="可以申请仲裁", amount_fen=3_300_000, people=11,
)  # fmt: skip
CALL = Call(id=1, episode=190, at=AT, caller=CALLER, state_since=AT,
            consent=Consent(name_to_employer=True))  # fmt: skip
CASE = Case(
    id=1, number="AJ-2026-0031", received=AT.date(), events=ClockEvents(received=AT.date()),
    employer="日照阳光物业有限公司", matter="董小红等十一人被拖欠工资", people=11,
    route=Route.MODEL_WORKER, owner="劳模调解员丁",
)  # fmt: skip


def text(question=QUESTION, call=CALL, *, internal=False):
    question = question if internal else masked_question(question)
    return question_text(question, call, case_number="AJ-2026-0031", internal=internal)


def text_of_case(case, questions, *, secret=False, internal):
    if not internal:
        known = named_in(case, questions)
        case = masked_case(case, questions)
        questions = [masked_question(each, known) for each in questions]
    return case_text(case, questions, secret=secret, kept=False)


def test_a_question_is_told_in_a_fixed_order_and_masked():
    assert text() == (
        "台账编号：GHFL-2026-190-03\n案件编号：AJ-2026-0031\n接收时间：2026年11月25日 周三 10:03\n"
        "来源渠道：直播热线\n来电人：董女士\n身份：职工本人\n联系电话：138****5678\n"
        "所在区县街道：东港区\n工作单位：某物业公司\n问题类别：待定\n类型：咨询\n涉及人数：11 人\n"
        "诉求金额：33,000 元\n诉求要点：董某被某物业公司拖欠两个月工资\n解答要点：可以申请仲裁\n"
        "办理方式：当场答复"
    )


@pytest.mark.parametrize(
    ("external", "shown"),
    [
        ("WX-2026-1", "WX-2026-1"),
        ("2026112510031234", "2026112510031234"),
        ("RZ12345202611250012", "RZ12345202611250012"),
        ("WX-13800005678", "WX-138****5678"),
        ("WX-１３８００００５６７８", "WX-138****5678"),
        ("12345-13911112222-01", "12345-139****2222-01"),
        ("电话0633-8291234", "电话0633-*****34"),
        ("2026112513800005678", "20261125138****5678"),
    ],
)
def test_the_other_platform_s_number_stays_but_for_a_telephone_number_in_it(external, shown):
    question = replace(QUESTION, external_number=external)
    case = replace(CASE, external_number=external)

    assert f"外部工单号：{shown}\n" in text(question)
    assert f"外部工单号：{external}\n" in text(question, internal=True)
    for internal, expected in ((False, shown), (True, external)):
        told = text_of_case(case, [question], internal=internal)
        assert f"外部工单号：{expected}\n" in told


def test_the_callers_number_in_that_of_the_case_goes_with_it():
    question = replace(QUESTION, caller=replace(CALLER, phone="8234567"))
    case = replace(CASE, external_number="RZ-8234567-01")

    assert masked_case(case, [question]).external_number == "RZ-*******-01"


def test_the_internal_text_masks_nothing():
    told = text(internal=True)

    assert "联系电话：13800005678" in told
    assert "诉求要点：董小红被阳光物业拖欠两个月工资" in told


@pytest.mark.parametrize("call", [None, replace(CALL, consent=Consent())])
@pytest.mark.parametrize("internal", [True, False])
def test_who_has_not_agreed_is_kept_from_the_employer_first_of_all(call, internal):
    assert text(call=call, internal=internal).splitlines()[0] == HIDDEN


def test_who_does_not_want_to_be_passed_on_is_told():
    kept = replace(CALL, consent=Consent(pass_on=False))

    assert text(call=kept).splitlines()[:2] == [HIDDEN, KEPT]


def test_an_answer_leaves_once_its_lawyer_has_confirmed_it():
    assert "解答要点" not in text(replace(QUESTION, confirmed=False))
    assert "解答要点" in text(replace(QUESTION, confirmed=False), internal=True)


@pytest.mark.parametrize("internal", [True, False])
def test_a_case_is_told_with_the_points_of_its_questions(internal):
    told = text_of_case(CASE, [QUESTION], secret=True, internal=internal)

    lines = told.splitlines()
    assert (lines[0], lines[1]) == (HIDDEN, "案件编号：AJ-2026-0031")
    assert "台账编号：GHFL-2026-190-03" in lines
    assert ("小红" in told) is internal
    assert ("阳光" in told) is internal


@pytest.mark.parametrize(
    ("internal", "called", "phone"),
    [(True, "董小红女士", "13800005678"), (False, "董女士", "138****5678")],
)
def test_a_case_says_once_who_can_be_rung(internal, called, phone):
    told = text_of_case(CASE, [QUESTION, replace(QUESTION, id=8)], internal=internal)

    assert told.count("来电人：") == 1
    assert f"来电人：{called}\n联系电话：{phone}\n" in told


names = st.text("工单编号诉求人联系方式内容", min_size=2, max_size=6)
words = st.text("拖欠工资，两个月。13800005678 ", max_size=20).map(str.strip)


@given(st.dictionaries(names, words, max_size=6))
def test_a_work_order_is_read_by_its_names(fields):
    pasted = "\n".join(f" {name} ：{said}" for name, said in fields.items())

    assert read_work_order(pasted) == fields


def test_lines_without_a_name_go_on_with_the_one_before():
    pasted = "办理单\n诉求内容：公司拖欠工资，\n  已经两个月。\n\n联系方式: 138"

    assert read_work_order(pasted) == {
        "诉求内容": "公司拖欠工资，\n已经两个月。", "联系方式": "138",
    }  # fmt: skip
