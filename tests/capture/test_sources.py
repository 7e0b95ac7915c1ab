from pathlib import Path

import pytest

from hotline_desk.capture.sources import device_text, parse_device, parse_lines
from hotline_desk.domain.roles import Role
from hotline_desk.errors import LineNotUnderstood, RoleNotUnderstood, RoleWithoutLine
from hotline_desk.messages import sentence


def only(text, *roles):
    (line,) = parse_lines([text], roles)
    return line


def test_a_device_is_taken_as_it_is_named():
    line = only("来电=USB Audio CODEC: - (hw:1,0)")

    assert (line.name, line.source, line.channel, line.speed) == (
        "来电", "USB Audio CODEC: - (hw:1,0)", 1, 1.0,
    )  # fmt: skip
    assert line.device == "USB Audio CODEC: - (hw:1,0)"


def test_the_first_equals_sign_ends_the_name():
    assert only("来电=a=b").source == "a=b"


def test_a_channel_stands_behind_the_device():
    line = only("演播室=调音台?channel=2")

    assert (line.source, line.channel) == ("调音台", 2)
    assert line.device == "调音台?channel=2"


@pytest.mark.parametrize(
    ("source", "channel"), [("调音台", 1), ("调音台", 2), ("What?", 1), ("a?b", 3)]
)
def test_a_device_is_written_as_it_is_read(source, channel):
    assert parse_device(device_text(source, channel)) == (source, channel, 1.0)


def test_a_files_path_becomes_absolute_and_keeps_spaces_and_chinese(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    line = only("来电=file:样例 来电/一.wav?channel=2&speed=8")

    assert line.source == f"file:{Path(tmp_path, '样例 来电', '一.wav')}"
    assert (line.channel, line.speed) == (2, 8.0)


def test_a_line_called_like_a_role_has_it():
    assert only("演播室=a").role == "演播室"
    assert only("一号=a").role == ""
    assert only("一号=a", "一号=坐席").role == "坐席"


@pytest.mark.parametrize(
    "lines",
    [
        ["来电"],
        ["=a"],
        [" =a"],
        ["来电="],
        ["来电=file:"],
        ["来电=a?channel=0"],
        ["来电=a?channel=two"],
        ["来电=a?speed=2"],
        ["来电=file:a.wav?speed=nan"],
        ["来电=file:a.wav?speed=-1"],
        ["来电=a?gain=2"],
        ["来电=a", "来电=b"],
        ["来电=file:a.wav?speed=2", "演播室=file:b.wav"],
        ["来电=file:a.wav?speed=2", "演播室=b"],
    ],
)
def test_what_is_not_a_line_is_refused_with_its_text(lines):
    with pytest.raises(LineNotUnderstood) as refused:
        parse_lines(lines)

    assert refused.value.text == lines[-1]


@pytest.mark.parametrize("role", ["来电", "来电=主任"])
def test_a_role_must_be_one_of_the_four(role):
    with pytest.raises(RoleNotUnderstood) as refused:
        parse_lines(["来电=a"], [role])

    assert all(known in sentence(refused.value) for known in (role, *Role))


def test_the_line_of_a_role_must_exist():
    with pytest.raises(RoleWithoutLine) as refused:
        parse_lines(["来电=a"], ["没有=来电"])

    assert "“没有”" in sentence(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "\udcff\udcfe=file:/sound.wav",
        "来电=file:/\udcff.wav",
        "来电=a\0b",
        "来电=file:~没有这个人/x.wav",
    ],
)
def test_what_cannot_be_written_down_or_is_nobodys_is_no_line(text):
    with pytest.raises(LineNotUnderstood) as refused:
        parse_lines([text])

    refused.value.text.encode()


def test_a_role_that_cannot_be_written_down_is_none():
    with pytest.raises(LineNotUnderstood):
        parse_lines(["来电=a"], ["\udcff=来电"])
