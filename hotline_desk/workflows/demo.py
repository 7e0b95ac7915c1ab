"""Go through the main job on the sample calls: from a ringing line to a printed summary.

Nothing but the sound and the times of the key presses comes from the samples; rows, proposals
and the summary come from what this run heard.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import signal
import time
import wave
from array import array
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from hotline_desk.capture.sound_server import SoundServer, sound_server
from hotline_desk.domain.calls import Call, CallQuery, CallState
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import clock_text, duration_text, studio_now
from hotline_desk.errors import (
    RecorderAlreadyRunning,
    RecorderLost,
    SoundFileNotFound,
    SoundServerMissing,
)
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.paths import Workspace, resource
from hotline_desk.processes import typed_command
from hotline_desk.settings import LineSetting, load
from hotline_desk.speech.models import DEMO_IN_PRINT, DEMO_NOTICE, demo_model
from hotline_desk.take.journal import workspace_error
from hotline_desk.take.take import Take
from hotline_desk.workflows import recording
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.captioning import Captioner
from hotline_desk.workflows.proposals import unfilled
from hotline_desk.workflows.summarise import summarise, summary_path
from hotline_desk.workflows.transcript import write_transcript
from hotline_desk.workflows.workspace import prepare

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hotline_desk.domain.questions import Question

LINES = ("来电", "演播室")
"""The lines of the demo, and their roles: the sample calls' channels in this order."""
SINKS = ("caller", "studio")
DEMO_NAME = "工会法律在线-演示"
FIRST_EPISODE = 190
_HOUR = timedelta(hours=1)
BY = "演示"
HEADLESS_SPEED = 8.0
_ENDINGS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]  # a closed terminal hangs up, where the system knows that
_PAUSE_SECONDS = 2.0
_LOOK_SECONDS = 0.05
_SAY_SECONDS = 2.0
"""How often the demo says how far it is."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key that the demo presses, at a take time in seconds."""

    at: float
    key: str


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What a demo plays on its lines, and when a person would press which key."""

    workspace: Workspace
    episode: Episode
    sounds: tuple[Path, ...]
    """One mono file for each of ``LINES``."""
    seconds: float
    keys: tuple[Key, ...]

    def lines(self, speed: float) -> tuple[LineSetting, ...]:
        """The lines as ``file:`` devices that run *speed* times as fast as time."""
        return tuple(
            LineSetting(name=name, device=f"file:{sound}?speed={speed:g}", role=name)
            for name, sound in zip(LINES, self.sounds, strict=True)
        )


def plan(asked: Workspace) -> DemoPlan:
    """Join the sample calls to one stretch of programme, in a workspace of the demo's own.

    Raises:
        RecorderAlreadyRunning: something is being recorded there.
        SoundFileNotFound: there are no samples.
        WorkspaceFull: there is no room for it.
        WorkspaceUnwritable: the folder cannot be written.
    """
    root = asked.root.with_name(DEMO_NAME) if asked == Workspace.default() else asked.root
    workspace = prepare(Workspace(root))
    if recording.running(workspace) is not None:  # it may be reading what is written below
        raise RecorderAlreadyRunning(workspace.root)
    samples = sorted(resource("samples").glob("call-*.wav"))
    if not samples:
        raise SoundFileNotFound(resource("samples"))
    heard = [array("h") for _ in LINES]
    keys: list[Key] = []
    for sample in samples:
        with wave.open(str(sample), "rb") as part:
            rate_hz = part.getframerate()
            both = array("h", part.readframes(part.getnframes()))
        pressed = json.loads(sample.with_suffix(".keys.json").read_text(encoding="utf-8"))
        keys += [Key(len(heard[0]) / rate_hz + press["at"], press["key"]) for press in pressed]
        for channel, line in enumerate(heard):
            line.extend(both[channel :: len(LINES)])
            line.frombytes(bytes(int(_PAUSE_SECONDS * rate_hz) * line.itemsize))
    sounds = tuple(_write(workspace.root / f"demo-{n}.wav", line, rate_hz)
                   for n, line in enumerate(heard, start=1))  # fmt: skip
    with Ledger.open(workspace.ledger) as ledger:
        episode = ledger.save_episode(_episode(workspace, ledger.episodes()), by=BY)
    return DemoPlan(workspace, episode, sounds, len(heard[0]) / rate_hz, tuple(keys))


def _write(path: Path, sound: array[int], rate_hz: int) -> Path:
    try:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(sound.itemsize)
            file.setframerate(rate_hz)
            file.writeframes(sound.tobytes())
    except OSError as error:
        for written in path.parent.glob("demo-*.wav"):
            written.unlink()
        raise workspace_error(path.parent, error) from error
    return path


def begin(made: DemoPlan, *, speed: float, server: SoundServer | None = None) -> Path:
    """Start recording what the demo plays, and return the take's folder.

    Raises:
        RecorderFailed: the recorder did not start.
        SoundServerMissing: the sound cannot be played into *server*.
    """
    folder = recording.take_folder(made.workspace, made.episode.folder_name, studio_now())
    if server is None:
        return recording.start(made.workspace, made.lines(speed), folder=folder)
    lines = tuple(
        LineSetting(name=name, device=server.source(sink), role=name)
        for name, sink in zip(LINES, SINKS, strict=True)
    )
    recording.start(made.workspace, lines, folder=folder, environment=server.environment)
    try:
        for sound, sink in zip(made.sounds, SINKS, strict=True):
            server.play(sound, sink)
    except SoundServerMissing:
        recording.stop(folder)
        raise
    return folder


def run(arguments: argparse.Namespace) -> Iterator[Line]:
    """Do the whole job without a window.

    Raises:
        RecorderLost: the recorder died; what it had recorded is kept.
    """
    made = plan(arguments.workspace)
    yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE})
    with contextlib.ExitStack() as stack:
        stack.enter_context(_interrupted_by(*_ENDINGS))
        server = stack.enter_context(sound_server(SINKS)) if arguments.sound_server else None
        folder = begin(made, speed=arguments.speed or HEADLESS_SPEED, server=server)
        stack.callback(_make_sure_it_ends, folder)
        ledger = stack.enter_context(Ledger.open(made.workspace.ledger))
        desk = CallDesk(ledger, made.workspace, episode=made.episode.number, by=BY)
        desk.follow(folder)
        yield from _follow(made, desk, KeyPresser(desk, ledger, made.keys), folder)
        yield from report(made, ledger, folder)


def report(made: DemoPlan, ledger: Ledger, folder: Path) -> Iterator[Line]:
    """Write transcript and PDF, and say where everything is and what is in it."""
    episode_folder = made.workspace.episodes / made.episode.folder_name
    calls = ledger.calls(CallQuery(episode=made.episode.number))
    captions, transcript = write_transcript(
        folder,
        episode_folder / f"第{made.episode.number}期字幕.txt",
        notice=DEMO_IN_PRINT,
        callers=[call.caller for call in calls],
    )
    pdf = summarise(
        ledger,
        made.episode.number,
        summary_path(made.workspace, made.episode),
        notice=DEMO_IN_PRINT,
        settings=load(made.workspace.settings),
        workspace=made.workspace,
    )
    rows = ledger.questions(QuestionQuery(episode=made.episode.number))
    yield Line(
        f"台账：{made.workspace.ledger}，本期 {len(rows)} 个问题",
        {"ledger": str(made.workspace.ledger), "questions": [row.number for row in rows]},
    )
    for row in rows:
        yield Line(
            f"  {row.number} {row.category} {row.point or row.text[:30]}",
            {"number": row.number, "category": row.category, "point": row.point, "text": row.text},
        )
    yield Line(
        f"字幕：{transcript}，{captions} 句", {"transcript": str(transcript), "captions": captions}
    )
    waiting = sum(bool(row.answer) and not row.confirmed for row in rows)
    unread = f"（{waiting} 条解答待律师确认，公开版没有印出；确认用 Ctrl+T）" if waiting else ""
    yield Line(f"纪要：{pdf}{unread}", {"pdf": str(pdf), "unconfirmed": waiting})
    yield Line(f"录音：{folder}", {"take": str(folder)})
    where = str(made.workspace.root)
    window = typed_command("--workspace", where)
    yield Line(f"接着看，打开窗口：{window}", {"workspace": where})


class KeyPresser:
    """Presses a person's keys on a desk without a window."""

    def __init__(self, desk: CallDesk, ledger: Ledger, keys: Sequence[Key]) -> None:
        self._desk = desk
        self._ledger = ledger
        self._waiting = deque(keys)
        self._call: Call | None = None
        self._question: Question | None = None
        self._verbs: dict[str, Callable[[float], None]] = {
            "F2": self._ring,
            "F3": partial(self._advance, CallState.WAITING),
            "F4": partial(self._advance, CallState.NEXT),
            "F5": partial(self._advance, CallState.ON_AIR),
            "F6": partial(self._advance, CallState.ENDED),
            "F7": self._ask,
            "F8": self._answer,
            "Tab": self._accept,
        }

    def press_until(self, reached: float) -> None:
        """Press all keys up to the take time *reached*, in seconds."""
        while self._waiting and self._waiting[0].at <= reached:
            key = self._waiting.popleft()
            if key.key in self._verbs:  # Ctrl+S: without a window each verb has saved already
                self._verbs[key.key](key.at)

    def _ring(self, at: float) -> None:
        self._call = self._desk.ring(at=at)

    def _advance(self, state: CallState, at: float) -> None:
        if self._call is not None:
            self._call = self._desk.advance(self._call.id, state, at=at)

    def _ask(self, at: float) -> None:
        self._question = self._desk.mark_question(self._call, at=at)

    def _answer(self, at: float) -> None:
        if self._question is not None:
            self._question = self._desk.mark_answer(self._question, at=at)

    def _accept(self, _at: float) -> None:
        """Take the next proposal for a field that nobody has filled."""
        if self._question is None:
            return
        question = self._ledger.question(self._question.id)
        proposals = self._desk.proposals(question)
        for field, value in unfilled(question, proposals).items():
            changed: Any = {field: value}
            self._ledger.save_question(dataclasses.replace(question, **changed), by=BY)
            return
        call = self._call and self._ledger.call(self._call.id)
        if call and not call.caller.name and (proposals.surname or proposals.district):
            caller = dataclasses.replace(
                call.caller, name=proposals.surname, district=proposals.district
            )
            self._ledger.save_call(dataclasses.replace(call, caller=caller), by=BY)


