"""Faults at random moments on a desk at work: every loss is told, and no wrong sound is taken."""

import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import cycle, islice

import pytest

from hotline_desk.take.take import Take
from tests.recorder_process import wait_until
from tests.soak.account import LineAccount, account_since, captions_out_of_order, place
from tests.soak.desk import NAMES, PATIENCE, desk_at_work
from tests.soak.faults import FAULTS, Fault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs a sound server"),
]

TURN_SECONDS = 30.0  # of sound, at most, for one fault and all that follows it
ALLOWED_SECONDS = 20.0  # on a machine that others load, too; the figure says what it was
UNHEARD_SECONDS = 0.02
MUCH_SECONDS = 0.1
"""A kind of fault that costs more is named in the figures."""
TELLING = {"gap", "overflow", "segment_lost", "segment_cut"}


@dataclass(frozen=True)
class Happened:
    """One fault, and what came of it."""

    fault: Fault
    taken: float
    """Seconds of sound that it took away itself."""
    told: list[dict]
    """The events that came of it."""
    lines: list[LineAccount]
    """What became of each line's sound from just before it until all was well again."""

    @property
    def losses(self):
        return [loss for kept in self.lines for loss in kept.losses]

    @property
    def beyond(self):
        """The most that a line lost, in seconds, without what the fault itself took away."""
        return max(0.0, max((loss.seconds for loss in self.losses), default=0.0) - self.taken)

    @property
    def untold(self):
        """Losses on a line of which nothing was told."""
        told = {(event["line"]) for event in self.told if event["event"] in TELLING}
        return [
            loss
            for line, kept in enumerate(self.lines, start=1)
            for loss in kept.losses
            if loss.seconds > UNHEARD_SECONDS and f"line{line}" not in told
        ]


@pytest.fixture
def disk(tmp_path):
    """A disk of the test's own, or none where nobody may mount one."""
    folder = tmp_path / "磁 盘"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and not subprocess.run(
        words, capture_output=True, check=False
    ).returncode  # fmt: skip
    yield folder if mounted else None
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_faults(tmp_path, disk, lengths, chance, figure, say):
    if not lengths.faults:
        pytest.skip("none are wanted")
    kinds = [fault for fault in FAULTS if disk or not fault.mounts]
    chance.shuffle(kinds)
    happened = []
    seconds = lengths.faults * TURN_SECONDS + 30
    with desk_at_work(tmp_path, seconds=seconds, disk=disk) as desk:
        take = Take(desk.takes[0])
        for number, fault in enumerate(islice(cycle(kinds), lengths.faults), start=1):
            time.sleep(chance.uniform(0.2, 1.5))
            known = len(take.events())
            before = [place(take, line, desk.sounds) for line in range(len(NAMES))]
            began = time.monotonic()
            say(f"fault {number}: {fault.name}")
            with fault.happen(desk, chance) as taken:
                pass
            wait_until(lambda known=known, fault=fault: _told(take, known, fault), PATIENCE)
            wait_until(desk.is_well, PATIENCE)
            found = [
                account_since(take, line, since, desk.sounds) for line, since in enumerate(before)
            ]
            happened.append(Happened(fault, taken, take.events()[known:], found))
            say(
                f"    all well after {time.monotonic() - began:.1f} s;"
                f" {happened[-1].beyond:.2f} s lost beyond the fault's own {taken:.2f} s"
            )
        desk.end()
    assert desk.takes == [take.folder]

    worst = defaultdict(float)
    for case in happened:
        worst[case.fault.name] = max(worst[case.fault.name], case.beyond)
    count = f"{lengths.faults} faults of {len(worst)} kinds"
    heard = sorted((name for name in worst if worst[name] > MUCH_SECONDS), key=worst.__getitem__)
    rest = max((lost for lost in worst.values() if lost <= MUCH_SECONDS), default=0.0)
    figure(
        f"{count}: sound lost beyond the fault itself, worst",
        "; ".join([*(f"{name} {worst[name]:.2f} s" for name in reversed(heard)),
                   f"every other kind at most {rest:.2f} s"]),
    )  # fmt: skip
    untold = [loss for case in happened for loss in case.untold]
    figure(f"{count}: losses that nobody was told of", str(len(untold)), "0")
    lines = [kept for case in happened for kept in case.lines]
    strange = sum(kept.doubled + kept.wrong + kept.foreign for kept in lines)
    figure(f"{count}: samples doubled, of another line or strange", str(strange), "0")

    assert not untold
    assert strange == 0
    assert max(case.beyond for case in happened) < ALLOWED_SECONDS
    assert not [case for case in happened if case.losses and not case.fault.told]
    assert captions_out_of_order(desk.takes) == 0


def _told(take, known, fault):
    return not fault.told or fault.told & {event["event"] for event in take.events()[known:]}
