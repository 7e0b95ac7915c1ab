"""Have a take captioned by a child process, and start it again when it dies."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from hotline_desk import processes
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.speech.models import SpeechModel

_log = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
_END_SECONDS = 5.0
_FORESEEN = 1
_PLACE = re.compile(r'File "(.+)", line (\d+)')
_KIND = re.compile(r"[\w.]+")
_STARTED_AGAIN = "字幕程序意外退出，正在重新启动；录音不受影响。"
_GIVEN_UP = "字幕程序一再意外退出，余下的字幕没有写完；录音不受影响。"


class Captioner:
    """The captioner of one take; its lines arrive on a thread of its own.

    A captioner that dies, or says why it cannot work, is started again and goes on where it
    stopped, after a pause that grows until it is heard again. Once the take has ended, one that
    says why it cannot work, or died again after the longest pause, is given up.
    """

    def __init__(
        self,
        take: Path,
        *,
        model: SpeechModel,
        on_line: Callable[[dict[str, Any]], None],
        on_failure: Callable[[str], None],
    ) -> None:
        """Start captioning *take*.

        Args:
            take: the take's folder.
            model: what it listens with.
            on_line: gets the facts of each line the captioner says.
            on_failure: gets one sentence when it ended before its time, once until another is
                to be said or it is heard again.
        """
        self._take = take
        self._arguments = ("caption", str(take), "--model", str(model.path), "--json")
        self._on_line = on_line
        self._on_failure = on_failure
        self._closing = threading.Event()
        self._pause = _PAUSE_SECONDS
        self._told = ""
        self._failing = False
        self._child: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._attend, name="captioner", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether captions may still come."""
        return self._thread.is_alive()

    @property
    def failing(self) -> bool:
        """Whether it has ended before its time and does not listen again yet."""
        return self._failing

    @property
    def pid(self) -> int | None:
        """The child's process id, for information."""
        child = self._child
        return None if child is None else child.pid

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until all is captioned; return whether it is."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        """End the captioner; what it has written stays, and can be taken up again."""
        self._closing.set()
        with self._starting:
            child = self._child
        if child is not None and child.stdin is not None:
            child.stdin.close()
        self._thread.join(_END_SECONDS)
        if child is not None and child.poll() is None:
            child.kill()
            self._thread.join()

    def _attend(self) -> None:
        while not self._closing.is_set():
            over = self._is_over()  # asked before: what fails at the end is tried once more
            said: list[str] = []
            code = self._run_once(said)
            if code == 0 or self._closing.is_set():
                return
            if code == _FORESEEN and said:
                self._tell(said[-1])
            else:
                _log.warning("the captioner ended with code %s %s", code, _trace(said))
                over = over and self._pause >= _LONGEST_PAUSE_SECONDS
                self._tell(_GIVEN_UP if over else _STARTED_AGAIN)
            if over:
                return
            self._closing.wait(self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_SECONDS)

    def _is_over(self) -> bool:
        try:
            return Take(self._take).ended
        except TakeNotFound:
            return True

    def _tell(self, sentence: str) -> None:
        self._failing = True
        if sentence != self._told:
            self._told = sentence
            self._on_failure(sentence)

    def _run_once(self, said: list[str]) -> int:
        with self._starting:
            if self._closing.is_set():
                return 0
            child = self._child = processes.start_child(
                *self._arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        listener = threading.Thread(
            target=_listen, args=(child.stderr, said), name="captioner-words", daemon=True
        )
        listener.start()
        with child:
            for line in child.stdout or ():
                self._hand_on(line)
            code = child.wait()
            listener.join()
        return code

    def _hand_on(self, line: bytes) -> None:
        try:
            facts = json.loads(line)
        except ValueError:  # a line cut short by the child's death
            return
        if "until" in facts:
            self._failing = False
        if "text" in facts:
            self._pause, self._told = _PAUSE_SECONDS, ""
        self._on_line(facts)


def _trace(said: list[str]) -> str:
    """Return where a child's traceback came from and what kind of error it was.

    Nothing else of it: the words of an error may be a caller's.
    """
    places = [f"{Path(found[1]).name}:{found[2]}" for found in map(_PLACE.match, said) if found]
    kind = _KIND.match(said[-1]) if said and places else None
    return " < ".join([kind[0] if kind else "", *reversed(places)])


def _listen(stream: IO[bytes] | None, said: list[str]) -> None:
    said.extend(line.decode("utf-8", "replace").strip() for line in stream or ())
