import dataclasses
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import QuestionQuery, Span
from hotline_desk.domain.search import holds, terms
from hotline_desk.domain.utterances import Edit
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard, texts

ANOTHER_TAKE = "episodes/2026-12-02-第191期/take-095000"
passages = texts | st.text("工资社保，。？1357Vv 𠮷😀", min_size=1, max_size=30)


@st.composite
def passage_and_words(draw):
    text = draw(passages.filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    return text, text[start : start + draw(st.integers(1, 6))]


@settings(deadline=None, max_examples=150)
@given(passage_and_words())
def test_every_piece_of_what_was_said_is_found(lasting_ledger, drawn):
    text, words = drawn
    assume(terms(words))
    lasting_ledger.replace_utterances(TAKE, [heard("工资一千三"), heard(text, 3.0)])

    hits = lasting_ledger.search(words, limit=1_000_000)

    assert text in [hit.text for hit in hits if hit.take]
    assert all(holds(hit.text, words) for hit in hits)


@settings(deadline=None, max_examples=60)
@given(passage_and_words(), st.sampled_from(["point", "text", "answer"]))
def test_every_piece_of_what_was_written_is_found(lasting_ledger, drawn, field):
    text, words = drawn
    assume(terms(words))
    question = lasting_ledger.add_question(a_question(**{field: text}), by="甲")

    hits = lasting_ledger.search(words, limit=1_000_000)

    assert (question.number, text) in [(hit.question, hit.text) for hit in hits]
    assert all(holds(hit.text, words) for hit in hits)


@settings(deadline=None, max_examples=60)
@given(st.lists(passages, max_size=5), st.text("工资社保1 v，", min_size=1, max_size=4))
def test_what_is_found_is_what_holds_the_words(lasting_ledger, said, words):
    assume(terms(words))
    lasting_ledger.replace_utterances(TAKE, [heard(text, at) for at, text in enumerate(said)])

    hits = lasting_ledger.search(words, limit=1_000_000)

    found = {(hit.start, hit.text) for hit in hits if hit.take}
    assert found == {(start, text) for start, text in enumerate(said) if holds(text, words)}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("工资调解银行长，ap", max_size=8), max_size=5),
    st.text("gztjyhcazp", min_size=2, max_size=5) | st.just("gz tj"),
)
def test_what_initials_find_is_what_is_spelled_so(lasting_ledger, said, words):
    lasting_ledger.replace_utterances(TAKE, [heard(text, at) for at, text in enumerate(said)])

    hits = lasting_ledger.search(words, limit=1_000_000)

    found = {(hit.start, hit.text) for hit in hits if hit.take}
    assert found == {(start, text) for start, text in enumerate(said) if holds(text, words)}


def test_initials_stand_beside_words_and_follow_changes(ledger):
    question = ledger.add_question(a_question(point="没有签劳动合同"), by="甲")
    ledger.copy_utterances(TAKE, [heard("我的公资没发"), heard("社保没交", 9.0)])
    ledger.add_edit(TAKE, Edit("来电", 0.0, "我的工资没发"), by="甲")

    assert [hit.question for hit in ledger.search("ldht")] == [question.number]
    assert [hit.question for hit in ledger.search("ldht 没有")] == [question.number]
    assert [hit.text for hit in ledger.search("gz mf")] == ["我的工资没发"]
    assert [hit.text for hit in ledger.search("wd 工资")] == ["我的工资没发"]
    assert [row.id for row in ledger.questions(QuestionQuery(words="qldh"))] == [question.id]

    ledger.save_question(dataclasses.replace(question, point="社保"), by="甲")
    assert ledger.search("ldht") == []
    assert {hit.text for hit in ledger.search("sb")} == {"社保", "社保没交"}
    assert ledger.examine() == []


@pytest.mark.parametrize("words", ["", " ", "　", '"', "'", "*", "AND", "a OR b", "(", "-", "^工"])
def test_no_words_are_a_formula(ledger, words):
    ledger.copy_utterances(TAKE, [heard("工资和社保")])

    assert ledger.search(words) == []


def test_terms_may_stand_apart_and_must_all_be_there(ledger):
    ledger.copy_utterances(TAKE, [heard("我的工资两个月没发"), heard("工资发了", 3.0)])

    assert [hit.start for hit in ledger.search("工资 两个月")] == [0.0]
    assert [hit.start for hit in ledger.search("工资")] == [3.0, 0.0]
    assert ledger.search("工资一个月") == []


def test_what_lies_in_a_question_carries_its_number(ledger):
    question = ledger.add_question(
        a_question(
            take=TAKE,
            asked=Span(line="来电", start=10.0, end=20.0),
            answered=Span(line="演播室", start=21.0, end=40.0),
        ),
        by="甲",
    )
    ledger.add_take(TAKE, EPISODE.number, AT)
    ledger.copy_utterances(
        TAKE,
        [
            heard("工资在前", 5.0),
            heard("工资问题", 11.0),
            heard("工资解答", 30.0, line="演播室"),
            heard("工资在后", 41.0),
        ],
    )

    numbers = {hit.text: hit.question for hit in ledger.search("工资")}

    assert numbers == {
        "工资在前": "",
        "工资问题": question.number,
        "工资解答": question.number,
        "工资在后": "",
    }


