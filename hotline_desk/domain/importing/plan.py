"""What an import comes to: which rows are new, which are there already, what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.deadlines import Card, read_clock
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.importing.asked import (
    end_words,
    told_of_ends,
    told_of_units,
    unit_words,
    unknown_units,
)
from hotline_desk.domain.importing.choices import StrangeWord, strange_words
from hotline_desk.domain.importing.clock import differing
from hotline_desk.domain.importing.filling import filling
from hotline_desk.domain.importing.joining import Joining
from hotline_desk.domain.importing.known import differing_case_fields, differing_fields
from hotline_desk.domain.importing.tables import Problem, place_words
from hotline_desk.domain.importing.to_come import days_to_come

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.importing.cases import IncomingCase
    from hotline_desk.domain.importing.filling import Filling
    from hotline_desk.domain.importing.known import Known
    from hotline_desk.domain.importing.questions import IncomingQuestion
    from hotline_desk.domain.importing.reading import Incoming
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.workdays import Calendar

_DELETED = "这一行的工单号属于已经删除个人信息的记录，不能再导入；请跳过这一行"
_DELETED_ALIKE = (
    "同一天、同样诉求要点的记录已经删除个人信息；是同一件就跳过这一行，是另一件就改写诉求要点"
)

Place = tuple[str, int]
"""A table's name and a row's number in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCase:
    """A case that is to be filed, and the rows that become its questions."""

    incoming: IncomingCase
    rows: tuple[Place, ...]
    """Of questions that come in with it."""
    there: tuple[int, ...] = ()
    """The ids of those that are in the ledger already, without a case."""


@dataclass(frozen=True, kw_only=True)  # what follows from it is worked out once
class ImportPlan:
    """What is to be written, and what was found."""

    questions: tuple[IncomingQuestion, ...]
    """Day by day, so that the numbers that are allotted go along with time."""
    cases: tuple[PlannedCase, ...]
    filled: tuple[Filling, ...]
    """What is added to questions that are there already."""
    open_cases: int
    """How many of the cases are not 办结, …"""
    overdue_cases: int
    """… and of these how many are over a limit already."""
    episodes: tuple[Episode, ...]
    """Those that the ledger lacks."""
    problems: tuple[Problem, ...]
    incoming: Incoming
    same: int
    """How many rows are in the ledger already, word for word."""
    left_out: frozenset[Place]
    asked: tuple[StrangeWord, ...]
    """What a person may say besides, and what stands in no way: 填报单位 that are not registered,
    and how and when cases ended of which the rows do not say it."""

    @property
    def brings(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.questions or self.cases or self.filled)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.incoming.rows

    @property
    def told_rows(self) -> str:
        """How many rows were read, and how many wait for which columns, in words."""
        waiting = self.incoming.unread
        if not waiting:
            return f"读了 {self.rows:,} 行"
        fields = dict.fromkeys(each.field for each in self.blocking if each.row is None)
        words = f"{waiting:,} 行还没有读，先选出哪一列是{'、'.join(fields)}，或写明一个值"
        return f"读了 {self.rows:,} 行，另有 {words}" if self.rows else f"文件里 {words}"

    @cached_property
    def blocking(self) -> tuple[Problem, ...]:
        """What stands in the way as long as its rows are not left out."""
        return tuple(
            problem
            for problem in self.problems
            if problem.blocks and (problem.row is None or place_of(problem) not in self.left_out)
        )

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What is to be known and stands in no way."""
        return tuple(problem for problem in self.problems if not problem.blocks)

    @cached_property
    def skipped(self) -> tuple[Problem, ...]:
        """What would stand in the way if its rows were not left out."""
        standing = {id(problem) for problem in self.blocking}
        return tuple(each for each in self.problems if each.blocks and id(each) not in standing)

    @cached_property
    def strange(self) -> tuple[StrangeWord, ...]:
        """The words that nobody knows, those that stand in the way first, and what is not said."""
        return (*strange_words(self.blocking), *self.asked)

    @cached_property
    def can_be_left_out(self) -> frozenset[Place]:
        """The rows that stand in the way."""
        return frozenset(place_of(each) for each in self.blocking if each.row is not None)


def place_of(problem: Problem) -> Place:
    """Return where a problem's row is."""
    return problem.table, problem.row or 0


