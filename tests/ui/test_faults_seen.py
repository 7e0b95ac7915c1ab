"""A line that loses its device is seen on the strip and said, while the others go on."""

import time

import pytest

from hotline_desk.paths import resource
from hotline_desk.settings import LineSetting, Settings
from tests.sound_server import server  # noqa: F401  a fixture
from tests.ui.conftest import make_window

PATIENCE = 60_000
LINES = (
    LineSetting(name="来电", device="caller_line", role="来电"),
    LineSetting(name="演播室", device="studio_line", role="演播室"),
)


@pytest.fixture
def on_the_server(server, monkeypatch):  # noqa: F811  the fixture above
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def recording(qtbot, on_the_server, open_desk, appearance, record):
    """A window that records two real devices, with a call played into both."""
    window = make_window(open_desk(Settings(lines=LINES)), appearance)
    window.show()
    sample = resource("samples") / "call-1-wages.wav"
    players = [on_the_server.play(sample, sink) for sink in ("caller", "studio")]
    record(window.desk, LINES)
    qtbot.waitUntil(lambda: window.desk.recording.now.elapsed > 2, timeout=PATIENCE)
    yield window
    for player in players:
        player.kill()
        player.wait()
    window.close()
    window.deleteLater()


@pytest.mark.slow
def test_a_device_that_goes_and_comes_back_is_seen_and_said(qtbot, on_the_server, recording):
    states = recording.strip.meters
    modules = on_the_server.control("list", "short", "modules").splitlines()
    remap = next(line.split()[0] for line in modules if "source_name=caller_line" in line)

    on_the_server.control("unload-module", remap)
    gone = time.monotonic()
    qtbot.waitUntil(lambda: states.states["来电"] == "没有声音进来", timeout=PATIENCE)
    seen = time.monotonic() - gone
    qtbot.waitUntil(lambda: "来电 的设备" in recording.messages.text, timeout=PATIENCE)
    other = recording.strip.meters.states["演播室"]
    on_the_server.control(
        "load-module", "module-remap-source", "source_name=caller_line", "master=caller.monitor"
    )

    qtbot.waitUntil(lambda: "来电 恢复了，断了约" in recording.messages.text, timeout=PATIENCE)
    qtbot.waitUntil(lambda: states.states["来电"] != "没有声音进来", timeout=PATIENCE)
    assert seen < 3
    assert other != "没有声音进来"


@pytest.mark.slow
def test_a_line_whose_device_is_away_leaves_the_others_to_be_recorded(
    qtbot, on_the_server, open_desk, appearance
):
    away = LineSetting(name="节目输出", device="gone_line", role="节目输出（PGM）")
    window = make_window(open_desk(Settings(lines=(*LINES, away))), appearance)
    window.show()
    window.desk.recording.begin()
    window.desk.recording.start(None)

    qtbot.waitUntil(lambda: "没有声音进来" in window.strip.meters.states.values(), timeout=PATIENCE)
    length = window.desk.recording.now.elapsed
    qtbot.waitUntil(lambda: window.desk.recording.now.elapsed > length + 1, timeout=PATIENCE)

    assert window.strip.meters.states["节目输出"] == "没有声音进来"
    assert window.strip.meters.states["演播室"] != "没有声音进来"
    assert "节目输出" in window.messages.text
    window.close()
    window.deleteLater()
