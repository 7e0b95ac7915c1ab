"""发布与撤下记录: what was published where, and what has to be withdrawn when a consent is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.days import SPAN, is_meant
from hotline_desk.domain.publications import Publication, Reviews
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import CallNotFound, PublicationRefused, QuestionNotFound
from hotline_desk.output import Line
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

WITHDRAW = "撤下清单"
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")
_EPISODE = re.compile(r"(?:第\s*)?(\d+)\s*期?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A publication as it is written: every field is text."""

    id: int = 0
    name: str = ""
    """What was published."""
    of: str = ""
    """第 190 期, or 台账编号; empty where it holds neither."""
    place: str = ""
    published_on: str = ""
    version: str = ""
    link: str = ""
    first_review: str = ""
    """Who did 初审."""
    second_review: str = ""
    """Who did 复审 with 脱敏复核: a second person."""
    final_review: str = ""
    withdrawn_on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication, and why it has to be withdrawn, if it has."""

    entry: Entry
    why: tuple[str, ...] = ()
    """台账编号 of the callers' rows, and what they do not agree to; names nobody."""

    @property
    def state(self) -> str:
        """How it stands: 已撤下, 应撤下 or 已发布."""
        if self.entry.withdrawn_on:
            return "已撤下"
        return "应撤下" if self.why else "已发布"


def publication_rows(ledger: Ledger) -> tuple[PublicationRow, ...]:
    """Return all publications, what has to be withdrawn first, then the newest.

    A publication has to be withdrawn that holds the voice or the row of a caller who does not, or
    no longer, agree to be broadcast or published.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    refused = _Refused(ledger)
    rows = [
        PublicationRow(_entry(ledger, each), () if each.withdrawn_on else tuple(refused.by(each)))
        for each in ledger.kept(Publication)
    ]
    rows.sort(key=lambda row: row.entry.published_on, reverse=True)
    return tuple(sorted(rows, key=lambda row: row.state != "应撤下"))


def keep_entry(ledger: Ledger, entry: Entry, *, by: str) -> Entry:
    """Keep a publication as it is written, new or changed.

    Raises:
        EpisodeNotFound, QuestionNotFound: what it is said to hold is not in the ledger.
        LedgerError: it cannot be written.
        PublicationRefused: something is missing, or no day.
    """
    published, withdrawn = _day("发布日期", entry.published_on), None
    if published is None:
        raise PublicationRefused("还没有写发布日期")
    if not entry.place.strip():
        raise PublicationRefused("还没有写发布到哪里")
    if entry.withdrawn_on.strip():
        withdrawn = _day("撤下日期", entry.withdrawn_on)
        if not entry.reason.strip():
            raise PublicationRefused("撤下要写明理由")
        if withdrawn and withdrawn < published:
            raise PublicationRefused("撤下日期在发布日期之前")
    reviews = _reviews(ledger, entry)
    episode, question_id = _holds(ledger, entry.of.strip())
    kept = ledger.keep(
        Publication(
            id=entry.id,
            item=entry.name.strip(),
            episode=episode,
            question_id=question_id,
            place=entry.place.strip(),
            published_on=published,
            version=entry.version.strip(),
            link=entry.link.strip(),
            approved_by=reviews.text,
            withdrawn_on=withdrawn,
            reason=entry.reason.strip(),
        ),
        by=by,
    )
    return _entry(ledger, kept)


def take_out_entry(ledger: Ledger, entry: Entry, *, by: str) -> None:
    """Let a publication leave the register that was entered by mistake.

    Raises:
        RecordNotFound: it has left already.
    """
    found = next((each for each in ledger.kept(Publication) if each.id == entry.id), None)
    if found is not None:
        ledger.take_out(found, by=by)


def answer_consent(
    ledger: Ledger, call_id: int, answers: Mapping[str, bool | None], *, by: str
) -> int:
    """Note what a caller agrees to; return how many publications have to be withdrawn for it.

    Args:
        ledger: where the call is.
        call_id: whose answers they are.
        answers: by field of `Consent`, but for *record*, which the desk's own key answers.
        by: who notes it.

    Raises:
        CallNotFound: there is no such call.
        LedgerError: it cannot be written.
    """
    with ledger.together():
        call = ledger.call(call_id)
        before = {row.entry.id: row.why for row in publication_rows(ledger)}
        consent = replace(call.consent, **answers)  # type: ignore[arg-type]  # by its fields' names
        ledger.save_call(replace(call, consent=consent), by=by)
        return sum(
            bool(row.why) and row.why != before[row.entry.id] for row in publication_rows(ledger)
        )


def to_withdraw(rows: Iterable[PublicationRow]) -> tuple[PublicationRow, ...]:
    """Return what has to be withdrawn, and is not."""
    return tuple(row for row in rows if row.state == "应撤下")


def withdrawal_list(rows: Iterable[PublicationRow], *, on: date) -> str:
    """Return the 撤下清单 as a text to copy or to print; empty where nothing has to go."""
    wanted = to_withdraw(rows)
    if not wanted:
        return ""
    lines = [f"{WITHDRAW}（{on.isoformat()}）"]
    for number, row in enumerate(wanted, 1):
        entry = row.entry
        parts = [entry.name, entry.of, entry.place, f"{entry.published_on} 发布", entry.version]
        lines.append(f"{number}. " + "，".join(filter(None, parts)))
        lines += [f"   链接：{entry.link}"] if entry.link else []
        lines.append(f"   原因：{'；'.join(row.why)}")
    return "\n".join(lines)


def tell_publications(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each publication, or the 撤下清单 alone.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window is shown without

    with Ledger.open(existing(args.workspace).ledger) as ledger:
        rows = publication_rows(ledger)
    if args.to_withdraw:
        rows = to_withdraw(rows)
    for row in rows:
        entry = row.entry
        why = f"：{'；'.join(row.why)}" if row.why else ""
        parts = (entry.published_on, entry.name, entry.of, entry.place, entry.version, entry.link)
        yield Line(
            "  ".join(filter(None, (*parts, row.state + why))),
            {
                "item": entry.name,
                "of": entry.of,
                "place": entry.place,
                "published_on": entry.published_on,
                "version": entry.version,
                "link": entry.link,
                "first_review": entry.first_review,
                "second_review": entry.second_review,
                "final_review": entry.final_review,
                "withdrawn_on": entry.withdrawn_on or None,
                "reason": entry.reason,
                "withdraw": list(row.why),
            },
        )


class _Refused:
    """Which rows of callers who do not agree a publication holds."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._episodes: dict[int, list[str]] = {}

    def by(self, publication: Publication) -> list[str]:
        if publication.question_id is not None:
            return self._of_question(publication.question_id)
        if publication.episode is None:
            return []
        if publication.episode not in self._episodes:
            self._episodes[publication.episode] = list(self._of_episode(publication.episode))
        return self._episodes[publication.episode]

    def _of_question(self, question_id: int) -> list[str]:
        try:
            question = self._ledger.question(question_id)
            call = self._ledger.call(question.call_id) if question.call_id is not None else None
        except (CallNotFound, QuestionNotFound):  # its adding was taken back
            return []
        return [] if call is None else list(_why(call, [question]))

    def _of_episode(self, episode: int) -> Iterator[str]:
        asked: dict[int | None, list[Question]] = defaultdict(list)
        for question in self._ledger.questions(QuestionQuery(episode=episode)):
            asked[question.call_id].append(question)
        for call in self._ledger.calls(CallQuery(episode=episode)):
            if call.id in asked:
                yield from _why(call, asked[call.id])