def test_a_question_in_progress_has_no_end_yet(ledger):
    asked = Span(line="来电", start=10.0)
    question = ledger.add_question(a_question(take=TAKE, asked=asked), by="甲")
    ledger.copy_utterances(TAKE, [heard("工资", 100.0)])

    assert [hit.question for hit in ledger.search("工资")] == [question.number]


def test_a_question_is_found_by_point_text_and_answer(ledger):
    ledger.add_question(
        a_question(
            take=TAKE,
            point="拖欠工资",
            text="两个月没发",
            answer="可以申请仲裁",
            asked=Span(line="来电", start=10.0, end=20.0),
            answered=Span(line="演播室", start=21.0, end=40.0),
        ),
        by="甲",
    )

    (point,) = ledger.search("拖欠")
    (text,) = ledger.search("没发")
    (answer,) = ledger.search("仲裁")

    assert (point.text, point.line, point.start, point.end) == ("拖欠工资", "来电", 10.0, 20.0)
    assert (text.text, text.line, text.start) == ("两个月没发", "来电", 10.0)
    assert (answer.text, answer.line, answer.start) == ("可以申请仲裁", "演播室", 21.0)
    assert ledger.search("工资两个月") == []
    assert len(ledger.search("拖欠 仲裁")) == 1


def test_a_question_is_not_told_beside_what_was_said_in_it(ledger):
    asked = Span(line="来电", start=0.0, end=9.0)
    question = ledger.add_question(a_question(take=TAKE, text="工资", asked=asked), by="甲")
    ledger.copy_utterances(TAKE, [heard("工资")])

    (hit,) = ledger.search("工资")

    assert (hit.end, hit.question) == (2.0, question.number)


def test_the_newest_comes_first_and_the_limit_holds(ledger):
    ledger.add_take(TAKE, EPISODE.number, AT)
    ledger.add_take(ANOTHER_TAKE, None, AT + timedelta(days=7))
    ledger.copy_utterances(TAKE, [heard("工资一"), heard("工资二", 60.0)])
    ledger.copy_utterances(ANOTHER_TAKE, [heard("工资四")])
    ledger.add_question(a_question(text="工资三", at=AT + timedelta(days=1)), by="甲")

    assert [hit.text for hit in ledger.search("工资")] == ["工资四", "工资三", "工资二", "工资一"]
    assert [hit.text for hit in ledger.search("工资", limit=2)] == ["工资四", "工资三"]


def test_changed_and_withdrawn_questions_are_found_as_they_are(ledger):
    question = ledger.add_question(a_question(text="工资"), by="甲")
    ledger.save_question(dataclasses.replace(question, text="社保"), by="甲")
    assert (len(ledger.search("工资")), len(ledger.search("社保"))) == (0, 1)

    ledger.undo(by="甲")
    ledger.undo(by="甲")
    assert ledger.search("工资") == []


@pytest.mark.parametrize("words", ["GHFL-2026-190-01", "ghfl-2026", "190-01", "2026-190", "GHFL"])
def test_a_question_is_found_by_its_number(ledger, words):
    ledger.add_question(a_question(point="工资"), by="甲")
    ledger.add_question(a_question(episode=None, point="社保"), by="甲")

    assert "工资" in [hit.text for hit in ledger.search(words)]
    assert [hit.text for hit in ledger.search(f"{words} 社保")] == (
        ["社保"] if words in {"GHFL", "ghfl-2026"} else []
    )
    assert ledger.search("190-02") == []


def test_the_questions_of_a_case_are_found_by_its_number(ledger):
    question = ledger.add_question(a_question(point="工资"), by="甲")
    ledger.add_question(a_question(point="社保"), by="甲")
    case = ledger.add_case(NewCase(received=AT.date(), questions=(question.id,)), by="甲")

    for words in (case.number, case.number.lower(), case.number[-9:], f"{case.number} 工资"):
        assert [hit.question for hit in ledger.search(words)] == [question.number]
        found = ledger.questions(QuestionQuery(words=words))
        assert [each.number for each in found] == [question.number]
    assert ledger.search("AJ-2026-0009") == []


@pytest.mark.parametrize("words", ["33000", "33,000", "三万三千", "三万三", "33000元"])
def test_an_amount_is_found_however_it_was_written_said_or_filed(ledger, words):
    ledger.copy_utterances(TAKE, [heard("欠了三万三千元"), heard("三万三千五百元", 9.0)])
    ledger.add_question(a_question(text="共计 33,000 元"), by="甲")
    ledger.add_question(a_question(text="欠薪", amount_fen=3_300_000), by="甲")
    ledger.add_question(a_question(text="133,000 元", amount_fen=13_300_000), by="甲")

    hits = {hit.text for hit in ledger.search(words)}

    as_typed = {text for text in ("三万三千五百元", "133,000 元") if words in text}
    assert hits == {"欠了三万三千元", "共计 33,000 元", "欠薪"} | as_typed


