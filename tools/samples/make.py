"""Makes the sample calls: ``python -m tools.samples.make``.

Writes a sound file for each written call, beside it what is truly said when, for the tests, and
when the demo presses a person's keys.
"""

from __future__ import annotations

import argparse
import json
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.samples.script import CALLER, Line, Script, all_scripts
from tools.synthesis import Voice, speak
from tools.synthesis.channel import coloured_noise, telephone, to_int16

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
RATE_HZ = 16_000
LINES = ("来电", "演播室")
"""Names of the channels, in order."""

_BEFORE_S = 3.0
_TURN_S = 0.7
_SENTENCE_S = 0.15
_AFTER_S = 5.0
_NOISE_FLOOR = 5.0
"""RMS of the quiet line, of 32,768."""
_PEAK = 16_000.0

_OPENING_KEYS = (("F2", 0.6), ("F3", 1.4), ("F5", 2.2))
_QUESTION_S = 1.5
"""How long after the first word a person presses the key, for a question and for an answer."""
_ANSWER_S = 1.2
_CLOSING_KEYS = (
    ("F6", 0.8),
    *(("Tab", 2.2 + 0.2 * n) for n in range(7)),
    ("Ctrl+S", 3.8),
    ("Ctrl+D", 4.0),
    *(("Tab", 4.1 + 0.1 * n) for n in range(7)),
)
"""Seconds after the last word: a Tab for each field that a proposal may be for, of the question
and then of the caller's card."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it is spoken: two channels of sound, the true utterances, the keys."""

    sound: NDArray[np.int16]
    utterances: list[dict[str, Any]]
    keys: list[dict[str, Any]]


def make_call(script: Script) -> Call:
    """Speak *script*.

    Raises:
        EspeakMissing: libespeak-ng is not installed.
    """
    pieces: list[tuple[int, int, NDArray[np.float32]]] = []
    utterances: list[dict[str, Any]] = []
    keys = [{"at": at, "key": key} for key, at in _OPENING_KEYS]
    at = int(_BEFORE_S * RATE_HZ)
    for line in script.lines:
        channel = 0 if line.who == CALLER else 1
        spoken = _turn(line, script.voices[line.who])
        end = at + len(spoken)
        pieces.append((channel, at, telephone(spoken, RATE_HZ) if channel == 0 else spoken))
        utterances.append(
            {
                "channel": channel + 1,
                "line": LINES[channel],
                "who": line.who,
                "start": round(at / RATE_HZ, 2),
                "end": round(end / RATE_HZ, 2),
                "text": line.text,
            }
        )
        if line.opens_question:
            keys.append({"at": round(at / RATE_HZ + _QUESTION_S, 1), "key": "F7"})
        if line.begins_answer:
            keys.append({"at": round(at / RATE_HZ + _ANSWER_S, 1), "key": "F8"})
        at = end + int(_TURN_S * RATE_HZ)
    last = pieces[-1][1] + len(pieces[-1][2])
    keys += [{"at": round(last / RATE_HZ + after, 1), "key": key} for key, after in _CLOSING_KEYS]
    rng = np.random.default_rng(script.seed)
    count = last + int(_AFTER_S * RATE_HZ)
    sound = np.stack([_NOISE_FLOOR * coloured_noise(count, "pink", rng) for _ in LINES], axis=1)
    for channel, first, samples in pieces:
        sound[first : first + len(samples), channel] += samples
    return Call(to_int16(sound), utterances, keys)


def write_call(name: str, call: Call, folder: Path) -> None:
    """Write *call* as ``name.wav``, ``name.script.json`` and ``name.keys.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    with wave.open(str(folder / f"{name}.wav"), "wb") as file:
        file.setnchannels(call.sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(call.sound.astype("<i2").tobytes())
    _write_json(folder / f"{name}.script.json", {"utterances": call.utterances})
    _write_json(folder / f"{name}.keys.json", call.keys)


def _turn(line: Line, voice: Voice) -> NDArray[np.float32]:
    """Return the sentences of *line* at one level, with a breath between them."""
    breath = np.zeros(int(_SENTENCE_S * RATE_HZ), np.float32)
    sound: list[NDArray[np.float32]] = []
    for sentence in line.text.replace("？", "？。").split("。"):
        if sentence:
            sound += [speak(sentence, voice, RATE_HZ).astype(np.float32), breath]
    joined = np.concatenate(sound[:-1])
    level: NDArray[np.float32] = (joined * (_PEAK / np.abs(joined).max())).astype(np.float32)
    return level


def _write_json(path: Path, facts: object) -> None:
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.samples.make", description=__doc__)
    parser.add_argument("--folder", type=Path, default=SAMPLES, help="where to write")
    folder = parser.parse_args().folder
    for script in all_scripts():
        call = make_call(script)
        write_call(script.name, call, folder)
        print(f"{script.name}: {len(call.sound) / RATE_HZ:.1f} s")


if __name__ == "__main__":
    main()
