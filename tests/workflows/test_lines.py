"""Lines are found again by name, then by place; twins are never taken for each other."""

import pytest

from hotline_desk.capture.devices import InputDevice
from hotline_desk.errors import LineNotUnderstood
from hotline_desk.settings import LineSetting
from hotline_desk.workflows.lines import How, match, plugged, resolved

USB = "alsa_input.usb-TI_USB_Audio_CODEC-00.analog-stereo"
USB_2 = "alsa_input.usb-TI_USB_Audio_CODEC-00.2.analog-stereo"
LEFT, RIGHT, FRONT = "pci-usb-0:1:1.0/stereo", "pci-usb-0:2:1.0/stereo", "pci-usb-0:3:1.0/stereo"


def device(name, position="1/1", description="", *, is_monitor=False):
    return InputDevice(
        name=name,
        description=description or name,
        channels=2,
        rate_hz=48_000,
        index=None,
        is_monitor=is_monitor,
        position=position,
    )


def line(text, position="", name="来电"):
    return LineSetting(name=name, device=text, role="", position=position)


def only(setting, *inputs):
    (found,) = match([setting], inputs)
    return found


def test_a_line_is_found_by_its_name():
    found = only(line("调音台?channel=2", "1/1"), device("话筒"), device("调音台"))

    assert (found.how, found.input.name) == (How.NAME, "调音台")


def test_a_description_is_as_good_as_a_name():
    found = only(line("导播台 热线一"), device("hot1", LEFT, "导播台 热线一"))

    assert (found.how, found.input.name) == (How.NAME, "hot1")


def test_settings_from_before_know_names_alone():
    found = only(line(USB), device(USB, LEFT), device("话筒"))

    assert (found.how, found.input.name) == (How.NAME, USB)


def test_a_device_with_another_name_is_found_where_it_is_plugged_in():
    found = only(line("旧名字?channel=2", LEFT), device("新名字", LEFT), device("话筒", RIGHT))

    assert (found.how, found.input.name) == (How.POSITION, "新名字")
    (used,) = resolved([found.line], [device("新名字", LEFT)])
    assert (used.device, used.position) == ("新名字?channel=2", LEFT)


def test_a_device_that_is_plugged_in_elsewhere_is_found_by_its_name():
    found = only(line(USB, LEFT), device(USB, FRONT), device("话筒", LEFT))

    assert (found.how, found.input.name) == (How.NAME, USB)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Microphone (USB Audio Device)", "Microphone (2- USB Audio Device)"),
        ("USB Audio CODEC: - (hw:1,0)", "USB Audio CODEC: - (hw:2,0)"),
        ("USB Audio (2)", "USB Audio"),
    ],
)
def test_a_number_that_the_system_changed_is_no_other_device(was, now):
    found = only(line(was, "1/1"), device("话筒"), device(now))

    assert (found.how, found.input.name) == (How.POSITION, now)


def test_twins_that_swapped_their_names_are_told_apart_by_their_places():
    lines = [line(USB, LEFT, "来电"), line(USB_2, RIGHT, "演播室")]

    found = match(lines, [device(USB, RIGHT), device(USB_2, LEFT)])

    assert [(one.how, one.input.name) for one in found] == [
        (How.POSITION, USB_2),
        (How.POSITION, USB),
    ]


def test_a_twin_that_is_left_alone_is_not_taken_for_the_other():
    lines = [line(USB, LEFT, "来电"), line(USB_2, RIGHT, "演播室")]

    found = match(lines, [device(USB, RIGHT), device("话筒", FRONT)])

    assert (found[0].how, found[0].input) == (How.MISSING, None)
    assert [one.name for one in found[0].candidates] == ["话筒"]
    assert (found[1].how, found[1].input.name) == (How.POSITION, USB)


def test_a_twin_that_is_left_alone_where_no_places_are_known_is_asked_for():
    found = only(line("USB Audio", "1/2"), device("USB Audio", "1/1"))

    assert (found.how, found.input) == (How.UNSURE, None)
    assert [one.name for one in found.candidates] == ["USB Audio"]


def test_a_twin_that_came_since_is_asked_for():
    found = only(
        line("USB Audio", "1/1"), device("USB Audio", "1/2"), device("USB Audio (2)", "2/2")
    )

    assert (found.how, found.input) == (How.UNSURE, None)
    assert [one.name for one in found.candidates] == ["USB Audio", "USB Audio (2)"]


def test_twins_that_were_both_plugged_in_elsewhere_are_asked_for():
    lines = [line(USB, LEFT, "来电"), line(USB_2, RIGHT, "演播室")]

    found = match(lines, [device(USB, FRONT), device(USB_2, "pci-usb-0:4:1.0/stereo")])

    assert [(one.how, one.input) for one in found] == 2 * [(How.UNSURE, None)]


def test_inputs_of_one_name_are_told_apart_by_their_order():
    twins = [device("麦克风", "1/2"), device("麦克风", "2/2")]

    assert only(line("麦克风", "2/2"), *twins).input is twins[1]
    assert only(line("麦克风"), *twins).how is How.UNSURE


def test_what_is_nowhere_is_missing_and_monitors_are_not_offered():
    found = only(line("没有", LEFT), device("话筒"), device("out.monitor", is_monitor=True))

    assert (found.how, found.input) == (How.MISSING, None)
    assert [one.name for one in found.candidates] == ["话筒"]


def test_two_channels_of_one_device_are_two_lines():
    found = match([line("台", name="一"), line("台?channel=2", name="二")], [device("台")])

    assert [one.input.name for one in found] == ["台", "台"]


def test_files_and_lines_nobody_is_sure_of_stay_as_they_were_set():
    lines = [line("file:/a.wav?channel=2"), line("没有"), line("麦克风", "1/2", "演播室")]

    assert resolved(lines, [device("麦克风", "1/3")]) == lines


def test_a_device_is_set_so_that_it_is_found_again():
    chosen = plugged(line(""), device("What?", LEFT), channel=1)

    assert only(chosen, device("What?", LEFT)).how is How.NAME
    assert plugged(chosen, device("台", RIGHT), channel=3).device == "台?channel=3"


def test_a_line_that_is_not_written_as_one_is_told():
    with pytest.raises(LineNotUnderstood):
        match([line("台?channel=x")], [device("台")])