@pytest.mark.parametrize(
    "words",
    ["董", "董女士", "女士", "13800005678", "138-0000-5678", "138 0000 5678", "5678"],
)
def test_a_question_is_found_by_who_asked_it(ledger, words):
    dong = Caller(name="董", title=Gender.WOMAN, phone="138 0000-5678")
    call = ledger.add_call(a_call(caller=dong), by="甲")
    other = ledger.add_call(a_call(caller=Caller(name="王", phone="13900001234")), by="甲")
    ledger.add_question(a_question(call_id=call.id, text="工资"), by="甲")
    ledger.add_question(a_question(call_id=other.id, text="工资和社保"), by="甲")

    assert [hit.text for hit in ledger.search(words)] == ["工资"]
    assert [hit.text for hit in ledger.search(f"工资 {words}")] == ["工资"]
    assert ledger.search(f"社保 {words}") == []


def test_the_list_is_filtered_by_the_same_words(ledger):
    call = ledger.add_call(a_call(caller=Caller(name="董")), by="甲")
    ledger.add_question(a_question(call_id=call.id, text="工资", amount_fen=3_300_000), by="甲")
    ledger.add_question(a_question(text="社保"), by="甲")

    for words in ("董", "三万三", "190-01", "工资 董"):
        found = ledger.questions(QuestionQuery(words=words))
        assert [question.text for question in found] == ["工资"]


def test_the_list_is_filtered_by_employer_lawyer_and_episode_too(ledger):
    ledger.save_episode(Episode(number=7, on=AT.date()), by="甲")
    wanted = a_question(employer="某物流公司", answered_by="钱律师", text="解除劳动合同")
    wanted = ledger.add_question(dataclasses.replace(wanted, episode=7), by="甲")
    ledger.add_question(a_question(text="社保"), by="甲")

    for words in ("物流", "钱律师", "7", "LDHT", "合同 物流"):
        found = ledger.questions(QuestionQuery(words=words))
        assert [question.id for question in found] == [wanted.id], words


@pytest.mark.parametrize("employer", ["OPPO物流公司", "a%_公司", "1357厂", "物" * 20_000])
def test_every_piece_of_an_employers_name_finds_its_questions(ledger, employer):
    wanted = ledger.add_question(a_question(employer=employer), by="甲")
    ledger.add_question(a_question(employer="OPP 12厂 a公司"), by="甲")

    for words in (employer, employer[:4], employer[:4].swapcase(), employer[1:]):
        found = ledger.questions(QuestionQuery(words=words))
        assert [question.id for question in found] == [wanted.id], words


def test_a_question_is_found_by_its_callers_employer_and_by_its_own(ledger):
    call = ledger.add_call(a_call(caller=Caller(name="董", employer="金滩物业公司")), by="甲")
    callers = ledger.add_question(a_question(call_id=call.id, text="工资"), by="甲")
    own = ledger.add_question(a_question(text="工资", employer="金滩建筑公司"), by="甲")
    ledger.add_question(a_question(text="工资", employer="别的公司"), by="甲")

    found = {
        words: {hit.question for hit in ledger.search(words)}
        for words in ("金滩", "金滩物业", "建筑公司", "金滩 工资", "金滩 社保")
    }

    assert found == {
        "金滩": {callers.number, own.number}, "金滩物业": {callers.number},
        "建筑公司": {own.number}, "金滩 工资": {callers.number, own.number}, "金滩 社保": set(),
    }  # fmt: skip
    for words, numbers in found.items():
        shown = ledger.questions(QuestionQuery(words=words))
        assert {question.number for question in shown} == numbers, words


@pytest.mark.parametrize("words", ["WX20261123-7", "wx20261123-7", "20261123", "1123-7"])
def test_a_question_is_found_by_its_number_on_another_platform(ledger, words):
    wanted = ledger.add_question(a_question(external_number="WX20261123-7"), by="甲")
    of_case = ledger.add_question(a_question(text="社保"), by="甲")
    case = NewCase(received=AT.date(), questions=(of_case.id,), external_number="WX20261123-7")
    ledger.add_case(case, by="甲")
    ledger.add_question(a_question(external_number="WX20261122-9"), by="甲")
    numbers = {wanted.number, of_case.number}

    assert {hit.question for hit in ledger.search(words)} == numbers
    found = ledger.questions(QuestionQuery(words=words))
    assert {question.number for question in found} == numbers


def test_making_the_search_anew_finds_the_same_and_is_sound(ledger):
    ledger.copy_utterances(TAKE, [heard("工资")])
    ledger.add_question(a_question(point="社保"), by="甲")
    before = [ledger.search(words) for words in ("工资", "社保", "gz")]

    ledger.rebuild_search()

    assert [ledger.search(words) for words in ("工资", "社保", "gz")] == before
    assert [faults for _, faults in ledger.examination() if faults] == []
