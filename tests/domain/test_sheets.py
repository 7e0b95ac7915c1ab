"""What of a case leaves the desk: nobody's name in any of its texts."""

from dataclasses import replace

import pytest

from hotline_desk.domain import sheets
from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Case, Party
from hotline_desk.domain.masked import masked_case, masked_question, named_in
from hotline_desk.domain.questions import Question
from hotline_desk.domain.summary import printed_questions
from tests.domain.cases import CALENDAR, LIMITS, MONDAY, a_case, called

CALLER = Caller(name="董小红", phone="13800005678", employer="日照阳光物业有限公司")
QUESTION = Question(
    id=7, number="GHFL-2026-190-01", episode=190, caller=CALLER, at=called(MONDAY).at
)
CASE = Case(
    id=1,
    number="AJ-2026-0001",
    received=MONDAY,
    questions=(QUESTION.id,),
    employer="日照海州餐饮有限公司",
    events=a_case(),
    parties=(Party(name="王明"), Party(name="王明华"), Party(name="欧阳文静女士")),
)
TEXTS = {"matter": "案由", "results": "其他成效", "notes": "备注"}

MASKED = [
    ("王明被拖欠工资", "王某被拖欠工资"),
    ("2026-11-02 到账 王明华 3,000元", "2026-11-02 到账 王某 3,000元"),
    ("王明和王明华都到了", "王某和王某都到了"),
    ("欧阳文静已签字", "欧阳某已签字"),
    ("董小红代领", "董某代领"),
    ("日照海州餐饮有限公司不认账", "某餐饮公司不认账"),
    ("海州餐饮不认账", "某餐饮公司不认账"),
    ("阳光物业欠的", "某物业公司欠的"),
    ("回电13800005678", "回电138****5678"),
    ("对方我叫李建国", "对方我叫李某"),
    ("调解成功，当场付清", "调解成功，当场付清"),
    ("", ""),
]


def office(*, internal):
    return sheets.Office(
        unit="总工会", internal=internal, on=MONDAY, calendar=CALENDAR, limits=LIMITS
    )


def told(case, *, internal=False):
    questions = [QUESTION]
    case = case if internal else masked_case(case, questions)
    row = sheets.case_row(1, case, questions=questions, office=office(internal=internal))
    return dict(zip(sheets.CASE_HEADINGS, row, strict=True))


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize(("written", "exported"), MASKED)
def test_a_cases_texts_name_nobody(field, written, exported):
    assert told(replace(CASE, **{field: written}))[TEXTS[field]] == exported


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize(("written", "_exported"), MASKED)
def test_the_internal_version_has_a_cases_texts_as_written(field, written, _exported):
    assert told(replace(CASE, **{field: written}), internal=True)[TEXTS[field]] == written


def test_a_case_without_workers_or_rows_is_masked_too():
    case = replace(CASE, parties=(), questions=(), notes="海州餐饮，我叫李建国")

    row = sheets.case_row(1, masked_case(case, []), questions=[], office=office(internal=False))

    assert row[sheets.CASE_HEADINGS.index("备注")] == "某餐饮公司，我叫李某"


def test_workers_and_employer_keep_surname_and_trade():
    row = told(CASE)

    assert row["当事人"] == "王某、王某、欧阳女士"
    assert row["用人单位"] == "某餐饮公司"
    assert row["台账编号"] == QUESTION.number
    assert [name for _, name, *_ in sheets.party_rows(masked_case(CASE, [QUESTION]))] == [
        "王某", "王某", "欧阳女士"
    ]  # fmt: skip


def test_who_represents_the_workers_is_told_behind_the_masked_name():
    case = replace(CASE, parties=(replace(CASE.parties[1], represents=True), *CASE.parties[2:]))

    assert told(case)["当事人"] == "王某（代表人）、欧阳女士"
    assert told(case, internal=True)["当事人"] == "王明华（代表人）、欧阳文静女士"
    assert [name for _, name, *_ in sheets.party_rows(masked_case(case, [QUESTION]))] == [
        "王某（代表人）", "欧阳女士",
    ]  # fmt: skip


def test_whoever_works_on_it_stays_named_and_a_number_beside_them_goes():
    number = "（139-0000-1111）"
    caller = replace(CALLER, industry="阳光物业", occupation="董小红说是保洁")
    row = told_question(replace(QUESTION, caller=caller, answered_by=f"李律师{number}"))
    case = told(
        replace(CASE, owner=f"干部甲{number}", helpers=f"东港区人社局{number}，王明华陪同",
                parties=(*CASE.parties, Party(name="李四13900001111")))
    )  # fmt: skip

    assert (row["解答人"], row["行业"]) == ("李律师（139****1111）", "某物业公司")
    assert case["承办人"] == "干部甲（139****1111）"
    assert case["协办单位"] == "东港区人社局（139****1111），王某陪同"
    assert "1390" not in case["当事人"]


def test_the_employer_of_its_case_is_masked_in_the_texts_of_a_question():
    question = replace(QUESTION, caller=Caller(), notes="海州餐饮不认账，王明华来过")

    assert told_question(question)["备注"] == "某餐饮公司不认账，王某来过"


def told_question(question):
    masked = masked_question(question, named_in(CASE, [question]))
    (printed,) = printed_questions(
        [masked], internal=True, dumped={}, refused=lambda _take, _span: False
    )
    row = sheets.question_row(
        1, masked, printed, call=None, case_number="", office=office(internal=False)
    )
    return dict(zip(sheets.QUESTION_HEADINGS, row, strict=True))


@pytest.mark.parametrize(
    "headings", [sheets.QUESTION_HEADINGS, sheets.CASE_HEADINGS, sheets.PARTY_HEADINGS]
)
def test_what_is_written_long_has_the_widest_column(headings):
    widths = {heading: sheets.column_width(heading) for heading in headings}

    widest = {heading for heading, width in widths.items() if width == 40}
    assert widest == {
        "诉求要点",
        "解答要点",
        "法律依据",
        "案由",
        "其他成效",
        "备注",
        "录音位置",
    } & set(headings)
    assert min(widths.values()) == 8
