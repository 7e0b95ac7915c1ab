"""Cases of years, all invented: most of them 结案, the newest still open at every step."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Case,
    Interruption,
    KnownDay,
    Party,
    Payment,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
    Closing,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ledger import Ledger
from tests.ledger_filler import DISTRICTS, EMPLOYERS, LAWYERS, SURNAMES, UNITS, WHAT

_OPEN_DAYS = 60
"""The open ones were received within so many days."""
_OLD_DAYS = 7_000
_BESIDE = (ActionKind.PASSED_ON, ActionKind.SUPERVISED, ActionKind.CHECKED, ActionKind.URGED)


class CaseFiller:
    """Invents the same cases each time for the same seed and day."""

    def __init__(self, today: date, seed: int = 31) -> None:
        self._today, self._random = today, random.Random(seed)

    def fill(self, path: Path, *, ended: int, open_: int) -> None:
        """Write so many cases that are 结案 and so many that are open, in one transaction.

        Each open one has one of the newest questions.
        """
        with Ledger.open(path) as ledger, ledger.together():
            for place in range(ended):
                self._file(ledger, self._ended(place, ended), place)
            asked = ledger.questions(QuestionQuery(limit=open_))
            for place in range(open_):
                case = self._open(place, open_)
                belonging = tuple(each.id for each in asked[place : place + 1])
                self._file(ledger, replace(case, questions=belonging), place)

    def _file(self, ledger: Ledger, case: Case, place: int) -> None:
        case_id = ledger.file_case(case, by="填充")
        if place % 10 == 0:
            year, number = case.received.year, case_id
            ledger.keep(
                Letter(
                    kind=self._random.choice(list(LetterKind)),
                    number=f"工法函〔{year}〕{number}号",
                    case_id=case_id,
                    recipient=case.employer,
                    sent_on=case.received + timedelta(days=2),
                    answer_by=case.received + timedelta(days=17),
                    subject=case.matter,
                    answered_on=None if case.course.is_open else case.finished_on,
                ),
                by="填充",
            )

    def _ended(self, place: int, of: int) -> Case:
        received = self._today - timedelta(days=_OLD_DAYS - place * (_OLD_DAYS - 90) // of)
        told = received + timedelta(days=9)
        fen = self._random.randrange(10**5, 10**7)
        return self._case(
            received,
            place,
            course=Course.FINISHED,
            events=self._events(received, 3, told),
            closing=ClosingWay.MEDIATED,
            finish=Finish.FULFILLED,
            finished_on=told + timedelta(days=20),
            promise=Promise(
                agreed_fen=fen, agreed_on=told, pay_by=told + timedelta(days=15), received_fen=fen
            ),
            payments=(Payment(on=told + timedelta(days=12), fen=fen),),
            called_back_on=told + timedelta(days=30),
            satisfaction=self._random.choice((Satisfaction.SATISFIED, Satisfaction.MOSTLY)),
        )

    def _open(self, place: int, of: int) -> Case:
        """Return an open case: a sixth each at every step, of the last two with promised money."""
        received = self._today - timedelta(days=_OPEN_DAYS - place * _OPEN_DAYS // of)
        step = place % 6
        told = min(self._today, received + timedelta(days=9)) if step > 3 else None
        promise = Promise()
        if told is not None:
            promise = Promise(
                agreed_fen=600_000,
                agreed_on=told,
                pay_by=self._today + timedelta(days=10 if step == 4 else -3),
                received_fen=200_000,
            )
        courses = (Course.TO_CONTACT, Course.CONTACTED, Course.PLANNED, Course.MEDIATING)
        return self._case(
            received,
            place,
            course=courses[step] if told is None else Course.MEDIATED,
            events=self._events(received, step, told),
            closing=None if told is None else ClosingWay.MEDIATED,
            promise=promise,
            days=(KnownDay(event="离职", on=self._today - timedelta(days=340 + place % 20)),),
            interruptions=(Interruption(on=received, event="向监察投诉", evidence="回执"),)
            if place % 7 == 0
            else (),
        )

    def _case(self, received: date, place: int, **given: object) -> Case:
        chosen = self._random
        workers = 12 if place % 20 == 0 else 1
        beside = 2 if place % 3 == 0 else 0
        return Case(
            id=0,
            number="",
            received=received,
            employer=f"{chosen.choice(DISTRICTS)}{chosen.choice(EMPLOYERS)}",
            matter=chosen.choice(WHAT),
            people=workers,
            claimed_fen=chosen.randrange(10**7),
            route=chosen.choice(list(Route)),
            owner=chosen.choice(LAWYERS),
            unit=chosen.choice(UNITS),
            parties=tuple(
                Party(name=f"{chosen.choice(SURNAMES)}某{at}", claimed_fen=100_000)
                for at in range(workers)
            ),
            actions=tuple(
                Action(on=received, kind=_BESIDE[at], words="请答复", by="填充")
                for at in range(beside)
            ),
            **given,
        )

    def _events(self, received: date, step: int, told: date | None) -> ClockEvents:
        at = datetime.combine(received, time(10), STUDIO_ZONE)
        pause = Pause(
            first=received,
            reason=self._random.choice(list(PauseReason)),
            expected=self._today + timedelta(days=5),
        )
        return ClockEvents(
            received=received,
            contacts=(Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS, words="已听清"),)
            if step > 0
            else (),
            gradings=(Grading(on=received, grade=Grade.ORDINARY),) if step > 1 else (),
            plan=Plan(on=received, parts=WHOLE_PLAN, told_on=received) if step > 1 else None,
            closing=None if told is None else Closing(on=told, told_on=told),
            pauses=(pause,) if told is None and self._random.random() < 0.1 else (),
        )
