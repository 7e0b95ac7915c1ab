"""From sound to words: the one place that knows Vosk."""
