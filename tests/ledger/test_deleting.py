"""Whatever the records hold, nothing of the person is left in the ledger, and it is sound."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hotline_desk.domain.arranging import View
from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Interruption, NewCase, Party, Payment
from hotline_desk.domain.casework.claims import Stretch
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.traces import Traces
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import CallNotFound, LedgerBusy, NothingToUndo
from hotline_desk.ledger.deleting import DeletingLedger
from tests.ledger import records
from tests.ledger.records import EPISODE, TAKE, a_call, a_question, heard

_names = st.from_regex(
    r"[王李欧阳𠮷𪚥明华小红][王李欧阳𠮷𪚥明华小红·]{0,3}[王李欧阳𠮷𪚥明华小红]", fullmatch=True
).filter(lambda name: not any(name in text for text in records.ODD_TEXTS)) | st.sampled_from(
    [
        "O'Neil",
        '阿"依\\古丽',
        "Anna Maria",
        "董小红女士",
        "王%_明",
        "ßİé",
        "阿依古丽·买买提",
        "张　三",
    ]
)
_phones = st.from_regex(r"1[3-9][0-9]{9}|0633-?[2-8][0-9]{6}", fullmatch=True)


@pytest.fixture
def ledger(path):
    path.parent.mkdir()
    with DeletingLedger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    with DeletingLedger.open(tmp_path_factory.mktemp("deleting") / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger


def delete(ledger, call_id, **plan):
    person = ledger.person_of_call(call_id)
    plan = DeletionPlan(calls=person.calls, questions=person.questions, **plan)
    deletion = Deletion(
        at=studio_now(), who="审查员", reason=DeletionReason.ASKED, plan=plan.as_json()
    )
    return ledger.delete_person(person, deletion, heard={})


def texts_of(ledger):
    """Return every row of every table, as SQL."""
    return [line for line in ledger._db.conn.iterdump() if line.startswith("INSERT")]


@given(
    name=_names,
    phone=_phones,
    call=records.new_calls,
    fields=st.fixed_dictionaries({}, optional=records.question_fields),
    texts=st.lists(records.texts, min_size=6, max_size=6),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_nothing_is_left_whatever_the_records_hold(lasting, name, phone, call, fields, texts):
    ledger = lasting
    assume(name not in str((call, fields, texts)))  # told of below, where it is looked for
    telling = [f"{text}　{name}（{phone}）{text}" for text in texts]
    caller = replace(call.caller, name=name, phone=phone, employer=texts[0], district=telling[0])
    made = ledger.add_call(replace(call, caller=caller, point=telling[1]), by="接线员")
    ledger.save_call(replace(made, notes=telling[2]), by="接线员")
    question = ledger.add_question(
        a_question(call_id=made.id, **fields | {"point": telling[3], "text": telling[4]}),
        by="接线员",
    )
    case = ledger.add_case(
        NewCase(received=date(2026, 11, 25), questions=(question.id,), matter=telling[5], people=2),
        by="接线员",
    )
    parties = (Party(name=name, claimed_fen=5), Party(name="某某某"))
    paid = (Payment(on=None, fen=5, party=name),)
    ledger.save_case(replace(case, parties=parties, payments=paid, notes=telling[0]), by="接线员")
    other = ledger.add_call(replace(call, caller=Caller(name="赵六")), by="接线员")
    foreign = ledger.add_question(a_question(call_id=other.id, text=telling[2]), by="接线员")
    theirs = ledger.add_case(
        NewCase(received=date(2026, 11, 25), questions=(foreign.id,), matter=telling[4], people=2),
        by="接线员",
    )
    spoken = Interruption(on=date(2026, 12, 2), event=telling[0], evidence=telling[1])
    noted = replace(theirs, parties=parties, payments=paid, interruptions=(spoken,))
    ledger.save_case(replace(noted, notes=telling[5]), by="接线员")
    ledger.save_case(replace(noted, results=telling[3]), by="接线员")
    ledger.keep(View(name=f"视图{theirs.id}", shows=json.dumps({"words": telling[1]})), by="接线员")
    ledger.keep(
        Letter(kind=LetterKind.OPINION, number=str(case.id), sent_on=date(2026, 1, 1),
               subject=telling[1]), by="接线员",
    )  # fmt: skip
    before = [(q.number, q.people, q.amount_fen, q.category) for q in ledger.questions()]

    delete(ledger, made.id)

    traces = Traces([name], [phone])
    left = texts_of(ledger)
    assert [text for text in left if traces.are_in(text)] == []
    assert [text for text in left if any(full in text for full in traces.names)] == []
    left = ledger.call(made.id).caller
    assert (left.name, left.title.value, left.phone, left.occupation) == ("", "", "", "")
    assert ledger.call(made.id).caller.kind is caller.kind
    assert [(q.number, q.people, q.amount_fen, q.category) for q in ledger.questions()] == before
    assert ledger.case(case.id).payments[0].party == ledger.case(case.id).parties[0].name
    assert ledger.examine() == []


def test_edits_and_copies_in_the_plan_go_without_the_take(ledger):
    call = ledger.add_call(a_call(caller=Caller(name="董小红"), take=TAKE, line="来电"), by="x")
    ledger.copy_utterances(TAKE, [heard("我叫小红", 5.0), heard("别人的话", 50.0)])
    ledger.add_edit(TAKE, Edit("来电", 5.0, "我叫董小红"), by="审看")

    delete(ledger, call.id, words={TAKE: {"来电": (Stretch(0.0, 20.0),)}})

    assert [said.text for said in ledger.utterances(TAKE)] == ["别人的话"]
    assert ledger.edits(TAKE) == []
    assert ledger.search("小红") == []
    assert ledger.search("别人")
    assert ledger.examine() == []


def test_the_history_tells_that_it_was_done_and_by_whom_and_not_what_was_there(ledger):
    call = ledger.add_call(a_call(caller=Caller(name="董小红", phone="13800005678")), by="接线员")

    delete(ledger, call.id)

    *before, after = [entry for entry in ledger.history("calls", call.id) if entry.field != ""][-3:]
    assert after.by == "审查员（个人信息删除）"
    assert all(entry.before is None for entry in [*before, after])
    assert "董小红" not in json.dumps([e.after for e in ledger.history("calls", call.id)])
    with pytest.raises(NothingToUndo):
        ledger.undo(by="审查员")


def test_compacting_gives_way_to_whoever_reads(ledger, path, monkeypatch):
    with DeletingLedger.open(path) as other:
        other._db.conn.execute("BEGIN")
        other._db.conn.execute("SELECT count(*) FROM calls").fetchone()
        ledger._db.conn.execute("PRAGMA busy_timeout = 100")
        ledger.add_call(a_call(), by="x")
        with pytest.raises(LedgerBusy):
            ledger.compact()
        other._db.conn.execute("ROLLBACK")
    ledger.compact()
    assert path.with_name("ledger.db-wal").stat().st_size == 0


def test_a_call_that_is_not_there_is_nobody_s(ledger):
    with pytest.raises(CallNotFound):
        ledger.person_of_call(77)
