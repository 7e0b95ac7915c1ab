"""Faults at random moments on a desk at work: every loss is told, and no wrong sound is taken."""

import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import cycle, islice

import pytest

from hotline_desk.take.take import Take
from tests.recorder_process import wait_until
from tests.soak.account import account, captions_out_of_order
from tests.soak.desk import NAMES, PATIENCE, desk_at_work
from tests.soak.faults import FAULTS, Fault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs a sound server"),
]

TURN_SECONDS = 30.0  # of sound, at most, for one fault and all that follows it
ALLOWED_SECONDS = 5.0  # a hung child is given 2.5 s; a loaded machine some more
UNHEARD_SECONDS = 0.02
TELLING = {"gap", "overflow", "segment_lost", "segment_cut"}


@dataclass
class Happened:
    """One fault, and what came of it."""

    fault: Fault
    began: dict[str, int]
    """How long each line was then."""
    taken: float = 0.0
    """Seconds of sound that it took away itself."""
    told: list[dict] = field(default_factory=list)
    lost: float = 0.0
    """The most that a line lost, in seconds."""


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
            now = Happened(fault, {name: take.length(name) for name in NAMES})
            began = time.monotonic()
            with fault.happen(desk, chance) as now.taken:
                pass
            wait_until(lambda known=known, fault=fault: _told(take, known, fault), PATIENCE)
            wait_until(desk.is_well, PATIENCE)
            now.told = take.events()[known:]
            happened.append(now)
            say(f"fault {number}: {fault.name}, all well after {time.monotonic() - began:.1f} s")
        desk.end()
    found = account(desk.takes, desk.sounds)
    assert desk.takes == [take.folder]

    untold = [loss for kept in found for loss in kept.losses if not _lost(loss, happened, take)]
    by_kind = defaultdict(list)
    for now in happened:
        by_kind[now.fault.name].append(now)
    count = f"{lengths.faults} faults"
    for name, cases in by_kind.items():
        beyond = max(case.lost - case.taken for case in cases)
        figure(f"{count}: {name} ({len(cases)}), sound lost beyond the fault itself, worst",
               f"{max(0.0, beyond):.2f} s")  # fmt: skip
    figure(f"{count}: losses that nobody was told of", str(len(untold)), "0")
    strange = sum(kept.doubled + kept.wrong + kept.foreign for kept in found)
    figure(f"{count}: samples doubled, of another line or strange", str(strange), "0")

    assert not untold
    assert strange == 0
    assert max(case.lost - case.taken for case in happened) < ALLOWED_SECONDS
    for case in happened:
        assert case.fault.told or case.lost == 0.0, case
    assert captions_out_of_order(desk.takes) == 0


def _told(take, known, fault):
    return not fault.told or fault.told & {event["event"] for event in take.events()[known:]}


def _lost(loss, happened, take):
    """Count a loss with its fault; return whether it was told."""
    case = [each for each in happened if each.began[loss.name] <= loss.sample][-1]
    case.lost = max(case.lost, loss.seconds)
    line_id = take.line(loss.name).id
    told = {event["event"] for event in case.told if event.get("line") == line_id}
    return loss.seconds < UNHEARD_SECONDS or bool(told & TELLING)
