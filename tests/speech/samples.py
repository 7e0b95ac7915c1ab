"""The sample calls as tests use them: sound, true words, and how far a text is from them."""

import json
import wave
from pathlib import Path

import numpy as np

from hotline_desk.paths import resource

CALLS = sorted(path.stem for path in resource("samples").glob("call-*.wav"))


def sound(call: str) -> Path:
    return resource("samples") / f"{call}.wav"


def channels(call: str) -> tuple[int, np.ndarray]:
    """Return the rate and the samples of a call, one column a line."""
    with wave.open(str(sound(call))) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
        return file.getframerate(), samples.reshape(-1, file.getnchannels())


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.astype(np.int16).tobytes())
    return path


def breathless(call: str) -> tuple[int, np.ndarray]:
    """Return the rate and both sides of a call as one, with every pause cut to 160 ms."""
    rate_hz, both = channels(call)
    mixed = both.astype(np.int32).sum(axis=1).clip(-32_768, 32_767).astype(np.int16)
    frames = mixed[: len(mixed) // 320 * 320].reshape(-1, 320)
    loud = np.abs(frames).max(axis=1) > 100
    return rate_hz, frames[np.convolve(loud, np.ones(9), mode="same") > 0].ravel()


def true_words(call: str, line: str = "") -> str:
    """Return what is truly said in a call, or on one of its lines, without punctuation."""
    script = json.loads((resource("samples") / f"{call}.script.json").read_text(encoding="utf-8"))
    said = (u["text"] for u in script["utterances"] if line in ("", u["line"]))
    return "".join(c for text in said for c in text if c.isalnum())


def error_rate(heard: str, said: str) -> float:
    """Return the characters wrong, missing or too many in *heard*, as a share of *said*."""
    before = list(range(len(heard) + 1))
    for row, right in enumerate(said, 1):
        now = [row]
        for column, got in enumerate(heard, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (got != right)))
        before = now
    return before[-1] / max(1, len(said))