class _Listening:
    """What the captioner has said so far; filled on its thread, read on ours."""

    def __init__(self, desk: CallDesk) -> None:
        self._desk = desk
        self._until: dict[str, float] = {}
        self.failures: deque[str] = deque()

    @property
    def reached(self) -> float:
        """Take time up to which every line has been heard, in seconds."""
        return min(self._until.values(), default=0.0)

    def hear(self, facts: dict[str, Any]) -> None:
        """Take in one line of the captioner's."""
        if "until" in facts:
            self._until = facts["until"]
        elif "partial" in facts:
            self._desk.speaking(facts["line"], facts["start"] if facts["partial"] else None)
        elif "text" in facts:
            self._desk.speaking(facts["line"], None)


def _follow(made: DemoPlan, desk: CallDesk, presser: KeyPresser, folder: Path) -> Iterator[Line]:
    """Press the keys as the captions reach them, until all is recorded and captioned."""
    listening = _Listening(desk)
    take = Take(folder)
    captioner = Captioner(
        folder,
        model=demo_model(),
        on_line=listening.hear,
        on_failure=listening.failures.append,
    )
    said = 0.0
    try:
        while not captioner.wait(_LOOK_SECONDS):
            if time.monotonic() - said > _SAY_SECONDS and take.now() < made.seconds:
                said = time.monotonic()
                yield _progress(take, made.seconds)
            while listening.failures:
                yield Line(listening.failures[0], {"failure": listening.failures.popleft()})
            desk.follow_captions()
            presser.press_until(listening.reached)
            if take.now() >= made.seconds:
                recording.stop(folder)
    finally:
        captioner.close()
    desk.follow_captions()
    if not take.ended_in_order:
        take.repair()
        raise RecorderLost(folder)
    presser.press_until(made.seconds)
    yield _progress(take, made.seconds)


