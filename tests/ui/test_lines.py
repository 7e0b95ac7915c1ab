"""The settings' lines: any number, each from a channel of a device, decided on when unsure."""

import pytest
from PySide6.QtWidgets import QApplication

from hotline_desk.capture.devices import InputDevice
from hotline_desk.settings import LineSetting, Settings, load
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.settings.lines_view_model import LinesViewModel, device_of
from hotline_desk.ui.settings.settings_view_model import Offer
from hotline_desk.workflows.lines import How
from tests.sound_server import server  # noqa: F401  a fixture
from tests.ui.conftest import make_window

PATIENCE = 60_000
LEFT, RIGHT = "pci-usb-0:1:1.0/stereo", "pci-usb-0:2:1.0/stereo"


def device(name, position="", description=""):
    return InputDevice(
        name=name, description=description or name, channels=2, rate_hz=48_000, index=None,
        position=position,
    )  # fmt: skip


def offer(*inputs):
    return Offer(inputs, ())


@pytest.fixture
def model(jobs, workspace):
    def make(*lines):
        return LinesViewModel(Office(workspace, Settings(lines=lines), jobs))

    return make


def test_a_line_is_written_down_as_soon_as_it_has_a_device(model):
    lines = model()
    lines.add()
    before = lines._office.settings.lines

    lines.choose_device(2, device("调音台", LEFT), 2)

    assert [row.name for row in lines.rows] == ["来电", "演播室", "坐席 1"]
    assert before == ()
    (written,) = lines._office.settings.lines
    assert (written.name, written.device, written.role) == ("坐席 1", "调音台?channel=2", "坐席")
    assert written.position == LEFT
    assert device_of(written) == ("调音台", 2)


def test_lines_are_read_again_from_the_file(qtbot, model, workspace):
    lines = model()
    lines.choose_device(0, device("调音台", LEFT), 1)

    qtbot.waitUntil(workspace.settings.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: load(workspace.settings).lines == lines._office.settings.lines)


@pytest.mark.parametrize(
    ("name", "why"), [("", "要有名称"), ("来=电", "等号"), ("演播室", "已经有")]
)
def test_a_name_that_no_line_can_have_is_refused_in_words(qtbot, model, name, why):
    lines = model()

    with qtbot.waitSignal(lines.refused) as refused:
        lines.rename(0, name)

    assert why in refused.args[1]
    assert lines.rows[0].name == "来电"


def test_a_line_that_was_taken_away_can_be_put_back(model):
    line = LineSetting(name="节目输出", device="pgm", role="节目输出（PGM）")
    other = LineSetting(name="来电", device="hot1", role="来电")
    lines = model(line, other)

    lines.remove(0)
    without = lines._office.settings.lines
    lines.put_back()

    assert without == (other,)
    assert lines._office.settings.lines == (other, line)
    assert lines.removed is None


def test_a_line_that_is_put_back_leaves_each_name_to_one_line(model):
    first = LineSetting(name="来电", device="hot1", role="来电")
    second = LineSetting(name="演播室", device="studio", role="演播室")
    lines = model(first, second)

    lines.remove(0)
    lines.rename(0, "来电")
    lines.put_back()

    assert [row.name for row in lines.rows] == ["来电", "来电 2"]
    assert [row.device for row in lines.rows] == ["studio", "hot1"]


def test_twins_are_asked_about_and_the_answer_is_kept(model):
    name = "alsa_input.usb-TI_USB_Audio_CODEC-00.analog-stereo"
    line = LineSetting(name="来电", device=name, role="来电", position="pci-usb-0:9:1.0/stereo")
    lines = model(line)
    twins = device(name, LEFT), device(name.replace("-00", "-00.2"), RIGHT)

    lines.take_offer(offer(*twins))
    asked = lines.matches[0]
    lines.choose_device(0, asked.candidates[1], 1)

    assert asked.how is How.UNSURE
    assert set(asked.candidates) == set(twins)
    assert lines.matches[0].how is How.NAME
    assert lines._office.settings.lines[0].position == asked.candidates[1].position


@pytest.fixture
def page(qtbot, open_desk, appearance, request):
    """The settings page of a window, on a real sound server with a caller's and a studio's line."""
    running = request.getfixturevalue("server")
    patch = pytest.MonkeyPatch()
    for name, value in running.environment.items():
        patch.setenv(name, value)
    lines = (
        LineSetting(name="来电", device="caller_line", role="来电"),
        LineSetting(name="导播", device="gone_line", role="坐席"),
    )
    window = make_window(open_desk(Settings(lines=lines, pre_listen="studio")), appearance)
    window.show()
    QApplication.processEvents()  # it opens where one was
    window.open_page(Verb.SETTINGS)
    qtbot.waitUntil(lambda: len(window.desk.lines.matches) == 2, timeout=PATIENCE)
    yield window
    window.desk.trial.stop()
    qtbot.waitUntil(lambda: window.desk.trial.line is None)
    window.close()
    window.deleteLater()
    patch.undo()


def test_a_line_is_tried_with_a_meter_and_can_be_heard(qtbot, page, server):  # noqa: F811
    from hotline_desk.paths import resource

    row = page.settings.lines.rows[0]
    player = server.play(resource("samples") / "call-1-wages.wav", "caller")

    row._test.click()

    qtbot.waitUntil(lambda: row.meter.lit > 0.2, timeout=PATIENCE)
    assert row._trial.isVisible()
    with qtbot.waitSignal(page.desk.trial.heard, timeout=PATIENCE):
        row._listen.click()
    row._test.click()
    player.kill()
    player.wait()
    assert page.desk.trial.line is None
    assert not row._trial.isVisible()


def test_a_device_that_is_away_is_said_with_what_could_stand_for_it(page):
    row = page.settings.lines.rows[1]

    assert "没有接上" in row._says.text()
    assert row._device.currentText() == "gone_line（现在没有接上）"
    offered = [row._offers.itemAt(at).widget() for at in range(row._offers.count())]
    assert offered
    offered[0].click()
    assert page.desk.lines.matches[1].how is How.NAME


def test_nothing_is_tried_while_something_is_recorded(qtbot, page, record, quiet_lines):
    row = page.settings.lines.rows[0]
    row._test.click()
    qtbot.waitUntil(lambda: page.desk.trial.line is not None)

    record(page.desk, quiet_lines)

    assert page.desk.trial.line is None
    assert not row._test.isEnabled()


def test_a_window_that_opens_says_which_device_is_away(qtbot, page):
    with qtbot.waitSignal(page.desk.lines.warned, timeout=PATIENCE) as warned:
        page.desk.lines.look()

    assert "“导播”" in warned.args[0]
    assert "Ctrl+5" in warned.args[0]
