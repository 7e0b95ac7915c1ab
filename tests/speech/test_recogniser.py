"""Where the recogniser ends an utterance that goes on and on."""

import numpy as np

from hotline_desk.speech.models import demo_model
from hotline_desk.speech.recogniser import Recogniser, load
from tests.speech import samples


def _first_end(sound: np.ndarray, rate_hz: int) -> float:
    """Return when the first utterance ended, in seconds; infinite if none did."""
    recogniser = Recogniser(load(demo_model()), rate_hz)
    step = rate_hz // 10
    for start in range(0, len(sound), step):
        if recogniser.accept(sound[start : start + step].tobytes()):
            return (start + step) / rate_hz
    return np.inf


def test_a_long_utterance_ends_between_two_words():
    """Kaldi's own rule ends it at 20 s, wherever that is."""
    rate_hz, sound = samples.breathless(samples.CALLS[0])

    end = round(_first_end(sound, rate_hz) * rate_hz)

    assert end > 20 * rate_hz
    just_before = sound[end - 3 * rate_hz // 10 : end].astype(float)
    quietest = np.abs(just_before).reshape(-1, rate_hz // 20).mean(axis=1).min()
    assert quietest < 0.05 * np.abs(sound[: 20 * rate_hz].astype(float)).mean()