def _progress(take: Take, seconds: float) -> Line:
    now = min(take.now(), seconds)
    left = duration_text((seconds - now) / take.speed)  # of the time of whoever waits
    return Line(
        f"● 录音中 {clock_text(now)} / {clock_text(seconds)}，还有 {left}"
        if now < seconds
        else f"○ 录音结束 {clock_text(seconds)}",
        {"recorded": round(now, 1), "seconds": round(seconds, 1)},
    )


def _episode(workspace: Workspace, before: Sequence[Episode]) -> Episode:
    """Return the demo's episode: it is on now, so that a window opened on it shows it at hand."""
    settings, now = load(workspace.settings), studio_now()
    ends = min(now + _HOUR, now.replace(hour=23, minute=59))
    number = max((episode.number for episode in before), default=FIRST_EPISODE - 1) + 1
    return Episode(
        number=number,
        on=now.date(),
        starts=f"{now:%H:%M}",
        ends=f"{ends:%H:%M}",
        topic="样例来电演示",
        host=settings.host or "演示主持人",
        producer=settings.producer or "演示导播",
        guests=(Guest(name=settings.lawyer or "演示律师", unit=settings.union, post="律师"),),
    )


@contextlib.contextmanager
def _interrupted_by(*numbers: int) -> Iterator[None]:
    """Let signals that would end the process at once end it in order, as Ctrl+C does."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _make_sure_it_ends(folder: Path) -> None:
    recording.stop(folder)
    recording.wait_for_end(folder)
