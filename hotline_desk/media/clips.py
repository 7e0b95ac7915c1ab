"""Clips of single questions: cut, faded at the edges, written as WAV or MP3."""

from __future__ import annotations

import io
import subprocess
import warnings
from typing import TYPE_CHECKING

from hotline_desk.errors import FfmpegMissing
from hotline_desk.media import ffmpeg

with warnings.catch_warnings():
    # it warns when no ffmpeg is on the PATH; ours is not, and it never starts one here
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_SECONDS = 600
"""pydub holds the whole clip in memory; programmes are made with ffmpeg alone."""
_FADE_MS = 10
_MP3_BIT_RATE = "128k"
"""Constant: players seek badly in variable bit rate."""


def cut_clip(pcm: bytes, rate_hz: int, *, start: float, end: float) -> bytes:
    """Return the range from *start* to *end* of 16-bit mono samples as a WAV file.

    Its edges are faded over 10 ms, so that a cut in the middle of sound does not click.

    Args:
        pcm: 16-bit mono samples.
        rate_hz: their rate.
        start: where the clip begins, in seconds from the first sample.
        end: where it ends; what lies beyond the samples is left out.

    Raises:
        ValueError: the range is empty or longer than ten minutes.
    """
    if not 0 <= start < end or end - start > LONGEST_SECONDS:
        raise ValueError(f"no clip from {start} s to {end} s")
    first, last = round(start * rate_hz) * 2, round(end * rate_hz) * 2
    clip = AudioSegment(data=pcm[first:last], sample_width=2, frame_rate=rate_hz, channels=1)
    fade = min(_FADE_MS, len(clip) // 2)
    written = io.BytesIO()
    clip.fade_in(fade).fade_out(fade).export(written, format="wav")
    return written.getvalue()


def write_clip(pcm: bytes, rate_hz: int, path: Path, *, start: float, end: float) -> None:
    """Write the range from *start* to *end* to *path*, as MP3 if it is named so, else as WAV.

    Raises:
        ValueError: as for `cut_clip`.
        FfmpegMissing: there is no ffmpeg that can make an MP3.
        OSError: *path* cannot be written.
    """
    wav = cut_clip(pcm, rate_hz, start=start, end=end)
    path.write_bytes(_mp3(wav) if path.suffix.lower() == ".mp3" else wav)


def _mp3(wav: bytes) -> bytes:
    process = ffmpeg.start(
        *("-f", "wav", "-i", "pipe:0", "-codec:a", "libmp3lame", "-b:a", _MP3_BIT_RATE),
        *("-f", "mp3", "pipe:1"),
        stdin=subprocess.PIPE,
    )
    mp3, _ = process.communicate(wav)
    if process.returncode or not mp3:
        raise FfmpegMissing
    return mp3
