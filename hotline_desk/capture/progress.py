"""What a person at a terminal sees while something is recorded: one line, written over itself."""

from __future__ import annotations

import sys
import threading
from array import array
from contextlib import contextmanager, suppress
from math import log10
from typing import TYPE_CHECKING

from hotline_desk.domain.times import clock_text
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

_LOOK_SECONDS = 0.5
_METER_SECONDS = 0.1
_FULL_SCALE = 32_768
_SILENT_DBFS = -60.0


@contextmanager
def shown(folder: Path, *, wanted: bool) -> Iterator[None]:
    """Show on standard error how far the take in *folder* is, as long as the block lasts.

    It reads what is on the disk, in a thread of its own that the recording never waits for.
    Where it is not *wanted*, or standard error is no terminal, nothing is shown.
    """
    if not wanted or not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    showing = threading.Thread(target=_show, args=(folder, sys.stderr, over), daemon=True)
    showing.start()
    try:
        yield
    finally:
        over.set()
        showing.join(_LOOK_SECONDS)


def _show(folder: Path, terminal: TextIO, over: threading.Event) -> None:
    width = 0
    # the recorder itself says what is wrong; a terminal that was closed is told nothing
    with suppress(TakeNotFound, OSError):
        take = Take(folder)
        while not over.wait(_LOOK_SECONDS):
            words = _words(take)
            terminal.write(f"\r{words:<{width}}")
            terminal.flush()
            width = len(words)
        terminal.write(f"\r{'':{2 * width}}\r")  # a Chinese character is two columns wide
        terminal.flush()


def _words(take: Take) -> str:
    """Return how far *take* is: ``● 录音中 00:42:10  来电 -12 dB  演播室 静音``."""
    lines = "".join(f"  {line.name} {_level(take, line.name)}" for line in take.lines)
    return f"● 录音中 {clock_text(take.now())}{lines}"


def _level(take: Take, line: str) -> str:
    length = take.length(line)
    count = int(take.line(line).rate_hz * _METER_SECONDS)
    heard = array("h", take.read(line, max(0, length - count), min(length, count)))
    peak = max(map(abs, heard), default=0)
    dbfs = 20 * log10(peak / _FULL_SCALE) if peak else _SILENT_DBFS
    return "静音" if dbfs <= _SILENT_DBFS else f"{dbfs:.0f} dB"
