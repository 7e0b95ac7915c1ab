"""Play the second that a row came from, on the device for listening and nowhere else."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from hotline_desk.capture.listening import Playback, play
from hotline_desk.errors import PreListenNotChosen
from hotline_desk.media.sound import open_line
from hotline_desk.take.segments import SAMPLE_BYTES
from hotline_desk.take.take import Take
from hotline_desk.workflows.consent import may_be_played

if TYPE_CHECKING:
    from collections.abc import Generator

    from hotline_desk.domain.questions import Span
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings

LONGEST_SECONDS = 600.0


def listen(workspace: Workspace, take: str, span: Span, settings: Settings) -> Playback:
    """Play *span* of the take named *take* as the ledger names it.

    Raises:
        PreListenNotChosen: no device is set.
        PreListenIsLine: the device feeds a line; playing there would go on the air.
        PreListenLost: the device is gone.
        TakeNotFound: the take's folder is gone.
        RecordingRefused: somebody in it does not agree to be recorded.
        SoundPurged: it was purged from a 坐席 line.
        FfmpegMissing: the sound lies in a FLAC, and there is no usable ffmpeg.
    """
    if not settings.pre_listen:
        raise PreListenNotChosen
    sound = Take(workspace.root / take)
    may_be_played(sound, span)
    rate = sound.line(span.line).rate_hz
    first = sound.sample_at(span.line, span.start)
    end = span.end if span.end is not None else span.start + LONGEST_SECONDS
    count = sound.sample_at(span.line, min(end, span.start + LONGEST_SECONDS)) - first
    sources = {line.device for line in sound.lines} | {line.device for line in settings.lines}
    blocks = _blocks(sound, span.line, first, count)
    with ExitStack() as unless_it_plays:
        unless_it_plays.callback(blocks.close)
        playback = play(next(blocks, b""), rate, settings.pre_listen, sources=sources, more=blocks)
        unless_it_plays.pop_all()
    return playback


def _blocks(take: Take, line_name: str, first_sample: int, count: int) -> Generator[bytes]:
    """Yield the samples second by second: out of a FLAC, the last ones come much later."""
    end = first_sample + count
    with open_line(take, line_name) as line:
        step = take.line(line_name).rate_hz
        while pcm := line.read(first_sample, min(step, end - first_sample)):
            yield pcm
            first_sample += len(pcm) // SAMPLE_BYTES
