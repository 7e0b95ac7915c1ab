"""更正 and 作废: what was noted for a case earlier, in the form that it was noted with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.cases import Payment, Satisfaction
from hotline_desk.domain.casework.clock_events import Advance, Plan, PlanPart
from hotline_desk.domain.casework.course import Course, Finish, next_steps
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.casework.noted import (
    Again,
    CalledBack,
    Closed,
    Finished,
    Noted,
    Resumed,
    What,
    noted,
    put,
)
from hotline_desk.domain.casework.noted_words import Told, told
from hotline_desk.ui.cases.clock_deeds import CLOCK_DEEDS, graded, read_extension, read_pause
from hotline_desk.ui.cases.course_deeds import (
    COURSE_DEEDS,
    contact_texts,
    read_closing,
    read_contact,
    written_parts,
)
from hotline_desk.ui.cases.deed import DeedKind, Doing, Place, day, only_day
from hotline_desk.ui.cases.fact_deeds import FACT_DEEDS, read_interruption
from hotline_desk.ui.cases.letter_deeds import letter_name, standing_letters
from hotline_desk.ui.kit.field_text import NotUnderstood, as_text
from hotline_desk.ui.kit.fields import Field, choice
from hotline_desk.workflows import case_correcting, letters
from hotline_desk.workflows.case_received import told_of_closed
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.contacts import Contact
    from hotline_desk.domain.casework.noted import Record
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Act, Asked, Copy, Deed, Fields, Standing
    from hotline_desk.ui.kit.deed_reading import Reading

    Texts = dict[str, str]

_LONGEST = 16
"""How much of its words stands in the name of what was noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How one kind is written: its fields, what stands in them, and what is read from them."""

    fields: Callable[[Standing], Fields]
    texts: Callable[[Any], Texts]
    read: Callable[[Reading, Any], Record]


def called(case: Case) -> list[tuple[str, Told, Noted]]:
    """Return all that was noted, the newest first: its name among the options, and its words.

    The name stays while others are noted: what is begun in its form is found again.
    """
    alike: Counter[str] = Counter()
    named = []
    for said, each in sorted(((told(each), each) for each in noted(case)), key=_oldest):
        name = _name(said)
        alike[name] += 1
        named.append((name if alike[name] == 1 else f"{name}（{alike[name]}）", said, each))
    return named[::-1]


def _oldest(pair: tuple[Told, Noted]) -> tuple[object, ...]:
    said, each = pair
    return said.at, list(What).index(each.what), each.place


def _name(said: Told) -> str:
    first = said.text.partition("\n")[0]
    short = first if len(first) <= _LONGEST else f"{first[:_LONGEST]}……"
    return f"{said.head} {short}".rstrip()


def _names(standing: Standing) -> list[str]:
    return [name for name, _, _ in called(standing.case)]


def _choose(standing: Standing) -> Fields:
    yield choice("noted", "哪一条", _names(standing))


def _choose_or_letter(standing: Standing) -> Fields:
    yield choice("noted", "哪一条", [*_names(standing), *_letters(standing)])


def _letters(standing: Standing) -> dict[str, Letter]:
    return {letter_name(each): each for each in standing_letters(standing.around.letters)}


def _why(title: str) -> Field:
    return Field(name="why", title=title, hint="例如 日子写错了、记到别的案件上了")


def _correct_lead(standing: Standing, deed: Deed, option: str) -> Deed:
    """Return the form of what is called *option*, filled with what stands there."""
    found = _found(standing.case, option)
    if found is None:
        return deed
    form = _FORMS[found.what]
    texts = form.texts(found.record)
    stood = found.record.start if isinstance(found.record, Advance) else None
    before = replace(standing, case=put(standing.case, found, None), to=stood)
    fields = [_filled(each, texts[each.name]) for each in form.fields(before) if each.name in texts]
    return _about(deed, option, found, (*fields, _why("更正理由")))


def _strike_lead(standing: Standing, deed: Deed, option: str) -> Deed:
    found = _letters(standing).get(option) or _found(standing.case, option)
    return deed if found is None else _about(deed, option, found, (_why("作废理由"),))


def _found(case: Case, option: str) -> Noted | None:
    return next((each for name, _, each in called(case) if name == option), None)


def _about(deed: Deed, option: str, about: Noted | Letter, fields: tuple[Field, ...]) -> Deed:
    first = replace(deed.fields[0], value=option, settled=True)
    return replace(deed, fields=(first, *fields), about=about)


def _filled(field: Field, text: str) -> Field:
    known = field.options if not text or "、" in text or text in field.options else (text,)
    options = field.options if known is field.options else (*field.options, text)
    return replace(field, value=text, proposal="", options=options)


def _correct(asked: Asked) -> Act:
    about = _chosen(asked)
    record = _FORMS[about.what].read(asked.read, about.record)
    return _work(asked, about, record)


def _strike(asked: Asked) -> Act:
    if isinstance(letter := asked.deed.about, Letter):
        return _void(asked, letter)
    return _work(asked, _chosen(asked), None)


def _void(asked: Asked, letter: Letter) -> Act:
    reason = _reason(asked)

    def work(ledger: Ledger) -> Case:
        letters.void(ledger, letter.id, reason=reason, on=asked.read.today, by=asked.by)
        return ledger.case(asked.case.id)

    return work


def _reason(asked: Asked) -> str:
    return asked.read.wanted("why", f"{asked.deed.title}理由")


def _chosen(asked: Asked) -> Noted:
    about = asked.deed.about
    if not isinstance(about, Noted):
        raise NotUnderstood("还没有选哪一条。")
    return about


def _work(asked: Asked, about: Noted, record: Record | None) -> Act:
    reason = _reason(asked)

    def work(ledger: Ledger) -> Case:
        return case_correcting.correct(
            ledger, asked.case.id, about, record, reason=reason, on=asked.read.today,
            calendar=read_calendar(asked.office.workspace),
            limits=read_limits(asked.office.settings), by=asked.by,
        )  # fmt: skip

    return work


def _closed_months(asked: Asked) -> Copy:
    """Copy nothing; say what the change means for months that are closed."""
    if isinstance(letter := asked.deed.about, Letter):
        return lambda ledger: ("", told_of_closed(ledger, letter.sent_on))
    about = _chosen(asked)
    days = [told(about).on]
    if asked.deed.doing is Doing.CORRECT:
        record = _FORMS[about.what].read(asked.read, about.record)
        days.append(told(replace(about, record=record)).on)
    known = [on for on in days if on is not None]
    return lambda ledger: ("", told_of_closed(ledger, *known) if known else "")


def _iso(on: date | None) -> str:
    return "" if on is None else on.isoformat()


def _read_contact(read: Reading, was: Contact) -> Record:
    """Read only what differs from what the form showed: it knows no seconds, and one line."""
    shown, contact = contact_texts(was), read_contact(read)
    left = {name for name, text in shown.items() if read.line(name) == text.strip()}
    return replace(
        contact,
        at=was.at if "at" in left else contact.at,
        words=was.words if "note" in left else contact.words,
        facts=was.facts if left >= {"facts", "reached", "way"} else contact.facts,
    )


def _read_plan(read: Reading, was: Plan) -> Record:
    known = was.parts & {PlanPart.OWNER, PlanPart.ROUTE}
    return Plan(
        on=read.day("on", "日期"),
        parts=known | frozenset(map(PlanPart, read.words("parts"))),
        told_on=read.maybe_day("told_on", "告知职工的日子"),
    )


def _read_closed(read: Reading, _was: Closed) -> Record:
    closing, way = read_closing(read)
    return Closed(closing=closing, way=way)


def _advance_fields(standing: Standing) -> Fields:
    yield choice("to", "改为", next_steps(standing.to) if standing.to else [])
    yield Field(name="on", title="日期", hint="空着就是日期未记")


def _read_advance(read: Reading, was: Advance) -> Record:
    to = Course(read.chosen("to", "改为什么"))
    return Advance(on=read.maybe_day("on", "日期"), start=was.start, to=to)


def _finish_fields(standing: Standing) -> Fields:
    yield choice("way", "结案方式", Finish)
    yield day(standing)


def _payment_fields(standing: Standing) -> Fields:
    yield Field(name="fen", title="到账金额")
    yield choice("party", "当事人", [party.name for party in standing.case.parties])
    yield Field(name="on", title="到账日期", hint="空着就是日期未记")


def _read_payment(read: Reading, _was: Payment) -> Record:
    fen = read.fen("fen", "到账金额")
    if fen is None:
        raise NotUnderstood("还没有填到账金额；要去掉这一笔，用“作废”。")
    return Payment(on=read.maybe_day("on", "到账日期"), fen=fen, party=read.line("party"))


def _action_fields(standing: Standing) -> Fields:
    yield Field(name="words", title="内容")
    yield day(standing)


_FORMS: dict[What, _Form] = {
    What.CONTACT: _Form(
        fields=COURSE_DEEDS[Doing.CONTACT].fields, texts=contact_texts, read=_read_contact
    ),
    What.GRADING: _Form(
        fields=CLOCK_DEEDS[Doing.GRADE].fields,
        texts=lambda was: {
            "grade": was.grade.value,
            "reason": was.reason.value if was.reason else "",
            "approver": was.approver,
            "on": _iso(was.on),
        },
        read=lambda read, _was: graded(read, read.day("on", "日期")),
    ),
    What.PLAN: _Form(
        fields=COURSE_DEEDS[Doing.PLAN].fields,
        texts=lambda was: {
            "parts": written_parts(was.parts),
            "on": _iso(was.on),
            "told_on": _iso(was.told_on),
        },
        read=_read_plan,
    ),
    What.PAUSE: _Form(
        fields=CLOCK_DEEDS[Doing.PAUSE].fields,
        texts=lambda was: {
            "reason": was.reason.value,
            "expected": _iso(was.expected),
            "on": _iso(was.first),
        },
        read=lambda read, was: replace(read_pause(read), resumed=was.resumed),
    ),
    What.RESUMED: _Form(
        fields=only_day,
        texts=lambda was: {"on": _iso(was.on)},
        read=lambda read, _was: Resumed(on=read.day("on", "日期")),
    ),
    What.EXTENSION: _Form(
        fields=CLOCK_DEEDS[Doing.EXTEND].fields,
        texts=lambda was: {
            "days": str(was.days),
            "reason": was.reason,
            "approver": was.approver,
            "on": _iso(was.asked_on),
            "told_on": _iso(was.told_on),
        },
        read=lambda read, _was: read_extension(read),
    ),
    What.CLOSED: _Form(
        fields=COURSE_DEEDS[Doing.CLOSE].fields,
        texts=lambda was: {
            "way": str(was.way or ""),
            "on": _iso(was.closing.on),
            "told_on": _iso(was.closing.told_on),
        },
        read=_read_closed,
    ),
    What.FINISHED: _Form(
        fields=_finish_fields,
        texts=lambda was: {"way": str(was.way or ""), "on": _iso(was.on)},
        read=lambda read, _was: Finished(
            on=read.day("on", "日期"), way=Finish(read.chosen("way", "结案方式"))
        ),
    ),
    What.CALLED_BACK: _Form(
        fields=COURSE_DEEDS[Doing.CALL_BACK].fields,
        texts=lambda was: {"satisfaction": was.satisfaction.value, "on": _iso(was.on)},
        read=lambda read, _was: CalledBack(
            on=read.day("on", "日期"),
            satisfaction=Satisfaction(read.chosen("satisfaction", "满意度")),
        ),
    ),
    What.PAYMENT: _Form(
        fields=_payment_fields,
        texts=lambda was: {
            "fen": as_text("amount_fen", was.fen),
            "party": was.party,
            "on": _iso(was.on),
        },
        read=_read_payment,
    ),
    What.ACTION: _Form(
        fields=_action_fields,
        texts=lambda was: {"words": was.words, "on": _iso(was.on)},
        read=lambda read, was: replace(
            was, words=read.wanted("words", "内容"), on=read.day("on", "日期")
        ),
    ),
    What.INTERRUPTION: _Form(
        fields=FACT_DEEDS[Doing.INTERRUPT].fields,
        texts=lambda was: {"event": was.event, "day": _iso(was.on), "evidence": was.evidence},
        read=lambda read, _was: read_interruption(read),
    ),
    What.ADVANCE: _Form(
        fields=_advance_fields,
        texts=lambda was: {"to": was.to.value, "on": _iso(was.on)},
        read=_read_advance,
    ),
    What.AGAIN: _Form(
        fields=only_day,
        texts=lambda was: {"on": _iso(was.on)},
        read=lambda read, _was: Again(on=read.day("on", "日期")),
    ),
}

CORRECTING_DEEDS: dict[Doing, DeedKind] = {
    Doing.CORRECT: DeedKind(
        fields=_choose,
        act=_correct,
        copy=_closed_months,
        lead=_correct_lead,
        place=Place.FOLD,
        possible=lambda at: bool(_names(at)),
    ),
    Doing.STRIKE_OUT: DeedKind(
        fields=_choose_or_letter,
        act=_strike,
        copy=_closed_months,
        lead=_strike_lead,
        place=Place.FOLD,
        possible=lambda at: bool(_names(at) or _letters(at)),
    ),
}
