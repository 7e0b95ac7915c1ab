"""A private sound server with null sinks, for tests with real devices."""

import shutil

import pytest

from hotline_desk.capture.sound_server import sound_server


@pytest.fixture(scope="module")
def server():
    """Sinks ``caller`` and ``studio`` at 16 kHz; skipped only where PulseAudio cannot be had."""
    missing = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    with sound_server() as running:
        yield running
