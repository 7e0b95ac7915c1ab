"""Chinese text in, speech out: what the tests and the sample calls use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tools.synthesis.channel import to_int16
from tools.synthesis.espeak import ESPEAK_RATE_HZ, Espeak, Syllable, Voice
from tools.synthesis.reading import mood, phrases
from tools.synthesis.resample import resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEFAULT_VOICE = Voice("f3")


@dataclass(frozen=True, slots=True)
class Speech:
    """Mono sound at *rate_hz* and the syllables in it, in seconds from its start."""

    samples: NDArray[np.int16]
    rate_hz: int
    syllables: tuple[Syllable, ...]


def speak(text: str, voice: Voice = DEFAULT_VOICE, rate_hz: int = 16_000) -> NDArray[np.int16]:
    """Return *text* spoken by *voice*: mono, 16 bit, *rate_hz* samples a second.

    *text* is Chinese characters and punctuation; numbers are written out (三千三百元).

    Raises:
        EspeakMissing: libespeak-ng is not installed.
        ValueError: *text* holds something that is not Chinese.
    """
    return speak_timed(text, voice, rate_hz).samples


def speak_timed(text: str, voice: Voice = DEFAULT_VOICE, rate_hz: int = 16_000) -> Speech:
    """Speak *text* as ``speak`` does, and tell when each syllable is spoken."""
    spoken = _engine().say(phrases(text), voice, mood=mood(text))
    samples = resample(spoken.samples.astype(np.float32), ESPEAK_RATE_HZ, rate_hz)
    return Speech(to_int16(samples), rate_hz, spoken.syllables)


@cache
def _engine() -> Espeak:
    return Espeak()
