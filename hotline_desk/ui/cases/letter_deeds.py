"""Deeds about 一函两书: one is sent, answered, put right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.ui.cases.deed import DeedKind, Doing, Place, day
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.fields import Field, choice
from hotline_desk.workflows import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Act, Asked, Fields, Standing


def unanswered(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters that wait for an answer."""
    return tuple(letter for letter in letters if letter.waits)


def standing_letters(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters that are not void."""
    return tuple(letter for letter in letters if letter.stands)


def letter_name(letter: Letter) -> str:
    """Return how a letter is called among the options."""
    return f"{letter.kind} {letter.number}".strip()


def _letter_fields(standing: Standing) -> Fields:
    yield choice("kind", "种类", [kind.value for kind in LetterKind])
    yield Field(name="recipient", title="发给", proposal=standing.case.employer, hint="单位或部门")
    yield Field(name="subject", title="事由", proposal=standing.case.matter)
    yield Field(name="number", title="文号", hint="空着就按顺序编")
    yield Field(name="answer_by", title="要求答复", hint="哪一天以前，可以空着")
    yield day(standing, "发出日")


def _letter(asked: Asked) -> Act:
    read = asked.read
    letter = Letter(
        kind=LetterKind(read.chosen("kind", "种类")),
        number=read.line("number"),
        case_id=asked.case.id,
        recipient=read.wanted("recipient", "发给谁"),
        sent_on=read.day("on", "发出日"),
        answer_by=read.any_day("answer_by", "要求答复的日子"),
        subject=read.line("subject"),
    )

    def work(ledger: Ledger) -> Case:
        pattern = asked.office.settings.letter_number
        letters.register(ledger, letter, pattern=pattern, by=asked.by)
        return ledger.case(asked.case.id)

    return work


def _amend_fields(standing: Standing) -> Fields:
    texts = {
        letter_name(letter): _letter_texts(letter)
        for letter in standing_letters(standing.around.letters)
    }
    yield replace(choice("letter", "哪一份", texts), fills=texts)
    yield choice("kind", "种类", [kind.value for kind in LetterKind])
    yield Field(name="number", title="文号")
    yield Field(name="recipient", title="发给")
    yield Field(name="subject", title="事由")
    yield Field(name="sent_on", title="发出日")
    yield Field(name="answer_by", title="要求答复", hint="哪一天以前，可以空着")
    yield Field(name="answered_on", title="答复日", hint="还没有答复就空着")
    yield Field(name="answer", title="答复")
    yield Field(name="notes", title="备注")


def _letter_texts(letter: Letter) -> dict[str, str]:
    """Return what stands in the fields of a letter."""
    days = ("sent_on", "answer_by", "answered_on")
    texts = ("kind", "number", "recipient", "subject", "answer", "notes")
    return {name: str(getattr(letter, name) or "") for name in (*days, *texts)}


def _amend(asked: Asked) -> Act:
    """Write only what differs from what the form showed: the rest others may have changed."""
    read, letter = asked.read, _chosen_letter(asked)
    written = {
        "kind": LetterKind(read.chosen("kind", "种类")),
        "number": read.wanted("number", "文号"),
        "recipient": read.wanted("recipient", "发给谁"),
        "subject": read.line("subject"),
        "sent_on": read.day("sent_on", "发出日"),
        "answer_by": read.any_day("answer_by", "要求答复的日子"),
        "answered_on": read.maybe_day("answered_on", "答复日"),
        "answer": read.line("answer"),
        "notes": read.line("notes"),
    }
    if written["answer"] and written["answered_on"] is None:
        raise NotUnderstood("写了答复，还没有填答复日。")
    shown = asked.deed.fields[0].fills[read.line("letter")]
    changed: Any = {
        name: value for name, value in written.items() if read.line(name) != shown[name].strip()
    }

    def work(ledger: Ledger) -> Case:
        letters.amend(ledger, letter.id, by=asked.by, **changed)
        return ledger.case(asked.case.id)

    return work


def _chosen_letter(asked: Asked) -> Letter:
    name = asked.read.chosen("letter", "哪一份")
    found = [each for each in asked.around.letters if letter_name(each) == name]
    if not found:
        raise NotUnderstood("这份函件刚才改过，请重新选。")
    return found[0]


def _answer_fields(standing: Standing) -> Fields:
    waiting = [letter_name(letter) for letter in unanswered(standing.around.letters)]
    yield replace(choice("letter", "哪一份", waiting), fills={name: {} for name in waiting})
    yield Field(name="answer", title="答复", hint="答复了什么，一句话")
    yield day(standing, "答复日")


def _answer(asked: Asked) -> Act:
    letter, on = _chosen_letter(asked), asked.read.day("on", "答复日")
    words = asked.read.wanted("answer", "答复了什么")

    def work(ledger: Ledger) -> Case:
        letters.answer(ledger, letter.id, on=on, answer=words, by=asked.by)
        return ledger.case(asked.case.id)

    return work


LETTER_DEEDS: dict[Doing, DeedKind] = {
    Doing.LETTER: DeedKind(
        fields=_letter_fields, act=_letter, place=Place.FOLD, possible=lambda _at: True
    ),
    Doing.ANSWER: DeedKind(
        fields=_answer_fields,
        act=_answer,
        place=Place.FOLD,
        possible=lambda at: bool(unanswered(at.around.letters)),
    ),
    Doing.AMEND: DeedKind(
        fields=_amend_fields,
        act=_amend,
        place=Place.FOLD,
        possible=lambda at: bool(standing_letters(at.around.letters)),
    ),
}
