"""The capture child: reads one device, or one sound file, and writes its blocks to the recorder."""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import TYPE_CHECKING

from hotline_desk.capture import blocks, sound_file
from hotline_desk.capture.sources import FILE
from hotline_desk.errors import HotlineDeskError
from hotline_desk.processes import go_before_others

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from hotline_desk.output import Line


def capture(args: argparse.Namespace) -> Iterator[Line]:
    """Write what `args.source` delivers until standard input closes.

    Standard output carries blocks, not lines for people: the recorder is the only one to call
    this, and the one who says what went wrong.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the recorder, who ends us
    go_before_others()
    if args.source.startswith(FILE):
        _capture_file(args.source, args.speed)
    else:
        # a file needs no PortAudio, nor the memory it takes
        from hotline_desk.capture.device import capture_device  # noqa: PLC0415

        capture_device(args.source, rate_hz=args.rate, position=args.position, others=args.others)
    yield from ()


def _capture_file(source: str, speed: float) -> None:
    out = sys.stdout.buffer
    try:
        blocks.write_format(out, sound_file.sound_format(source))
    except HotlineDeskError as error:
        blocks.write_failure(out, error)
        return
    begin = blocks.read_begin(sys.stdin.buffer)
    if begin is None:
        return
    stopping = blocks.end_of_input()
    with contextlib.suppress(BrokenPipeError):
        for block in sound_file.play(source, speed, begin, stopping):
            blocks.write_block(out, block)
