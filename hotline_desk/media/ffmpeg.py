"""Which ffmpeg we run, and how: the pinned one that comes with the program, else a fit one."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from hotline_desk.errors import FfmpegMissing
from hotline_desk.processes import foreign_environment, start_foreign

_FILTERS = ("aresample", "ebur128", "alimiter", "afade")
_ENCODERS = ("flac", "libmp3lame", "pcm_s16le")


def ffmpeg() -> Path:
    """Return the ffmpeg to run.

    The library's own order: the one named by IMAGEIO_FFMPEG_EXE, the pinned one of the package,
    one on the PATH; any but the pinned one has to have the filters and encoders we use.

    Raises:
        FfmpegMissing: there is none, or it cannot do what we need.
    """
    try:
        found = Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise FfmpegMissing from error
    pinned = found.is_relative_to(Path(imageio_ffmpeg.__file__).parent)
    if not pinned and not _is_fit(found):
        raise FfmpegMissing
    return found


def start(
    *arguments: str,
    stdin: int = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    behind_others: bool = False,
) -> subprocess.Popen[bytes]:
    """Start ffmpeg with *arguments*; its standard output is a pipe.

    It says nothing unless a ``-loglevel`` among *arguments* lets it. With *behind_others*
    everything else on the machine comes first.

    Raises:
        FfmpegMissing: there is none that can be started.
    """
    try:
        return start_foreign(
            [str(ffmpeg()), "-hide_banner", "-loglevel", "quiet", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            behind_others=behind_others,
        )
    except OSError as error:
        raise FfmpegMissing from error


@cache
def _is_fit(path: Path) -> bool:
    return _knows(path, "-filters", _FILTERS) and _knows(path, "-encoders", _ENCODERS)


def _knows(path: Path, question: str, names: tuple[str, ...]) -> bool:
    try:
        answer = subprocess.run(
            [str(path), "-hide_banner", question],
            capture_output=True,
            env=foreign_environment(),
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    known = {
        line.split()[1]
        for line in answer.stdout.decode(errors="replace").splitlines()
        if " " in line.strip()
    }
    return known.issuperset(names)
