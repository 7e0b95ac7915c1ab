"""Notices a device that is stuck: one that delivers the same frames again and again.

Rooms and telephones never do so, analogue ones not even with a test tone. Tones that were made by
number do: 1 kHz at 48,000 Hz repeats itself every 48 samples, and a telephone exchange rings and
dials with such tones. They are told apart by what they are made of: one or two frequencies.
"""

from __future__ import annotations

from array import array
from operator import mul

_SPAN_SECONDS = 0.5  # what is compared; a sound as short as a time signal's pip is no fault
_TIMES = 3  # the same frames in a row
_LOOKS = 5  # in a span
_SAMPLE_BYTES = 2
_QUIET = 33  # of 32,768, -60 dBFS: what an input without sound repeats is no matter
_PITCH_RATE_HZ = 4_000  # taken apart at this rate, where speech is not smooth any more
_TONE_REST = 0.003  # of the power; of two tones from a telephone's 8 bits less remains


class Repetition:
    """Listens to what one device delivers."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self.found = False
        """Whether the newest half second was the same frames, at least three times."""
        self._rate_hz = rate_hz
        self._channels = channels
        self._frame = channels * _SAMPLE_BYTES
        self._span = round(_SPAN_SECONDS * rate_hz) * self._frame
        self._recent = bytearray()
        self._unlooked = 0

    def hear(self, pcm: bytes) -> None:
        """Take in the next frames, interleaved 16-bit samples."""
        self._recent += pcm
        self._unlooked += len(pcm)
        if self._unlooked >= self._span // _LOOKS:
            self._unlooked = 0
            del self._recent[: -self._span]
            self.found = len(self._recent) == self._span and self._is_stuck()

    def _is_stuck(self) -> bool:
        return self._repeats(bytes(self._recent)) and not all(
            self._is_innocent(array("h", self._recent)[channel :: self._channels])
            for channel in range(self._channels)
        )

    def _repeats(self, recent: bytes) -> bool:
        """Whether *recent* is one piece, again and again; one frame alone is silence."""
        head = recent[: len(recent) - len(recent) // _TIMES]
        period = recent.find(head, self._frame)
        while period > 0 and period % self._frame:
            period = recent.find(head, period + 1)
        return period > self._frame and recent[period:] == recent[:-period]

    def _is_innocent(self, samples: array[int]) -> bool:
        """Whether a channel's sound is no sound, or one or two tones."""
        if max(samples) < _QUIET and min(samples) > -_QUIET:
            return True
        # left out samples turn one frequency into another, and a tone into a tone
        sparse = samples[:: max(1, self._rate_hz // _PITCH_RATE_HZ)]
        mean = sum(sparse) / len(sparse)
        return _rest_of_two_tones([sample - mean for sample in sparse]) < _TONE_REST


def _rest_of_two_tones(x: list[float]) -> float:
    """Return which part of the power of *x* is not that of two steady tones, or of one.

    Two tones fulfil x[n] + x[n-4] = a (x[n-1] + x[n-3]) + b x[n-2]; a and b by least squares.
    """
    middle = x[2:-2]
    inner = [left + right for left, right in zip(x[1:-3], x[3:-1], strict=True)]
    outer = [left + right for left, right in zip(x[:-4], x[4:], strict=True)]
    power = _product(middle, middle)
    if not power:
        return 0.0
    slight = 1e-10 * power  # one tone alone leaves a and b open
    ii, im, mm = _product(inner, inner) + slight, _product(inner, middle), power + slight
    oi, om = _product(outer, inner), _product(outer, middle)
    determinant = ii * mm - im * im
    a, b = (oi * mm - om * im) / determinant, (om * ii - oi * im) / determinant
    rest = sum((o - a * i - b * m) ** 2 for o, i, m in zip(outer, inner, middle, strict=True))
    return rest / power


def _product(left: list[float], right: list[float]) -> float:
    return float(sum(map(mul, left, right)))
