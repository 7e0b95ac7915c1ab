"""One pass over a line's sound: how loud it was, where it was silent, how often it was clipped."""

from __future__ import annotations

import math

import numpy as np

from hotline_desk.media.levels import amplitudes, dbfs
from hotline_desk.media.loudness import Loudness
from hotline_desk.media.meters import Clipping, PeakProgramme

HOPS_PER_SECOND = 10


class LineMeasure:
    """Takes in a line's samples in pieces of any length, and keeps figures alone."""

    def __init__(self, rate_hz: int) -> None:
        self.clipped = 0
        """Stretches at full scale."""
        self.ppm_dbfs = -math.inf
        """The highest peak programme level."""
        self._hop = rate_hz / HOPS_PER_SECOND  # samples; where the hops begin is rounded
        self._samples = 0
        self._peaks: list[np.ndarray] = []
        self._open = 0.0  # the peak of the hop that goes on in the next piece
        self._programme = PeakProgramme(rate_hz)
        self._clipping = Clipping()
        self._loudness = Loudness(rate_hz)

    def feed(self, pcm: bytes) -> None:
        """Take in the next 16-bit samples."""
        samples = np.frombuffer(pcm, dtype=np.int16)
        if not len(samples):
            return
        heights = amplitudes(samples)
        self.clipped += self._clipping.feed(samples)
        self.ppm_dbfs = max(self.ppm_dbfs, self._programme.feed(heights))
        self._loudness.feed(pcm)
        self._note_peaks(heights)

    @property
    def loudness_lufs(self) -> float:
        """The integrated loudness; minus infinity for silence."""
        return self._loudness.integrated

    @property
    def peak_dbfs(self) -> float:
        """The highest sample; minus infinity for digital silence."""
        return dbfs(float(self.hop_peaks().max(initial=0.0)))

    def hop_peaks(self) -> np.ndarray:
        """Return the highest amplitude of each tenth of a second, on the scale of the samples."""
        last = [np.array([self._open])] if self._samples else []
        return np.concatenate([np.zeros(0), *self._peaks, *last])

    def _note_peaks(self, heights: np.ndarray) -> None:
        first, end = self._samples, self._samples + len(heights)
        begun, last = int(first / self._hop), int((end - 1) / self._hop)
        starts = np.ceil(np.arange(begun + 1, last + 1) * self._hop).astype(np.int64) - first
        peaks = np.maximum.reduceat(heights, np.concatenate(([0], starts)))
        if first and int((first - 1) / self._hop) == begun:
            peaks[0] = max(float(peaks[0]), self._open)
        elif first:
            self._peaks.append(np.array([self._open]))
        self._samples = end
        self._peaks.append(peaks[:-1])
        self._open = float(peaks[-1])