class Settling:
    """Holds the rows of a file against the ledger and against each other."""

    def __init__(self, incoming: Incoming, known: Known, left_out: frozenset[Place]) -> None:
        """Take rows as read; those in *left_out* are passed over."""
        self.problems = list(incoming.problems)
        self.same = 0
        self.filled: list[Filling] = []
        self._incoming = incoming
        self._known = known
        self._left_out = left_out
        self._by_number = {each.number: each for each in known.questions}
        self._by_external: dict[str, list[Question]] = defaultdict(list)
        self._by_day: dict[tuple[date, str], list[Question]] = defaultdict(list)
        for each in known.questions:
            self._by_day[each.at.date(), each.point].append(each)
            if each.external_number:
                self._by_external[each.external_number].append(each)

    def questions(self) -> tuple[list[IncomingQuestion], dict[Place, Question]]:
        """Return the questions that are new, and by their rows those that are there already."""
        new: list[IncomingQuestion] = []
        present: dict[Place, Question] = {}
        first: dict[str, list[IncomingQuestion]] = {}
        for row in self._incoming.questions:
            place = (row.table, row.row)
            if place in self._left_out or self._is_repeated(row, first):
                continue
            known = self._present(row)
            if known is not None:
                present[place] = known
                continue
            number = row.question.number
            if number not in self._by_number and self._is_deleted(row):
                continue
            if number and number in self._known.taken and number not in self._by_number:
                self._say(row, "台账编号", f"{number} 已经用过，另外编号", blocks=False)
                row = replace(row, question=replace(row.question, number=""))  # noqa: PLW2901  renumbered
            new.append(row)
        return new, present

    def _is_repeated(self, row: IncomingQuestion, first: dict[str, list[IncomingQuestion]]) -> bool:
        """Return whether an earlier row says the same, or something else of the same question.

        An order may have several questions, each with its own 诉求要点.
        """
        number, external = row.question.number, row.question.external_number
        if not (number or external):
            return False
        rows = first.setdefault(number or external, [])
        for earlier in rows:
            there = place_words(earlier, seen_from=row)
            if earlier.question == row.question:
                self._say(row, "", f"与{there}相同，只导入一次", blocks=False)
                return True
            if number:
                self._say(row, "台账编号", f"与{there}的编号 {number} 重复，内容不同")
                return True
            if earlier.question.point == row.question.point:
                words = f"与{there}的外部工单号 {external} 重复，内容不同，请只留一行"
                self._say(row, "外部工单号", words)
                return True
        if rows:
            there = place_words(rows[0], seen_from=row)
            words = f"与{there}是同一个外部工单号 {external}，诉求不同，作为另一条问题导入"
            self._say(row, "外部工单号", words, blocks=False)
        rows.append(row)
        return False

    def _is_deleted(self, row: IncomingQuestion) -> bool:
        """Return whether the row brings somebody back who was deleted; it stands in the way."""
        if row.mark not in self._known.deleted:
            return False
        if row.question.external_number:
            self._say(row, "外部工单号", _DELETED)
        else:
            self._say(row, "诉求要点", _DELETED_ALIKE)
        return True

    def _present(self, row: IncomingQuestion) -> Question | None:
        """Return the question that the row is already; what it adds is noted, and what differs.

        One of its number that is another is told: it stands in the way.
        """
        number, external = row.question.number, row.question.external_number
        if number:
            candidates = [self._by_number[number]] if number in self._by_number else []
        elif external:
            candidates = self._by_external[external]
        else:  # one that is the same in all that the file says is no other
            alike = self._by_day[row.question.at.date(), row.question.point]
            candidates = [each for each in alike if not differing_fields(row, each)]
        differences = [(differing_fields(row, each), each) for each in candidates]
        for fields, each in differences:
            if not fields:
                self.same += 1
                return each
        if not number and (found := filling(row, candidates)) is not None:
            if found.differing:
                words = f"与台账里的 {found.question.number} 不同，台账的不改："
                self._say(row, "外部工单号", words + "、".join(found.differing), blocks=False)
            self.filled += [found] if found.filled else []
            self.same += not found.filled
            return found.question
        if differences:
            fields, each = min(differences, key=lambda found: len(found[0]))
            names = "、".join(fields[:6])
            then = "" if number else "；是同一件就跳过这一行，是另一件就改工单号"
            heading = "台账编号" if number else "外部工单号"
            self._say(row, heading, f"台账里已有 {each.number}，内容不同：{names}{then}")
        return None

    def _say(
        self, row: IncomingQuestion | IncomingCase, heading: str, words: str, *, blocks: bool = True
    ) -> None:
        self.problems.append(
            Problem(table=row.table, row=row.row, heading=heading, words=words, blocks=blocks)
        )

    def cases(
        self, questions: Sequence[IncomingQuestion], present: dict[Place, Question]
    ) -> list[PlannedCase]:
        """Return the cases that are new, each with the rows that become its questions."""
        joining = Joining(self._incoming, questions, self._left_out, self.problems)
        known = {case.number: case for case in self._known.cases}
        known |= {case.external_number: case for case in self._known.cases if case.external_number}
        found = []
        for incoming, rows in joining.cases(set(known), present, self._known.case_of):
            if {incoming.key, incoming.case.external_number} & self._known.deleted:
                self._say(incoming, "外部工单号", _DELETED)
                continue
            there = known.get(incoming.key)
            if there is None:
                found.append(
                    PlannedCase(
                        incoming=self._numbered(incoming),
                        rows=tuple(place for place in rows if place not in present),
                        there=tuple(present[place].id for place in rows if place in present),
                    )
                )
                continue
            if fields := differing_case_fields(incoming.case, there):
                names = "、".join(fields[:6])
                self._say(incoming, "案件编号", f"台账里已有 {there.number}，内容不同：{names}")
            elif rows:
                words = f"{there.number} 已在台账里，请在台账里把问题归入这件案件"
                self._say(incoming, "案件编号", words)
            else:
                self.same += 1
        return found

    def _numbered(self, incoming: IncomingCase) -> IncomingCase:
        number = incoming.case.number
        if not number or number not in self._known.taken:
            return incoming
        self._say(incoming, "案件编号", f"{number} 已经用过，另外编号", blocks=False)
        return replace(incoming, case=replace(incoming.case, number=""))


