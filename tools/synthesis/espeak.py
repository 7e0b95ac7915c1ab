"""espeak-ng: syllables in, sound out, with the time of each syllable.

libespeak-ng keeps its state in the process, so there is one engine in a process and it speaks one
sentence at a time.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

ESPEAK_RATE_HZ = 22_050
LANGUAGE = "cmn-latn-pinyin"
_CHARS_UTF8 = 1
_SYNCHRONOUS = 2
_PHONEME_EVENTS = 1


class EspeakMissing(RuntimeError):
    """libespeak-ng is not installed, or does not speak pinyin."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How espeak speaks: a voice variant and its settings, in espeak's own units."""

    variant: str
    rate: int = 170
    pitch: int = 50
    pitch_range: int = 50


@dataclass(frozen=True, slots=True)
class Syllable:
    """One spoken syllable; times in seconds from the start of the sound."""

    pinyin: str
    start: float
    boundary: float
    """Where the initial ends and the final begins."""
    end: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """Sound at ``ESPEAK_RATE_HZ`` with the syllables in it."""

    samples: NDArray[np.int16]
    syllables: tuple[Syllable, ...]


class _EventId(ctypes.Union):
    _fields_ = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _EventType(IntEnum):
    LIST_END = 0
    WORD = 1
    PHONEME = 7


class _Parameter(IntEnum):
    RATE = 1
    PITCH = 3
    RANGE = 4


@dataclass(slots=True)
class _Span:
    """The phoneme events of one syllable, in milliseconds."""

    start: int
    phonemes: list[tuple[int, str]]
    end: int | None = None


class Espeak:
    """The engine, with espeak's data read from *data* (the system's when not given).

    Raises:
        EspeakMissing: the library or its pinyin voice cannot be loaded.
    """

    def __init__(self, data: Path | None = None) -> None:
        found = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        try:
            self._library = ctypes.CDLL(found)
        except OSError as error:
            raise EspeakMissing("libespeak-ng") from error
        folder = None if data is None else str(data).encode()
        rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, folder, _PHONEME_EVENTS)
        if rate != ESPEAK_RATE_HZ:
            raise EspeakMissing(f"espeak_Initialize returned {rate}")
        self._blocks: list[bytes] = []
        self._events: list[tuple[int, int, str]] = []
        self._callback: Callable[..., int] = _Callback(self._on_block)
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice: Voice | None = None

    def say(self, phrases: Sequence[Sequence[str]], voice: Voice, *, mood: str = ".") -> Spoken:
        """Speak *phrases*, each a list of syllables like ``gong1``, with a short pause between.

        *mood* is the closing mark, ``.`` or ``?``: it shapes the melody.

        Raises:
            EspeakMissing: espeak has no such voice.
            ValueError: espeak did not speak one syllable for each given.
        """
        self._use(voice)
        self._blocks.clear()
        self._events.clear()
        text = (", ".join(" ".join(phrase) for phrase in phrases) + mood).encode()
        self._library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _CHARS_UTF8, None, None)
        samples = np.frombuffer(b"".join(self._blocks), dtype=np.int16)
        spans = _spans(self._events)
        wanted = [syllable for phrase in phrases for syllable in phrase]
        if len(spans) != len(wanted):
            raise ValueError(f"{len(wanted)} syllables given, {len(spans)} spoken: {text!r}")
        length_ms = len(samples) * 1000 // ESPEAK_RATE_HZ
        return Spoken(
            samples,
            tuple(_syllable(p, s, length_ms) for p, s in zip(wanted, spans, strict=True)),
        )

    def _use(self, voice: Voice) -> None:
        if voice == self._voice:
            return
        if self._library.espeak_SetVoiceByName(f"{LANGUAGE}+{voice.variant}".encode()) != 0:
            raise EspeakMissing(f"{LANGUAGE}+{voice.variant}")
        for parameter, setting in (
            (_Parameter.RATE, voice.rate),
            (_Parameter.PITCH, voice.pitch),
            (_Parameter.RANGE, voice.pitch_range),
        ):
            self._library.espeak_SetParameter(int(parameter), setting, 0)
        self._voice = voice

    def _on_block(self, block: Any, count: int, events: Any) -> int:  # noqa: ANN401 - ctypes
        if count > 0:
            self._blocks.append(ctypes.string_at(block, 2 * count))
        index = 0
        while events[index].type != _EventType.LIST_END:
            event = events[index]
            name = ""
            if event.type == _EventType.PHONEME:
                name = event.id.string.decode("utf-8", "replace")
            self._events.append((event.type, event.audio_position, name))
            index += 1
        return 0


def _spans(events: Sequence[tuple[int, int, str]]) -> list[_Span]:
    """Group the events by syllable: each syllable is a word to espeak."""
    spans: list[_Span] = []
    for kind, at_ms, name in events:
        if kind == _EventType.WORD:
            spans.append(_Span(at_ms, []))
        elif kind == _EventType.PHONEME and spans and spans[-1].end is None:
            if name.startswith("_"):
                spans[-1].end = at_ms
            else:
                spans[-1].phonemes.append((at_ms, name))
    # After the last word espeak sometimes reports one more, left over from the sentence before.
    return [span for span in spans if span.phonemes]


def _syllable(pinyin: str, span: _Span, length_ms: int) -> Syllable:
    end = span.end if span.end is not None else length_ms
    if len(span.phonemes) > 1 and not _begins_with_vowel(pinyin):
        boundary = span.phonemes[1][0]
    else:
        # No glide of its own: give the onset a short piece, so that two equal syllables in a
        # row (yi yi, er er) are told apart.
        boundary = span.start + min(40, (end - span.start) // 4)
    return Syllable(pinyin, span.start / 1000, boundary / 1000, end / 1000)


def _begins_with_vowel(pinyin: str) -> bool:
    return pinyin[0] in "aeo" or pinyin.startswith("yu")
