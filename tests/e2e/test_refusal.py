"""不同意录音 from end to end: real speech, the recorder, the captioner, the desk, the papers."""

import wave
from datetime import datetime, timedelta

import numpy as np
import pytest

from hotline_desk.domain.questions import Span
from hotline_desk.errors import RecordingRefused
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.take.captions import heard_captions, read_captions
from hotline_desk.take.purge import REGRET_SECONDS
from hotline_desk.take.take import Take
from hotline_desk.workflows import consent, demo, recording
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.purge import forget, purge_ended
from hotline_desk.workflows.summarise import summarise
from hotline_desk.workflows.transcript import write_transcript
from tests.e2e.desk_runs import pdf_text, run, run_json

pytestmark = pytest.mark.slow

SPEED = 16
CALLER, STUDIO, SEAT, PROGRAMME = "来电", "演播室", "坐席", "节目输出（PGM）"
PIECE = 5
"""Characters in a row that tell one call's words from another's."""


class Hour:
    """The sample calls on four lines: the caller is heard at the desk and on the air, too."""

    def __init__(self, root):
        self.made = demo.plan(Workspace(root))
        self.workspace = self.made.workspace
        caller, studio = self.made.sounds
        self.sounds = {CALLER: caller, STUDIO: studio, SEAT: caller, PROGRAMME: caller}
        lines = [
            LineSetting(name=name, device=f"file:{sound}?speed={SPEED}", role=name)
            for name, sound in self.sounds.items()
        ]
        self.folder = self.workspace.episodes / self.made.episode.folder_name / "take-095000"
        recording.start(self.workspace, lines, folder=self.folder)
        assert recording.wait_for_end(self.folder, seconds=60)
        run("caption", str(self.folder), workspace=self.workspace.root)

    def begin(self, ledger):
        """Return a desk on which every key of the hour was pressed, and its calls in order."""
        desk = CallDesk(ledger, self.workspace, episode=self.made.episode.number, by="导播")
        desk.follow(self.folder)
        desk.follow_captions()
        keys = [key for key in self.made.keys if key.key != "Tab"]
        demo.KeyPresser(desk, ledger, keys).press_until(self.made.seconds)
        return desk, sorted(desk.calls(), key=lambda call: call.began)

    def sound(self, name):
        with wave.open(str(self.sounds[name]), "rb") as file:
            return np.frombuffer(file.readframes(file.getnframes()), "<i2")

    def heard(self, name):
        take = Take(self.folder)
        return np.frombuffer(take.read(name, 0, take.length(name)), "<i2")

    def later(self, seconds):
        end = next(event for event in Take(self.folder).events() if event["event"] == "end")
        return datetime.fromisoformat(end["wall"]) + timedelta(seconds=seconds / SPEED)


def pieces(text):
    return {text[at : at + PIECE] for at in range(len(text) - PIECE + 1)}


@pytest.fixture(scope="module")
def hour(tmp_path_factory):
    return Hour(tmp_path_factory.mktemp("refusal") / "工会法律在线")


def test_a_refused_call_is_nowhere_to_be_seen_and_the_programme_is_whole(hour, tmp_path):
    settings = Settings(purge_minutes=10)
    with Ledger.open(hour.workspace.ledger) as ledger:
        desk, (before, refused, after) = hour.begin(ledger)
        said = {call.id: "" for call in (before, refused, after)}
        for utterance in heard_captions(hour.folder)[0]:
            for call in (before, refused, after):
                if call.began <= utterance.start and utterance.end <= call.ended:
                    said[call.id] += utterance.text + "|"
        others = pieces(said[before.id]) | pieces(said[after.id])
        secret = {piece for piece in pieces(said[refused.id]) - others if "|" not in piece}
        assert len(secret) > 100
        assert ledger.search(min(secret))

        consent.refuse(desk, refused)

        captions = "|".join(utterance.text for utterance in read_captions(hour.folder)[0])
        assert pieces(captions) & secret == set()
        assert len(pieces(captions) & pieces(said[before.id])) > 100
        assert len(pieces(captions) & pieces(said[after.id])) > 100
        assert [piece for piece in secret if ledger.search(piece)] == []
        _, transcript = write_transcript(hour.folder, tmp_path / "文字稿.txt")
        papers = [transcript.read_text("utf-8")]
        for internal in (True, False):
            path = tmp_path / f"纪要-{internal}.pdf"
            summarise(ledger, desk.episode, path, internal=internal, workspace=hour.workspace)
            papers.append(pdf_text(path))
        for paper in papers:
            plain = "".join(char for char in paper if char.isalnum())
            assert pieces(plain) & secret == set()
            assert pieces(plain) & pieces(said[before.id])
        (row,) = [row for row in desk.questions() if row.call_id == refused.id]
        assert (row.text, row.answer) == ("", "")
        for line in (CALLER, SEAT, PROGRAMME):
            span = Span(line=line, start=refused.began + 1, end=refused.began + 2)
            with pytest.raises(RecordingRefused):
                consent.may_be_played(Take(hour.folder), span)

        assert purge_ended(hour.workspace, settings, hour.later(REGRET_SECONDS + 30)).changed == [
            hour.folder
        ]
        forget(ledger, hour.workspace, [hour.folder])

    take = Take(hour.folder)
    seat, was = hour.heard(SEAT), hour.sound(SEAT)
    first = take.sample_at(SEAT, before.ended + 3.1)
    last = take.sample_at(SEAT, refused.ended + 2.9)
    assert not seat[first:last].any()
    assert np.array_equal(seat[: first - 4000], was[: first - 4000])
    assert np.array_equal(seat[last + 4000 : len(was)], was[last + 4000 :])
    for name in (CALLER, STUDIO, PROGRAMME):
        assert np.array_equal(hour.heard(name)[: len(was)], hour.sound(name))
    kept = (hour.folder / "captions.jsonl").read_text("utf-8").splitlines()
    at_the_seat = "|".join(line for line in kept if f'"line": "{SEAT}"' in line)
    assert pieces(at_the_seat) & secret == set()
    found = run_json("search", min(secret), workspace=hour.workspace.root)
    assert [hit for hit in found if "text" in hit] == []