def settle(
    incoming: Incoming,
    known: Known,
    *,
    on: date,
    calendar: Calendar,
    limits: Limits,
    left_out: frozenset[Place] = frozenset(),
) -> ImportPlan:
    """Return what an import of *incoming* into a ledger that has *known* comes to.

    Args:
        incoming: the rows of the file.
        known: what the ledger has of their numbers.
        on: the day on which clocks are read.
        calendar: the office's working days.
        limits: the office's limits.
        left_out: rows that a person chose to leave out.
    """
    settling = Settling(incoming, known, left_out)
    questions, present = settling.questions()
    cases = settling.cases(questions, present)
    unknown = unknown_units(incoming, known.units, left_out)
    ends = [each.incoming for each in cases]
    problems = [
        *told_of_units(unknown), *told_of_ends(ends, incoming.defaults), *settling.problems,
        *days_to_come(questions, ends, on),
    ]  # fmt: skip
    open_cases = overdue = 0
    for each in cases:
        row = each.incoming
        if row.case.is_in_hand:
            open_cases += 1
            clock = read_clock(row.case.events, on, calendar=calendar, limits=limits)
            overdue += any(step.card is Card.RED and not step.done for step in clock.steps)
        words = differing(
            row.case.events,
            used=row.told_used,
            outcome=row.told_outcome,
            on=on,
            calendar=calendar,
            limits=limits,
        )
        if words:
            problems.append(
                Problem(
                    table=row.table,
                    row=row.row,
                    heading="用时（工作日）",
                    words=words,
                    blocks=False,
                )
            )
    if open_cases:
        problems.insert(0, _open(cases, open_cases, overdue))
    return ImportPlan(
        questions=tuple(sorted(questions, key=lambda row: row.question.at.date())),
        cases=tuple(sorted(cases, key=lambda each: each.incoming.case.received)),
        filled=tuple(settling.filled),
        open_cases=open_cases,
        overdue_cases=overdue,
        episodes=_episodes(questions, known),
        problems=tuple(problems),
        incoming=incoming,
        same=settling.same,
        left_out=left_out,
        asked=(*unit_words(unknown, known.units), *end_words(ends)),
    )


def _open(cases: Sequence[PlannedCase], open_cases: int, overdue: int) -> Problem:
    """Return the sentence by which nobody is surprised by what 今日待办 will say."""
    late = f"（{overdue:,} 件已经超期）" if overdue else ""
    words = (
        f"新案件 {len(cases):,} 件，其中 {open_cases:,} 件没有办结日期，导入后在今日待办里{late}；"
        "已经办完的，请在表里补上办结日期再导入"
    )
    table = cases[0].incoming.table
    return Problem(table=table, row=None, heading="", words=words, blocks=False)


def _episodes(questions: Sequence[IncomingQuestion], known: Known) -> tuple[Episode, ...]:
    """Return the episodes that the ledger lacks, each on the day of its first question."""
    days: dict[int, date] = {}
    for row in questions:
        number = row.question.episode
        if number is not None and number not in known.episodes:
            day = row.question.at.date()
            days[number] = min(day, days.get(number, day))
    return tuple(Episode(number=number, on=day) for number, day in sorted(days.items()))
