"""Inputs are listed by a process of its own, as they are at that moment."""

from dataclasses import replace

import pytest

from hotline_desk.capture.devices import inputs
from hotline_desk.workflows.find_inputs import find_inputs
from tests.sound_server import server  # noqa: F401  a fixture


@pytest.fixture
def on_the_server(server, monkeypatch):  # noqa: F811  the fixture above
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


def test_the_list_is_the_one_that_the_recorder_goes_by(on_the_server):
    found = find_inputs()

    assert found == [replace(device, channel_map="") for device in inputs()]
    assert {"caller_line", "studio_line"} <= {device.name for device in found}
    assert all(device.position for device in found)


def test_an_input_that_has_just_come_is_listed(on_the_server):
    before = {device.name for device in find_inputs()}
    module = on_the_server.control(
        "load-module", "module-remap-source", "source_name=pgm_line", "master=studio.monitor"
    )

    after = {device.name for device in find_inputs()}
    on_the_server.control("unload-module", module.strip())

    assert after - before == {"pgm_line"}


def test_a_machine_that_tells_of_none_has_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert find_inputs() == []