def _why(call: Call, questions: Iterable[Question]) -> Iterator[str]:
    answers = {
        "录音": call.consent.record,
        "直播播出": call.consent.broadcast,
        "回放与公开": call.consent.replay,
    }
    refused = [words for words, answer in answers.items() if answer is False]
    if refused:
        numbers = "、".join(question.number for question in questions)
        yield f"{numbers} 的来电人不同意{'、'.join(refused)}"


def _entry(ledger: Ledger, publication: Publication) -> Entry:
    of = "" if publication.episode is None else f"第 {publication.episode} 期"
    if publication.question_id is not None:
        try:
            of = ledger.question(publication.question_id).number
        except QuestionNotFound:
            of = ""
    reviews = Reviews.read(publication.approved_by)
    return Entry(
        id=publication.id,
        name=publication.item,
        of=of,
        place=publication.place,
        published_on=publication.published_on.isoformat(),
        version=publication.version,
        link=publication.link,
        first_review=reviews.first,
        second_review=reviews.second,
        final_review=reviews.final,
        withdrawn_on=publication.withdrawn_on.isoformat() if publication.withdrawn_on else "",
        reason=publication.reason,
    )


def _reviews(ledger: Ledger, entry: Entry) -> Reviews:
    """Return who looked at it; one that was noted before anybody was asked for may stay so.

    Raises:
        PublicationRefused: somebody is missing, or no second person looked at it.
    """
    names = (entry.first_review, entry.second_review, entry.final_review)
    reviews = Reviews(*(name.strip() for name in names))
    before = (each for each in ledger.kept(Publication) if each.id == entry.id)
    old = any(Reviews.read(each.approved_by).fault for each in before)
    if fault := reviews.doubled if old else reviews.fault:
        raise PublicationRefused(fault)
    return reviews


def _holds(ledger: Ledger, of: str) -> tuple[int | None, int | None]:
    if not of:
        return None, None
    if found := _EPISODE.fullmatch(of):
        return ledger.episode(int(found[1])).number, None
    question = ledger.question_numbered(of)
    return question.episode, question.id


def _day(what: str, text: str) -> date | None:
    if not text.strip():
        return None
    found = _DAY.fullmatch(text.strip())
    try:
        day = date(*map(int, found.groups())) if found else date.fromisoformat(text.strip())
    except ValueError as error:
        raise PublicationRefused(f"{what}请写成 2026-11-25") from error
    if not is_meant(day):
        raise PublicationRefused(f"{what}只能写 {SPAN}的日期")
    return day
