"""Whatever is noted, corrected, struck out and undone: the clock is that of what stands.

What stands is kept beside the ledger as a list of what was noted, in which a correction takes the
old one's place and a striking out removes it; from it the clock is built anew, by none of the
desk's deeds. Two desks do it in turn, and each takes back its own step whole, or, where the other
has gone on from it, not at all.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Advance,
    ClockEvents,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, contacted_on
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.noted import Closed, Finished, Resumed, What, noted
from hotline_desk.errors import CaseChangedSince, LedgerError, NothingToUndo
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import assign, case_clock, case_correcting, case_course, cases
from tests.domain.cases import CALENDAR, LIMITS
from tests.ledger.records import EPISODE, a_question
from tests.workflows.casework import BY, WEDNESDAY, called

DESKS = (BY, "另一席")
LATER = WEDNESDAY + timedelta(days=40)
DAYS = st.integers(-1, 12).map(lambda count: WEDNESDAY + timedelta(days=count))
CONTACTS = st.builds(called, DAYS, st.sampled_from([ALL_FACTS, frozenset()]), reached=st.booleans())
GRADINGS = st.builds(
    Grading, on=DAYS, grade=st.sampled_from(Grade), reason=st.just(ComplexReason.DEATH),
    approver=st.sampled_from(["", "主任"]),
)  # fmt: skip
PLANS = st.builds(
    Plan, on=DAYS, parts=st.sampled_from([WHOLE_PLAN, frozenset()]), told_on=DAYS | st.none()
)
PAUSES = st.builds(Pause, first=DAYS, reason=st.just(PauseReason.PAPERS), expected=st.just(LATER))
EXTENSIONS = st.builds(
    Extension, asked_on=DAYS, days=st.integers(1, 6), approver=st.just("主任"),
    reason=st.just("外地"), told_on=DAYS,
)  # fmt: skip
CLOSINGS = st.builds(
    Closed, closing=st.builds(Closing, on=DAYS, told_on=DAYS | st.none()),
    way=st.sampled_from([ClosingWay.WITHDRAWN, ClosingWay.MEDIATED, ClosingWay.NOT_MEDIATED]),
)  # fmt: skip
ADVANCES = st.builds(
    Advance, on=DAYS, start=st.just(Course.PLANNED),
    to=st.sampled_from([Course.MEDIATING, Course.ARBITRATION, Course.NOT_MEDIATED]),
)  # fmt: skip
FINISHES = st.builds(Finished, on=DAYS, way=st.sampled_from(Finish))
RECORDS = {
    What.CONTACT: CONTACTS,
    What.GRADING: GRADINGS,
    What.PLAN: PLANS,
    What.PAUSE: PAUSES,
    What.RESUMED: st.builds(Resumed, on=DAYS),
    What.EXTENSION: EXTENSIONS,
    What.CLOSED: CLOSINGS,
    What.FINISHED: FINISHES,
    What.ADVANCE: ADVANCES,
}


_DAY = WEDNESDAY + timedelta(days=2)
COURSE = (
    (What.CONTACT, called(_DAY)),
    (What.GRADING, Grading(on=_DAY, grade=Grade.COMPLEX, reason=ComplexReason.DEATH)),
    (What.PLAN, Plan(on=_DAY, parts=WHOLE_PLAN, told_on=_DAY)),
    (What.ADVANCE, Advance(on=_DAY, start=Course.PLANNED, to=Course.MEDIATING)),
    (What.PAUSE, Pause(first=_DAY, reason=PauseReason.PAPERS, expected=LATER)),
    (What.RESUMED, Resumed(on=WEDNESDAY + timedelta(days=8))),
    (
        What.EXTENSION,
        Extension(
            asked_on=WEDNESDAY + timedelta(days=8),
            days=3,
            approver="主任",
            reason="外地",
            told_on=WEDNESDAY + timedelta(days=8),
        ),
    ),
    (What.CLOSED, Closed(closing=Closing(on=LATER, told_on=LATER), way=ClosingWay.NOT_MEDIATED)),
    (What.FINISHED, Finished(on=LATER, way=Finish.NOT_MEDIATED)),
)
"""A whole course; each example begins somewhere on it."""
NOTED = {
    What.CONTACT: case_clock.note_contact,
    What.GRADING: case_clock.grade,
    What.PLAN: case_clock.note_plan,
    What.PAUSE: case_clock.pause,
    What.RESUMED: lambda ledger, case_id, resumed, by: case_clock.resume(
        ledger, case_id, resumed.on, by=by
    ),
    What.EXTENSION: partial(case_clock.extend, calendar=CALENDAR, limits=LIMITS),
    What.CLOSED: lambda ledger, case_id, closed, by: case_clock.close(
        ledger, case_id, closed.closing, closed.way, by=by
    ),
    What.ADVANCE: lambda ledger, case_id, step, by: case_course.advance(
        ledger, case_id, step.to, on=step.on, by=by
    ),
    What.FINISHED: lambda ledger, case_id, finished, by: case_course.finish(
        ledger, case_id, finished.way, on=finished.on, by=by
    ),
}
"""How the desk notes each when it is new."""


def correct(ledger, case_id, was, record, by):
    case_correcting.correct(
        ledger, case_id, was, record,
        reason="写错了", on=LATER, calendar=CALENDAR, limits=LIMITS, by=by,
    )  # fmt: skip


class Standing:
    """What stands, kind by kind, as lists: an account of its own."""

    def __init__(self, lists=None):
        self.lists = lists or {what: [] for what in RECORDS}

    def noted(self, what, record):
        kept = {name: list(records) for name, records in self.lists.items()}
        if what in {What.PLAN, What.CLOSED}:
            kept[what] = []  # written anew, it takes the place of the other
        if what is What.RESUMED:
            place = next(at for at, each in enumerate(kept[What.PAUSE]) if each.resumed is None)
            kept[What.PAUSE][place] = replace(kept[What.PAUSE][place], resumed=record.on)
        else:
            kept[what].append(record)
        return Standing(kept)

    def corrected(self, was, record):
        kept = {name: list(records) for name, records in self.lists.items()}
        if was.what is What.RESUMED:
            pause = kept[What.PAUSE][was.place]
            kept[What.PAUSE][was.place] = replace(pause, resumed=record and record.on)
        elif record is None:
            del kept[was.what][was.place]
        else:
            kept[was.what][was.place] = record
        kept[What.PAUSE].sort(key=lambda pause: pause.first)
        return Standing(kept)

    @property
    def events(self):
        def one(what):
            return next(iter(self.lists[what]), None)

        closed = one(What.CLOSED)
        return ClockEvents(
            received=WEDNESDAY,
            contacts=tuple(self.lists[What.CONTACT]),
            gradings=tuple(self.lists[What.GRADING]),
            plan=one(What.PLAN),
            closing=closed and closed.closing,
            pauses=tuple(self.lists[What.PAUSE]),
            extension=one(What.EXTENSION),
            advances=tuple(self.lists[What.ADVANCE]),
        )

    @property
    def course(self):
        """Where the course stands."""
        if self.lists[What.FINISHED]:
            return Course.FINISHED
        events = self.events
        closed = next(iter(self.lists[What.CLOSED]), None)
        if events.advances:
            moved = {
                ClosingWay.MEDIATED: Course.MEDIATED, ClosingWay.NOT_MEDIATED: Course.NOT_MEDIATED,
            }  # fmt: skip
            state = events.advances[-1].to
            return moved.get(closed and closed.way, state) if state is Course.MEDIATING else state
        if events.planned_on is not None:
            return Course.PLANNED
        return Course.CONTACTED if contacted_on(events.contacts) else Course.TO_CONTACT


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_clock_is_that_of_what_stands(data):
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="别人")
        row = ledger.add_question(a_question(), by="别人")
        opened = cases.open_case(ledger, [row.id], by="别人")
        assign.assign(ledger, opened.id, owner="丁", route=Route.CADRE, by="别人")
        states = [(ledger.case(opened.id), Standing())]
        done_by = []
        for what, record in COURSE[: data.draw(st.integers(0, len(COURSE)))]:
            done_by.append(data.draw(st.sampled_from(DESKS)))
            stands = do(ledger, states[-1], what, record, done_by[-1])
            states.append((ledger.case(opened.id), stands))
            agrees(*states[-1])
        for _step in range(data.draw(st.integers(1, 8))):
            case, by = states[-1][0], data.draw(st.sampled_from(DESKS))
            if data.draw(st.integers(0, 3)) == 0:
                take_back(ledger, states, done_by, by)
                agrees(*states[-1])
                continue
            try:
                stands = one_step(data, ledger, states[-1], by)
            except LedgerError:
                assert ledger.case(case.id) == case
                continue
            if (changed := ledger.case(case.id)) != case:
                states.append((changed, stands))
                done_by.append(by)
            agrees(*states[-1])
        assert ledger.examine() == []


def take_back(ledger, states, done_by, by):
    """Undo at the desk *by*: its step goes whole if it was the last one, and not at all else."""
    if done_by and done_by[-1] == by:
        ledger.undo(by=by)
        states.pop()
        done_by.pop()
    else:
        with pytest.raises(CaseChangedSince if by in done_by else NothingToUndo):
            ledger.undo(by=by)
    assert ledger.case(states[-1][0].id) == states[-1][0]


def do(ledger, state, what, record, by):
    """Note *record* as the desk does when it is new; return what stands then."""
    case, standing = state
    NOTED[what](ledger, case.id, record, by=by)
    return standing.noted(what, record)


def one_step(data, ledger, state, by):
    """Do one thing at random; return what stands then."""
    case, standing = state
    there = [each for each in noted(case) if each.what in RECORDS]
    doing = data.draw(st.sampled_from(["note"] + ["correct", "strike"] * bool(there)))
    if doing == "note":
        whole = standing.events.planned_on is not None  # nobody is asked for another plan then
        what = data.draw(
            st.sampled_from([each for each in RECORDS if each is not What.PLAN or not whole])
        )
        record = data.draw(RECORDS[what])
        if what is What.ADVANCE:
            record = replace(record, start=case.course)
        return do(ledger, state, what, record, by)
    was = data.draw(st.sampled_from(there))
    record = data.draw(RECORDS[was.what]) if doing == "correct" else None
    if was.what is What.PAUSE and record is not None:
        record = replace(record, resumed=was.record.resumed)
    correct(ledger, case.id, was, record, by)
    return standing.corrected(was, record)


def agrees(case, standing):
    closing = case.events.closing and replace(case.events.closing, moved_from=None)
    assert replace(case.events, closing=closing) == standing.events
    for day in (WEDNESDAY, WEDNESDAY + timedelta(days=6), LATER):
        read, anew = (
            read_clock(events, day, calendar=CALENDAR, limits=LIMITS)
            for events in (case.events, standing.events)
        )
        assert read == anew
    assert case.course is standing.course
