"""Two cases of one matter become one: what stays, what goes along, what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Case,
    Interruption,
    KnownDay,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.course import ClosingWay, Course, Promise
from hotline_desk.domain.casework.merging import merged
from hotline_desk.domain.casework.payments import with_payments
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.errors import CourseRefused
from tests.domain.cases import MONDAY, a_case, after, called, closed, extended, paused, planned

BY = "台账管理员"


def case(number, received=MONDAY, **given):
    events = given.pop("events", a_case(received=received))
    return Case(id=number, number=f"AJ-2026-{number:04}", received=received, events=events, **given)


def a_round(days):
    """What a case received *days* before had come to."""
    received = after(-days)
    return Round(received=received, events=a_case(received=received), closing=None, finish=None,
                 finished_on=None)  # fmt: skip


def merge(target, duplicate):
    return merged(target, duplicate, on=after(9), by=BY)


def test_the_earlier_day_of_receiving_holds_whichever_number_stays():
    for target, duplicate in ((case(1), case(2, after(3))), (case(2, after(3)), case(1))):
        whole, gone = merge(target, duplicate)

        assert (whole.number, whole.received, whole.events.received) == (
            target.number, MONDAY, MONDAY,
        )  # fmt: skip
        assert (gone.number, gone.received) == (duplicate.number, duplicate.received)


def test_the_duplicate_keeps_its_number_and_says_where_it_went():
    whole, gone = merge(case(1, questions=(1,)), case(2, questions=(2, 3), external_number="W-7"))

    assert whole.questions == (1, 2, 3)
    assert (gone.questions, gone.merged_into) == ((), 1)
    assert whole.actions[-1] == Action(
        on=after(9), kind=ActionKind.MERGED, words="AJ-2026-0002 并入，外部工单号 W-7", by=BY
    )
    assert gone.actions[-1].words == "并入 AJ-2026-0001"
    assert whole.external_number == "W-7"


def test_people_and_money_are_not_added_up_and_a_payment_is_made_once():
    shared = Payment(on=MONDAY, fen=100, party="董某")
    target = case(
        1, people=11, claimed_fen=3_300_000, parties=(Party(name="董某", claimed_fen=300),)
    )
    target = with_payments(target, (shared, shared))
    duplicate = case(
        2, after(1), people=2, claimed_fen=5, promise=Promise(agreed_fen=900),
        parties=(Party(name="董某", claimed_fen=500), Party(name="李某")),
    )  # fmt: skip
    duplicate = with_payments(duplicate, (shared, Payment(on=after(2), fen=7, party="李某")))

    whole, _ = merge(target, duplicate)

    assert (whole.people, whole.claimed_fen) == (11, 3_300_000)
    assert [(party.name, party.claimed_fen, party.received_fen) for party in whole.parties] == [
        ("董某", 500, 200), ("李某", None, 7),
    ]  # fmt: skip
    assert whole.promise == Promise(agreed_fen=900, received_fen=207)


def test_who_represents_the_workers_of_either_does_so_of_both():
    names = ("董某", "李某", "王某")
    target = case(1, parties=tuple(Party(name=name, represents=name == "李某") for name in names))
    duplicate = case(2, parties=tuple(Party(name=n, represents=n in {"董某", "赵某"})
                                      for n in ("董某", "李某", "赵某")))  # fmt: skip

    whole, _ = merge(target, duplicate)

    assert [party.told for party in whole.parties] == [
        "董某（代表人）", "李某（代表人）", "王某", "赵某（代表人）",
    ]  # fmt: skip


def test_another_worker_is_not_lost_in_the_people_and_the_money():
    one = case(1, people=1, claimed_fen=300, parties=(Party(name="董小梅", claimed_fen=300),),
               promise=Promise(agreed_fen=200, pay_by=after(9)))  # fmt: skip
    other = case(2, people=1, claimed_fen=300, parties=(Party(name="王大力", claimed_fen=300),),
                 promise=Promise(agreed_fen=100, pay_by=after(8)))  # fmt: skip
    same = replace(other, parties=(Party(name="董小梅", claimed_fen=300),))

    whole, _ = merge(one, other)
    again, _ = merge(one, same)

    assert (whole.people, whole.claimed_fen) == (2, 600)
    assert whole.promise == Promise(agreed_fen=300, pay_by=after(8))
    assert (again.people, again.claimed_fen, again.promise) == (1, 300, one.promise)


def test_contacts_days_notes_and_actions_of_both_come_along():
    urged = Action(on=after(1), kind=ActionKind.URGED, words="承办人")
    target = case(
        1, after(2), events=a_case(received=after(2), contacts=(called(after(2)),)),
        days=(KnownDay(event="离职", on=MONDAY),), notes="甲", keeping=Keeping.TEN_YEARS,
    )  # fmt: skip
    duplicate = case(
        2, events=a_case(contacts=(called(MONDAY),)), notes="乙", actions=(urged,), owner="干部甲",
        days=(KnownDay(event="离职", on=after(1)), KnownDay(event="收到判决", on=MONDAY)),
        interruptions=(Interruption(on=MONDAY, event="求助"),), keeping=Keeping.FOREVER,
        route=Route.CADRE,
    )  # fmt: skip

    whole, _ = merge(target, duplicate)

    assert [contact.on for contact in whole.events.contacts] == [MONDAY, after(2)]
    assert whole.days == (KnownDay(event="离职", on=MONDAY), KnownDay(event="收到判决", on=MONDAY))
    assert whole.interruptions == duplicate.interruptions
    assert whole.notes == "甲\n乙"
    assert whole.actions[:-1] == (urged,)
    assert (whole.owner, whole.route, whole.keeping) == ("干部甲", Route.CADRE, Keeping.FOREVER)


@pytest.mark.parametrize("swapped", [False, True])
def test_what_only_one_of_them_tells_is_told_by_the_whole(swapped):
    told = {
        "retained": Retention.BY_LAW, "reflected": after(-100), "earlier": (a_round(90),),
        "employer": "某物业公司", "matter": "拖欠工资", "helpers": "市法院", "unit": "东港区总工会",
        "basis": "《劳动法》第五十条", "results": "补发", "owner": "干部甲",
    }  # fmt: skip
    pair = case(1), case(2, **told)
    target, duplicate = (pair[1], pair[0]) if swapped else pair

    whole, _ = merge(target, duplicate)

    assert {name: getattr(whole, name) for name in told} == told


def test_earlier_rounds_of_both_come_along_by_their_days_and_the_first_complaint_holds():
    first, second = a_round(90), a_round(60)

    whole, _ = merge(
        case(1, reflected=after(-61), earlier=(second,)),
        case(2, reflected=after(-95), earlier=(first,)),
    )

    assert whole.earlier == (first, second)
    assert whole.reflected == after(-95)


def trace(whole):
    return whole.actions[-1].words


def ended(number, on, **given):
    events = a_case(closing=closed(on))
    return case(number, events=events, closing=ClosingWay.BEFORE_CASE, **given)


@pytest.mark.parametrize("swapped", [False, True])
def test_the_larger_agreement_of_the_same_workers_holds_and_the_other_stays_in_words(swapped):
    small = {"promise": Promise(agreed_fen=300_000, agreed_on=MONDAY, pay_by=after(7)),
             "basis": "协议甲"}  # fmt: skip
    large = {"promise": Promise(agreed_fen=700_000, agreed_on=after(1)), "basis": "协议乙"}
    pair = (large, small) if swapped else (small, large)

    whole, _ = merge(case(1, **pair[0]), case(2, **pair[1]))

    assert whole.promise == Promise(agreed_fen=700_000, agreed_on=after(1), pay_by=after(7))
    assert whole.basis == "协议乙"
    which = "AJ-2026-0002 " if swapped else "本案"
    assert trace(whole) == (
        f"AJ-2026-0002 并入；{which}原记：协议或裁决金额 3,000 元，协议日期 2026-11-02，依据 协议甲"
    )


def test_agreements_of_two_workers_are_added_up_with_what_they_rest_on():
    one = case(1, parties=(Party(name="董小梅"),), basis="协议甲", promise=Promise(agreed_fen=200))
    other = case(
        2, parties=(Party(name="王大力"),), basis="协议乙", promise=Promise(agreed_fen=300)
    )

    whole, _ = merge(one, other)

    assert (whole.promise.agreed_fen, whole.basis) == (500, "协议甲；协议乙")


@pytest.mark.parametrize(
    ("own", "other", "holds"),
    [
        (None, Satisfaction.DISSATISFIED, Satisfaction.DISSATISFIED),
        (Satisfaction.SATISFIED, Satisfaction.DISSATISFIED, Satisfaction.DISSATISFIED),
        (Satisfaction.DISSATISFIED, Satisfaction.SATISFIED, Satisfaction.DISSATISFIED),
        (Satisfaction.UNREACHED, Satisfaction.MOSTLY, Satisfaction.MOSTLY),
        (Satisfaction.MOSTLY, Satisfaction.SATISFIED, Satisfaction.MOSTLY),
    ],
)
def test_who_was_not_satisfied_is_not_lost_sight_of(own, other, holds):
    said = [{"satisfaction": each, "called_back_on": each and after(5 + at)}
            for at, each in enumerate((own, other))]  # fmt: skip

    whole, _ = merge(ended(1, after(4), **said[0]), ended(2, after(4), **said[1]))

    assert whole.satisfaction is holds
    assert whole.called_back_on == after(5 if holds is own else 6)
    lost = own if holds is other else other
    assert (lost is None) or (f"{lost}" in trace(whole))


def test_a_call_back_before_the_other_was_closed_asks_for_a_new_one():
    early = ended(2, MONDAY, satisfaction=Satisfaction.DISSATISFIED, called_back_on=after(1))

    whole, _ = merge(ended(1, after(4)), early)

    assert (whole.satisfaction, whole.called_back_on) == (None, None)
    assert "回访 2026-11-03 不满意" in trace(whole)


def test_a_pause_and_an_extension_of_either_go_on():
    events = a_case(pauses=(paused(after(1), after(9)),), extension=extended(3))

    whole, _ = merge(case(1), case(2, events=events))

    assert (whole.events.pauses, whole.events.extension) == (events.pauses, events.extension)
    assert trace(whole) == "AJ-2026-0002 并入"


def test_of_two_standing_pauses_the_earlier_ends_where_the_one_that_stays_begins():
    own, others = paused(after(3), after(9)), paused(after(1), after(7))
    past = paused(MONDAY, after(1), resumed=after(1))

    whole, _ = merge(
        case(1, events=a_case(pauses=(own,))), case(2, events=a_case(pauses=(past, others)))
    )

    assert whole.events.pauses == (past, replace(others, resumed=after(3)), own)
    assert "2026-11-03 · 暂停计时（等鉴定或认定，预计 11月9日" in trace(whole)


days = st.integers(0, 12)


@st.composite
def stops(draw):
    """Pauses as the rules allow them: one after the other, at most the last of them standing."""
    at = sorted(draw(st.lists(days, unique=True, max_size=5)))
    pairs = [at[n : n + 2] for n in range(0, len(at), 2)]
    return tuple(paused(after(first), after(13), *(after(day) for day in end))
                 for first, *end in pairs)  # fmt: skip


@given(stops(), stops())
def test_the_clock_stands_on_every_day_on_which_that_of_either_stood(own, others):
    today = after(14)

    def stopped(pauses):
        return {
            day for day in map(after, range(15)) for each in pauses
            if each.first < day <= (each.resumed or today)
        }  # fmt: skip

    whole, _ = merge(case(1, events=a_case(pauses=own)), case(2, events=a_case(pauses=others)))

    pauses = whole.events.pauses
    assert stopped(pauses) == stopped(own) | stopped(others)
    assert sum(each.resumed is None for each in pauses) <= 1
    assert list(pauses) == sorted(pauses, key=lambda each: each.first)


def test_what_comes_after_the_clock_has_ended_changes_it_no_more():
    late = a_case(
        pauses=(paused(after(5), after(9)),), extension=extended(3, asked_on=after(5))
    )  # fmt: skip

    whole, _ = merge(ended(1, after(4)), case(2, events=late))

    assert (whole.events.pauses, whole.events.extension) == ((), None)
    assert trace(whole).count("2026-11-07") == 2


def test_what_both_have_settled_is_told_of_the_one_that_goes():
    def settled(day, **more):
        return a_case(received=after(day), plan=planned(after(day)), extension=extended(2 + day),
                      **more)  # fmt: skip

    whole, gone = merge(
        case(1, events=settled(0), owner="干部甲", days=(KnownDay(event="离职", on=MONDAY),)),
        case(2, after(1), events=settled(1), owner="干部乙", employer="某物业公司",
             days=(KnownDay(event="离职", on=after(9)),)),
    )  # fmt: skip

    assert (whole.events.plan, whole.events.extension) == (planned(MONDAY), extended(2))
    told = trace(whole)
    for words in ("接收日 2026-11-03", "承办人 干部乙", "离职 2026-11-11", "定为一般", "定方案",
                  "3 个工作日，证据在外地，分管领导批准"):  # fmt: skip
        assert words in told
    assert "某物业公司" not in told
    assert gone.events.plan == planned(after(1))


@pytest.mark.parametrize(
    ("target", "duplicate"),
    [
        (case(1), case(1)),
        (case(1), case(2, course=Course.FINISHED)),
        (case(1, course=Course.FINISHED), case(2)),
        (case(1, merged_into=3), case(2)),
        (case(1), case(2, merged_into=3)),
        (case(1), case(2, course=Course.MEDIATING)),
        (case(1, course=Course.MEDIATED), case(2, events=a_case(closing=closed(MONDAY)))),
    ],
)
def test_what_is_one_finished_merged_or_further_on_is_not_merged(target, duplicate):
    with pytest.raises(CourseRefused):
        merge(target, duplicate)


fen = st.none() | st.integers(0, 10**9)
payments = st.lists(
    st.builds(
        Payment,
        on=st.sampled_from([None, MONDAY, after(1)]),
        fen=st.integers(1, 500),
        party=st.sampled_from(["", "董某", "李某"]),
    ),
    max_size=4,
)


@given(payments, payments, fen, fen)
def test_no_money_is_lost_and_the_sums_follow_from_the_payments(own, others, claimed, more):
    parties = (Party(name="董某"), Party(name="李某"))
    target = with_payments(case(1, parties=parties, claimed_fen=claimed), own)
    duplicate = with_payments(case(2, parties=parties, claimed_fen=more), others)

    whole, gone = merge(target, duplicate)

    assert whole.promise.received_fen == sum(payment.fen for payment in whole.payments)
    assert set(whole.payments) == {*own, *others}
    assert all(whole.payments.count(payment) >= own.count(payment) for payment in own)
    assert whole.claimed_fen == max((n for n in (claimed, more) if n is not None), default=None)
    assert replace(gone, merged_into=None, actions=()) == replace(duplicate, questions=())


def test_a_case_taken_up_again_does_not_end_in_one_that_is_done():
    done = case(1, events=replace(a_case(), closing=closed(after(3))), course=Course.MEDIATED)
    again = case(2, after(4), earlier=(a_round(30),))

    with pytest.raises(CourseRefused, match="AJ-2026-0002 正在重办，先把它办结再合并"):
        merge(done, again)

    assert merge(case(1), again)[0].earlier == again.earlier
