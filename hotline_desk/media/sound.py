"""A line's sound wherever it lies: in its segments, or in the FLAC that was made of them.

The one way to a take's samples for everybody but the recorder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.media.flac import FlacReader
from hotline_desk.media.hashes import is_damaged
from hotline_desk.take.consolidated import consolidated, recorded, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from hotline_desk.take.consolidated import Consolidated, Held
    from hotline_desk.take.take import Take


def open_line(take: Take, line_name: str) -> LineSound:
    """Return the sound of the line called *line_name*; close it, or use it in a ``with``."""
    return LineSound(take, line_name)


class LineSound:
    """One line's samples as they are on the disk at each call; one thread at a time.

    A line may be consolidated while it is read: nothing of that is heard.
    """

    def __init__(self, take: Take, line_name: str) -> None:
        self._take = take
        self._line = take.line(line_name)
        self._whole: Consolidated | None = None
        self._reader: FlacReader | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def samples(self) -> int:
        """How many there are now."""
        return self._take.length(self._line.name)

    def read(self, first_sample: int, count: int) -> bytes:
        """Return *count* samples from *first_sample* on, 16-bit mono; fewer at the line's end.

        What a lost segment leaves open between two others is silence. Reads that follow on each
        other are quick in a FLAC, too.

        Raises:
            FfmpegMissing: the sound lies in a FLAC, and there is no usable ffmpeg.
        """
        if not self._is_flac():
            pcm = self._take.read(self._line.name, first_sample, count)
            # asked again: no segment was gone before the FLAC took its place
            if not self._is_flac() and (pcm or not self._is_flac(maybe_lost=True)):
                return pcm
        if self._whole is None or self._reader is None:
            return b""
        return self._reader.read(
            first_sample, max(0, min(count, self._whole.samples - first_sample))
        )

    def stretches(self) -> Iterator[tuple[Held, bytes]]:
        """Yield what each segment holds, or held, with its samples, first to last.

        In a FLAC that was damaged since, samples differ from their stretch's hash, or are fewer.

        Raises:
            FfmpegMissing: as `read`.
        """
        for stretch in stretches(self._take.folder, self._line.id):
            yield stretch, self.read(stretch.first_sample, stretch.samples)

    def close(self) -> None:
        """Let go of what is open."""
        if self._reader is not None:
            self._reader.close()

    def _is_flac(self, *, maybe_lost: bool = False) -> bool:
        """Whether the sound lies in a FLAC; one whose record is lost is looked for in the folder.

        That takes longer the longer the take is, and a captioner asks twenty times a second.
        """
        if self._whole is None:
            find = consolidated if maybe_lost else recorded
            self._whole = find(self._take.folder, self._line.id)
            if self._whole is not None:
                self._reader = FlacReader(self._whole.path, self._line.rate_hz)
        return self._whole is not None


def damaged_archives(take: Take, *, read: bool = True) -> list[str]:
    """Return a sentence for each FLAC of *take* that is no longer what was verified.

    Args:
        take: whose.
        read: whether to read the files whole, without decoding them; else what their records tell.
    """
    found = []
    for line in take.lines:
        whole = consolidated(take.folder, line.id)
        try:
            if whole is not None and not whole.file_sha256:
                found.append(f"{line.name} 的归档记录丢失，声音还在 {whole.path.name}，无法核对")
            elif read and whole is not None and is_damaged(whole):
                found.append(f"{line.name} 的声音文件 {whole.path.name} 已损坏，请从备份恢复")
        except OSError:
            found.append(f"{line.name} 的声音文件读不出来")
    return found
