"""What another desk writes while captions arrive, or a row is amended here, stays written."""

import dataclasses
import threading
from datetime import datetime

import pytest

from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.utterances import Utterance
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.desk_rows import change_call
from hotline_desk.workflows.questions import amend

LATER_SECONDS = 0.3
"""How long a desk is given to write before it has to wait for this one."""


class Overlooked(Ledger):
    """A ledger with another desk that writes the moment this one has read."""

    another = None

    def questions(self, *args):
        return self._read_then(super().questions(*args))

    def question(self, *args):
        return self._read_then(super().question(*args))

    def call(self, *args):
        return self._read_then(super().call(*args))

    def _read_then(self, found):
        if self.another is not None:
            write, self.another = threading.Thread(target=self.another), None
            self.writing = write
            write.start()
            write.join(LATER_SECONDS)
        return found


@pytest.fixture
def desk(tmp_path):
    """A desk with a take, a call and a question, on a ledger that another desk writes in, too."""
    workspace = Workspace(tmp_path)
    today = studio_now().date()
    folder = workspace.episodes / f"{today}-第190期" / "take-20261125-095000"
    folder.mkdir(parents=True)
    line = LineInfo(id="a", name="来电", role="来电", device="file:x", channel=1, rate_hz=8000)
    create_take(
        folder, [line], started_at=datetime.now().astimezone(), monotonic_ns=0, delay_seconds=0,
        speed=1.0,
    )  # fmt: skip
    with Overlooked.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=today), by="导播")
        made = CallDesk(ledger, workspace, episode=190, by="导播")
        made.follow(folder)
        made.mark_question(made.ring(at=1.0), at=2.0)
        yield made


def other_desk_writes(desk):
    """Let the other desk write the employer in the row and the name on the card, once."""

    def write():
        with Ledger.open(desk.workspace.ledger) as ledger, ledger.together():
            row, call = ledger.questions()[0], ledger.calls()[0]
            ledger.save_question(dataclasses.replace(row, employer="某物业"), by="接线员")
            caller = dataclasses.replace(call.caller, name="董")
            ledger.save_call(dataclasses.replace(call, caller=caller), by="接线员")

    desk.ledger.another = write


def arrive(desk):
    append_utterance(desk.take_folder, Utterance("来电", 2.0, 4.0, "拖欠两个月工资", ()))
    desk.follow_captions()


def type_people(desk):
    amend(desk.ledger, 1, {"people": 11}, by="导播")


def type_phone(desk):
    def with_phone(call):
        return dataclasses.replace(call, caller=dataclasses.replace(call.caller, phone="12351"))

    change_call(desk, 1, with_phone)


@pytest.mark.parametrize(
    ("do", "done"),
    [
        (arrive, lambda row, _: row.text != ""),
        (CallDesk.end_take, lambda row, _: not row.in_progress),
        (type_people, lambda row, _: row.people == 11),
        (type_phone, lambda _, call: call.caller.phone == "12351"),
    ],
)
def test_nothing_that_another_desk_has_just_written_is_lost(desk, do, done):
    other_desk_writes(desk)

    do(desk)

    desk.ledger.writing.join()
    row, call = desk.ledger.questions()[0], desk.ledger.calls()[0]
    assert done(row, call)
    assert row.employer == "某物业"
    assert call.caller == dataclasses.replace(call.caller, name="董")
