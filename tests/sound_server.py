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


@pytest.fixture
def load(server):
    """Load a module of the sound server; unloaded at the end."""
    loaded = []

    def load(*arguments):
        loaded.append(server.control("load-module", *arguments).strip())
        return loaded[-1]

    yield load
    for module in loaded:
        if module in {line.split()[0] for line in modules(server)}:
            server.control("unload-module", module)


def modules(server):
    return server.control("list", "short", "modules").splitlines()


def null_sink(load, name, *, rate_hz=16_000, channels=1, more=()):
    form = (f"rate={rate_hz}", f"channels={channels}", "format=s16le")
    return load("module-null-sink", f"sink_name={name}", *form, *more)


def remap(load, name, master, path=""):
    where = [f"source_properties=device.bus_path={path}"] if path else []
    return load("module-remap-source", f"source_name={name}", f"master={master}.monitor", *where)
