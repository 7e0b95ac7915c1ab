"""Have a take captioned by a child process, and start it again when it dies."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from typing import IO, TYPE_CHECKING, Any

from hotline_desk import system

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hotline_desk.speech.models import SpeechModel

_log = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0
_FORESEEN = 1


class Captioner:
    """The captioner of one take; its lines arrive on a thread of its own.

    A captioner that dies is started again and goes on where it stopped. One that says why it
    cannot work is not.
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
            on_failure: gets one sentence when it ended before its time.
        """
        self._arguments = ("caption", str(take), "--model", str(model.path), "--json")
        self._on_line = on_line
        self._on_failure = on_failure
        self._closing = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._attend, name="captioner", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether captions may still come."""
        return self._thread.is_alive()

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
        self._thread.join(_PAUSE_SECONDS * 5)
        if child is not None and child.poll() is None:
            child.kill()
            self._thread.join()

    def _attend(self) -> None:
        while not self._closing.is_set():
            said: list[str] = []
            code = self._run_once(said)
            if code == 0 or self._closing.is_set():
                return
            if code == _FORESEEN and said:
                self._on_failure(said[-1])
                return
            _log.warning("the captioner ended with code %s; it is started again", code)
            self._on_failure("字幕程序意外退出，正在重新启动；录音不受影响。")
            self._closing.wait(_PAUSE_SECONDS)

    def _run_once(self, said: list[str]) -> int:
        with self._starting:
            if self._closing.is_set():
                return 0
            child = self._child = system.start_child(
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
        self._on_line(facts)


def _listen(stream: IO[bytes] | None, said: list[str]) -> None:
    said.extend(line.decode("utf-8", "replace").strip() for line in stream or ())
