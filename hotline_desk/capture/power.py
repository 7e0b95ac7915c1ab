"""Keeps the machine awake while something is recorded, and notes a sleep that happened anyhow."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk import processes, system

if sys.platform == "win32":
    import ctypes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hotline_desk.capture.events import EventLog

_WHO = "热线台"
_WHY = "正在录音"
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001
_INHIBITORS = (("block", "sleep:shutdown:idle"), ("delay", "sleep:shutdown"))
"""Modes and what they keep from happening, the best first; idleness cannot be delayed."""
_LOOK_SECONDS = 0.5
_SLEPT_NS = 200_000_000
_END_SECONDS = 1.0


@contextlib.contextmanager
def kept_awake(events: EventLog) -> Iterator[None]:
    """Ask the system not to sleep or shut down; it is free to when this process ends, too.

    Works in a thread of its own: a system that answers late, or not at all, costs no sound.

    Args:
        events: gets `no_inhibit`, whose `reason` is that the system knows nobody to ask
            (missing), refuses (refused), or waits for some seconds only (delay); and `sleep`,
            with the `seconds` it took.
    """
    over = threading.Event()
    thread = threading.Thread(target=_keep_awake, args=(events, over), name="awake", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_END_SECONDS)


def _keep_awake(events: EventLog, over: threading.Event) -> None:
    slept_ns = system.slept_ns()
    with _sleep_inhibited() as how:
        if how != "block" and _can_sleep() and not over.is_set():
            events.note("no_inhibit", reason=how)
        while not over.wait(_LOOK_SECONDS):
            before_ns, slept_ns = slept_ns, system.slept_ns()
            if slept_ns - before_ns > _SLEPT_NS:
                events.note("sleep", seconds=round((slept_ns - before_ns) / 1e9, 3))


if sys.platform == "win32":

    @contextlib.contextmanager
    def _sleep_inhibited() -> Iterator[str]:
        """Keep the machine from falling asleep; this thread does, for as long as it lives.

        Gives what the system answered: block, or refused.
        """
        set_state = ctypes.windll.kernel32.SetThreadExecutionState
        answer = set_state(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)
        try:
            yield "block" if answer else "refused"
        finally:
            set_state(_ES_CONTINUOUS)

    def _can_sleep() -> bool:
        """Return whether this machine can sleep at all."""
        return True

else:

    @contextlib.contextmanager
    def _sleep_inhibited() -> Iterator[str]:
        """Keep the machine from sleeping and shutting down; a process that ends with ours does.

        Gives what the system answered: block; delay, if it only waits a few seconds; refused;
        missing, if there is nobody to ask. May take as long as the system bus does.
        """
        asked = ["systemd-inhibit", f"--who={_WHO}", f"--why={_WHY}"]
        with contextlib.ExitStack() as stack:
            answer = "refused"
            for mode, what in _INHIBITORS:
                words = [*asked, f"--mode={mode}", f"--what={what}", "cat"]
                try:
                    holder = subprocess.Popen(
                        words,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        env=processes.foreign_environment(),
                        bufsize=0,
                        start_new_session=True,  # Ctrl+C in a terminal is for us
                    )
                except OSError:
                    answer = "missing"
                    break
                stack.enter_context(holder)
                if _echoes(holder):
                    answer = mode
                    break
            yield answer

    def _echoes(cat: subprocess.Popen[bytes]) -> bool:
        """Whether *cat* came to run: it does once the inhibitor is held."""
        if cat.stdin is None or cat.stdout is None:
            raise TypeError("it was started without pipes")
        with contextlib.suppress(BrokenPipeError):
            cat.stdin.write(b"\n")
        return cat.stdout.read(1) == b"\n"

    def _can_sleep() -> bool:
        """Return whether this machine can sleep at all; a virtual one often cannot."""
        try:
            return bool(Path("/sys/power/state").read_text(encoding="ascii").strip())
        except OSError:
            return False
