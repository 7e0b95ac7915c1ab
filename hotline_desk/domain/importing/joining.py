"""What of several rows is one case: its own row, its questions, its workers; money counted once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Case
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.importing.cases import IncomingCase, with_parties
from hotline_desk.domain.importing.known import differing_case_fields
from hotline_desk.domain.importing.tables import Problem, place_words
from hotline_desk.domain.importing.values import CellNotUnderstood, read_fen
from hotline_desk.domain.numbers import is_case_number
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from hotline_desk.domain.importing.cases import IncomingParty
    from hotline_desk.domain.importing.questions import IncomingQuestion
    from hotline_desk.domain.importing.reading import Incoming
    from hotline_desk.domain.questions import Question

    Place = tuple[str, int]


class Joining:
    """Puts the cases of a file together; what does not fit is appended to *problems*."""

    def __init__(
        self,
        incoming: Incoming,
        questions: Sequence[IncomingQuestion],
        left_out: frozenset[Place],
        problems: list[Problem],
    ) -> None:
        """Take all rows of a file, the new questions among them, and the rows left out."""
        self._problems = problems
        self._new = {(row.table, row.row): row for row in questions}
        self._all = [row for row in incoming.questions if (row.table, row.row) not in left_out]
        self._keys_left_out = {
            row.key for row in incoming.cases if (row.table, row.row) in left_out and row.key
        }
        self._cases = [row for row in incoming.cases if (row.table, row.row) not in left_out]
        self._parties: dict[str, list[IncomingParty]] = defaultdict(list)
        for party in incoming.parties:
            if (party.table, party.row) not in left_out:
                self._parties[party.key].append(party)
        self._of_key: dict[str, dict[Place, None]] = defaultdict(dict)
        for row in self._all:
            if row.case_number:
                self._of_key[row.case_number][row.table, row.row] = None
        self._by_number = {row.question.number: row for row in self._all if row.question.number}

    def cases(
        self,
        known: Collection[str],
        present: Mapping[Place, Question],
        case_of: Mapping[int, Case],
    ) -> Iterator[tuple[IncomingCase, list[Place]]]:
        """Yield each case of the file with the rows that become its questions.

        Args:
            known: what the cases that are in the ledger already are called.
            present: by its row, the question that is in the ledger already.
            case_of: by the id of such a question, its case.
        """
        claimed: dict[Place, str] = {}
        cases = [*self._whole(), *self._of_questions_alone(known)]
        for case in cases:
            place = (case.table, case.row)
            if case.of_question and not case.key and place not in self._new:
                if place in present and not self._has_case(case, case_of.get(present[place].id)):
                    yield case, [place]
                continue
            places = list(self._claim(case, claimed))
            if case.key not in known:
                self._refuse(case, (present[each] for each in places if each in present), case_of)
            yield self._with_workers(case), [each for each in places if each in self._new]
        for key in self._parties.keys() - {case.key for case in cases} - self._keys_left_out:
            for party in self._parties[key]:
                words = f"没有编号是 {key[:24]} 的案件"
                self._problems.append(
                    Problem(table=party.table, row=party.row, heading="案件编号", words=words)
                )

    def _claim(self, case: IncomingCase, claimed: dict[Place, str]) -> Iterator[Place]:
        """Yield the rows of the questions of a case that are no other's."""
        for place in self._rows_of(case):
            if place in claimed:
                self._say(case, "台账编号", f"第 {place[1]} 行的问题已经归入 {claimed[place]}")
            else:
                claimed[place] = case.key or f"第 {case.row} 行"
                yield place

    def _refuse(
        self, case: IncomingCase, questions: Iterable[Question], case_of: Mapping[int, Case]
    ) -> None:
        """Say which questions of a new case with a number are in the ledger without it."""
        for question in questions:
            there = case_of.get(question.id)
            does = f"属于 {there.number}" if there else "请在台账里为它立案"
            self._say(case, "台账编号", f"{question.number} 已在台账里，{does}")

    def _has_case(self, case: IncomingCase, there: Case | None) -> bool:
        """Return whether a row's question has its case in the ledger; what differs is told."""
        if there is not None and (fields := differing_case_fields(case.case, there)):
            words = f"{there.number} 已在台账里，不改，请在台账里办：{'、'.join(fields[:6])}"
            self._say(case, "", words, blocks=False)
        return there is not None

    def _whole(self) -> Iterator[IncomingCase]:
        """Yield the cases with rows of their own; rows of questions about one are put together."""
        own = [row for row in self._cases if not row.of_question]
        keys: dict[str, IncomingCase] = {}
        for row in own:
            if row.key and row.key in keys:
                words = f"与{place_words(keys[row.key], seen_from=row)}的案件编号重复"
                self._say(row, "案件编号", words)
                continue
            keys[row.key] = row
            yield row
        together: dict[str, list[IncomingCase]] = defaultdict(list)
        for row in self._cases:
            if not row.of_question:
                continue
            if not row.key:
                yield row
            elif row.key not in keys:
                together[row.key].append(row)
        for rows in together.values():
            yield self._agreed(rows)

    def _agreed(self, rows: Sequence[IncomingCase]) -> IncomingCase:
        """Return what several rows say of one case; people and money are not added up."""
        first = rows[0]
        said = dict(first.said)
        for row in rows[1:]:
            for field, text in row.said.items():
                if _same(said.setdefault(field, text), text):
                    continue
                there = place_words(first, seen_from=row)
                words = f"与{there}是同一案件，那里写 {said[field][:24]}，这里写 {text[:24]}"
                self._say(row, field, words)
        fullest = max(rows, key=lambda row: len(row.said))
        people = [row.case.people for row in rows if row.case.people is not None]
        claimed = [row.case.claimed_fen for row in rows if row.case.claimed_fen is not None]
        received = min(row.case.received for row in rows)
        case = replace(
            fullest.case,
            received=received,
            events=replace(fullest.case.events, received=received),
            people=max(people, default=None),
            claimed_fen=max(claimed, default=None),
        )
        return replace(fullest, row=first.row, case=case)

    def _of_questions_alone(self, known: Collection[str]) -> Iterator[IncomingCase]:
        """Yield a case for each number that questions name and no row of a case has."""
        told = {row.key for row in self._cases} | self._keys_left_out | set(known)
        named: dict[str, list[IncomingQuestion]] = defaultdict(list)
        for row in self._all:
            if row.case_number and row.case_number not in told:
                named[row.case_number].append(row)
        for key, rows in named.items():
            case = self._from_questions(key, rows)
            self._say(
                case, "案件编号", f"没有 {key[:24]} 的案件行，按问题里有的内容立案", blocks=False
            )
            yield case

    def _from_questions(self, key: str, rows: Sequence[IncomingQuestion]) -> IncomingCase:
        questions = [row.question for row in rows]
        received = min(question.at.date() for question in questions)
        people = [each.people for each in questions if each.people is not None]
        claimed = [each.amount_fen for each in questions if each.amount_fen is not None]
        own = is_case_number(key)
        case = Case(
            id=0,
            number=key if own else "",
            external_number="" if own else key,
            received=received,
            events=ClockEvents(received=received),
            employer=next((each.employer for each in questions if each.employer), ""),
            matter=next((each.point for each in questions if each.point), ""),
            people=max(people, default=None),
            claimed_fen=max(claimed, default=None),
            unit=questions[0].unit,
        )
        return IncomingCase(table=rows[0].table, row=rows[0].row, key=key, case=case)

    def _rows_of(self, case: IncomingCase) -> list[Place]:
        """Return the rows of the questions that belong to a case, in the file's order."""
        if case.of_question and not case.key:
            return [(case.table, case.row)]
        found = dict(self._of_key[case.key]) if case.key in self._of_key else {}
        for number in case.questions:
            if number in self._by_number:
                row = self._by_number[number]
                found[row.table, row.row] = None
            else:
                self._say(case, "台账编号", f"文件里没有 {number}，没有归入", blocks=False)
        return sorted(found)

    def _with_workers(self, case: IncomingCase) -> IncomingCase:
        rows = self._parties.get(case.key, []) if case.key else []
        if not rows:
            return case
        parties = tuple(row.party for row in rows)
        first: dict[str, IncomingParty] = {}
        for row in rows:
            if first.setdefault(row.party.name, row) is not row:
                words = f"{row.party.name}有两位，请加字区分"
                self._problems.append(
                    Problem(table=row.table, row=row.row, heading="姓名", words=words)
                )
        for heading, whole, parts in (
            ("诉求金额（元）", case.case.claimed_fen, [each.claimed_fen for each in parties]),
            ("已到账金额（元）", case.case.promise.received_fen,
             [each.received_fen for each in parties]),
        ):  # fmt: skip
            told = sum(each for each in parts if each is not None)
            if whole and told and told != whole:
                words = f"案件写 {money_text(whole)}，当事人合计 {money_text(told)}，以案件为准"
                self._say(case, heading, words, blocks=False)
        return replace(case, case=with_parties(case.case, parties))

    def _say(self, case: IncomingCase, heading: str, words: str, *, blocks: bool = True) -> None:
        self._problems.append(
            Problem(table=case.table, row=case.row, heading=heading, words=words, blocks=blocks)
        )


def _same(one: str, other: str) -> bool:
    try:
        return one == other or read_fen(one) == read_fen(other)
    except CellNotUnderstood:
        return False
