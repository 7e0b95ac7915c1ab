"""Synthetic Chinese speech by espeak-ng, for the demo model, the sample calls and the tests."""

from tools.synthesis.espeak import EspeakMissing, Syllable, Voice
from tools.synthesis.speech import Speech, speak, speak_timed

__all__ = ["EspeakMissing", "Speech", "Syllable", "Voice", "speak", "speak_timed"]
