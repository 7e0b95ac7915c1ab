"""What the signal strip shows: the running take, its levels, its captioner; start and stop."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.domain.casework.claims import overlaps
from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import HotlineDeskError, LinesNotChosen
from hotline_desk.messages import sentence
from hotline_desk.settings import LineSetting
from hotline_desk.speech.models import DEMO_NOTICE, SpeechModel, chosen
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.said import Said
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.ui.live.reception import Reception, Watcher, clock
from hotline_desk.ui.live.take_news import News, news
from hotline_desk.workflows import recording
from hotline_desk.workflows.captioning import Captioner
from hotline_desk.workflows.consent import restore_marks
from hotline_desk.workflows.find_inputs import find_inputs
from hotline_desk.workflows.lines import resolved
from hotline_desk.workflows.recover import recover

if TYPE_CHECKING:
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.ui.kit.office import Office

_LOOK_MILLISECONDS = 100
_LOOK_AGAIN_MILLISECONDS = 3000
"""How long after a failed look the disk is looked at again."""
_FILE = "file:"
_HOUR_SECONDS = 3600.0


class RecordingViewModel(ViewModel):
    """State of the recording and of its captions; recording goes on without it."""

    seen = Signal(Reception)
    """What the newest look at the disk found."""
    take_changed = Signal(object)
    """Another take is being recorded (its folder), or none (None)."""
    said = Signal(tuple)
    """New utterances (Said), in order."""
    said_anew = Signal()
    """What was said before is forgotten; what may be seen of it follows."""
    heard = Signal(Said)
    """What is being spoken on a line; without text when it has settled."""
    speaking = Signal(str, object)
    """A line's name and since when somebody speaks on it; None when no longer."""
    behind = Signal(float)
    """Seconds that the captions lag behind the sound."""
    captions_stopped = Signal(bool)
    """Whether no captions come although a line is being recorded."""
    model_changed = Signal(SpeechModel)
    model_missing = Signal(str)
    """The sentence that says why no speech model can be used."""
    troubled = Signal(str)
    """One sentence about what needs somebody's eyes."""
    news = Signal(News)
    """What the recorder has noted just now."""
    not_started = Signal(HotlineDeskError)
    """A recording could not begin; ``failed`` says it, too."""
    busy_changed = Signal(bool)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self._watcher = Watcher(office.workspace)
        self._captioner: Captioner | None = None
        self._begun: Captioner | None = None
        """The newest, from the moment at which its lane has begun it."""
        self._closed = False
        self._looking = False
        self._stopped = False
        self._speaking: set[str] = set()
        self.now = Reception()
        self.busy = False
        self.looked = False
        """Whether the disk has been looked at: before, a take may run unseen."""
        self.ending = False
        """Whether the take has been asked to end."""
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        office.settings_changed.connect(self._tell_model)

    def begin(self) -> None:
        """Begin to look at the disk."""
        self._timer.start()
        self._tell_model()
        self._recover()
        workspace, settings = self._office.workspace, self._office.settings
        self._office.ask(
            lambda ledger: restore_marks(
                ledger, workspace, pre_roll_seconds=settings.pre_roll_seconds
            ),
            owner=self,
            on_error=self.failed.emit,
        )

    @property
    def recording(self) -> bool:
        """Whether a line is being recorded."""
        return self.now.recording

    @property
    def captioning(self) -> bool:
        """Whether captions of what was recorded may still come."""
        return self._captioner is not None and self._captioner.running

    @Slot()
    def look(self) -> None:
        """Look at the disk, unless the look before is still under way."""
        if self._looking:
            return
        self._looking = True
        lines = len(self._office.settings.lines) or 2
        self._office.jobs.run(
            Lane.TAKE,
            partial(self._watcher.look, lines, self._second_folder()),
            owner=self,
            then=self._looked,
            on_error=self._not_looked,
        )

    def _second_folder(self) -> Path | None:
        """Return where a full disk is left for."""
        chosen = self._office.settings.second_folder
        return Path(chosen) if chosen else None

    def start(self, episode: Episode | None) -> None:
        """Record the lines of the settings, in the folder of *episode* where there is one."""
        lines = self._office.settings.lines
        if not lines:
            self.not_started.emit(LinesNotChosen())
            self.failed.emit(LinesNotChosen())
            return
        now = studio_now()
        name = episode.folder_name if episode else f"{now:%Y-%m-%d}"
        self.start_lines(lines, recording.take_folder(self._office.workspace, name, now))

    def start_lines(self, lines: tuple[LineSetting, ...], folder: Path) -> None:
        """Record *lines* in *folder*, each from its device as it is called now."""
        self._set_busy(busy=True)
        settings, second = self._office.settings, self._second_folder()

        def work() -> Path:
            present = lines
            if any(not line.device.startswith(_FILE) for line in lines):
                present = tuple(resolved(lines, find_inputs()))
            return recording.start(
                self._office.workspace,
                present,
                folder=folder,
                delay_seconds=settings.delay_seconds,
                second=second,
                longest_seconds=settings.longest_hours * _HOUR_SECONDS,
                purge_minutes=settings.purge_minutes,
                pre_roll_seconds=settings.pre_roll_seconds,
            )

        self._office.jobs.run(
            Lane.RECORDER,
            work,
            owner=self,
            then=self._started,
            on_error=self._not_started,
        )

    def stop(self) -> None:
        """End the recording; what has been heard is kept and captioned to its end."""
        if self.now.take is not None:
            self.ending = True
            self._office.jobs.run(
                Lane.RECORDER,
                partial(recording.stop, self.now.take),
                owner=self,
                on_error=self.failed.emit,
            )

    def close(self) -> None:
        """Let go of the take; the recorder goes on. Waits for the captioner's last line."""
        self._timer.stop()
        self._closed = True
        for captioner in (self._captioner, self._begun):
            if captioner is not None:
                captioner.close()
        self._captioner = None

    def _started(self, folder: Path) -> None:
        self._set_busy(busy=False)
        self._office.jobs.run(Lane.TAKE, partial(self._watcher.take_up, folder), owner=self)
        self.look()

    def _not_started(self, error: HotlineDeskError) -> None:
        self._set_busy(busy=False)
        self.not_started.emit(error)
        self.failed.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)

    def _not_looked(self, error: HotlineDeskError) -> None:
        self.failed.emit(error)
        QTimer.singleShot(_LOOK_AGAIN_MILLISECONDS, self, self._look_again)

    def _look_again(self) -> None:
        self._looking = False

    def _looked(self, found: Reception) -> None:
        self._looking = False
        self.looked = True
        before, self.now = self.now, found
        if found.recording is not before.recording:
            self.ending = False
        if found.take != before.take or found.recording != before.recording:
            self.take_changed.emit(found.take if found.recording else None)
            if found.recording and found.take is not None:
                self._caption(found.take)
        captioner = self._captioner
        stopped = captioner is not None and (captioner.failing or not captioner.running)
        if (found.recording and stopped) is not self._stopped:
            self._stopped = not self._stopped
            self.captions_stopped.emit(self._stopped)
        self.seen.emit(found)
        if found.said_anew:
            self.said_anew.emit()
        if found.said:
            self.said.emit(found.said)
        self._tell_news(found)
        if found.lost:
            self._go_on(found)

    def _tell_news(self, found: Reception) -> None:
        names = {line.id: line.name for line in found.lines}
        for event in found.news:
            told = news(event, names.get(event.get("line", ""), ""))
            if told is not None:
                self.news.emit(told)

    def _go_on(self, found: Reception) -> None:
        """Start a new take at once where the recorder of the last one has died."""
        lines = tuple(
            LineSetting(name=line.name, device=line.device, role=line.role) for line in found.lines
        )
        if found.take is None or any(line.device.startswith(_FILE) for line in lines):
            # a file would be played from its beginning again
            self.troubled.emit(
                self.tr("录音程序中断，已录的声音都在。现在没有录音，按 Ctrl+R 重新开始。")
            )
            return
        self.troubled.emit(self.tr("录音程序中断，已录的声音都在；正在重新开始录音。"))
        now = studio_now()
        self.start_lines(
            lines, recording.take_folder(self._office.workspace, found.take.parent.name, now)
        )
        self._recover()

    def _recover(self) -> None:
        self._office.jobs.run(
            Lane.AFTER, partial(recover, self._office.workspace), owner=self, then=self._recovered
        )

    def _recovered(self, takes: list[Path]) -> None:
        if takes:
            names = "、".join(f"{take.parent.name}/{take.name}" for take in takes)
            words = self.tr("有录音没有正常结束，已经修复，可以照常打开：{names}")
            self.troubled.emit(words.format(names=names))

    def _tell_model(self) -> None:
        self._office.jobs.run(
            Lane.FILES,
            partial(chosen, self._office.settings),
            owner=self,
            then=self.model_changed.emit,
            on_error=self._no_model,
        )

    def _caption(self, take: Path) -> None:
        settings = self._office.settings
        earlier, self._captioner = self._captioner, None

        def work() -> Captioner:
            if earlier is not None and not earlier.wait(0):
                earlier.close()
            begun = self._begun = Captioner(
                take,
                model=chosen(settings),
                on_line=self._office.jobs.on_gui(self._hear),
                on_failure=self._office.jobs.on_gui(self.troubled.emit),
            )
            if self._closed:  # meanwhile: nobody takes the answer any more
                begun.close()
            return begun

        self._office.jobs.run(
            Lane.FILES, work, owner=self, then=self._captioned, on_error=self._no_model
        )

    def _no_model(self, error: HotlineDeskError) -> None:
        self.model_missing.emit(sentence(error))
        self.failed.emit(error)

    def _captioned(self, captioner: Captioner) -> None:
        self._captioner = captioner

    def _hear(self, facts: dict[str, Any]) -> None:
        """Take in one line of the captioner's."""
        if "partial" in facts:
            self._hear_partial(facts["line"], facts["partial"], facts["start"])
        elif "text" in facts:
            self._note_speaking(facts["line"], None)
        elif "behind" in facts:
            self.behind.emit(max(facts["behind"].values(), default=0.0))

    def _hear_partial(self, line: str, text: str, start: float) -> None:
        roles = {known.name: known.role for known in self.now.lines}
        self._note_speaking(line, start if text else None)
        gone = self.now.removed.on(line) if self.now.removed else ()
        if overlaps(start, math.inf, gone):
            text = ""
        self.heard.emit(
            Said(
                line=line,
                caller=roles.get(line) == Role.CALLER,
                start=start,
                end=start,
                clock=clock(self.now.started_at, start) if self.now.started_at else "",
                text=text,
                unsettled=True,
            )
        )

    def _note_speaking(self, line: str, since: float | None) -> None:
        if (line in self._speaking) is (since is not None):
            return
        self._speaking.symmetric_difference_update({line})
        self.speaking.emit(line, since)


def model_words(model: SpeechModel) -> tuple[str, str]:
    """Return what the strip says about *model*, and its tooltip."""
    if model.is_demo:
        return "演示模型", DEMO_NOTICE
    return model.name, f"语音模型：{model.path}"
