"""The office's settings survive bad hands and full disks."""

import dataclasses

import pytest

from hotline_desk.settings import LineSetting, Settings, load, save
from tests import small_disk as disk

small_disk = disk.small_disk

LINE = LineSetting(name="来电", device="调音台?channel=2", role="来电")
PLACED = LineSetting(name="演播室", device="话筒", role="演播室", position="2/2")
SET = Settings(
    union="莒县总工会",
    weekday=4,
    starts="09:30",
    delay_seconds=8,
    lines=(LINE, PLACED),
    theme="dark",
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


def test_settings_come_back_as_they_were_saved(path):
    save(SET, path)

    assert load(path) == SET
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_without_a_file_the_defaults_hold(path):
    assert load(path) == Settings()


WRITTEN = """
colour = "red"

[[lines]]
name = "来电"
device = "调音台?channel=2"
role = "来电"
gain = 3
"""


def test_unknown_keys_are_ignored_in_the_file_and_in_a_line(path):
    path.write_text(WRITTEN, "utf-8")

    assert load(path) == Settings(lines=(LINE,))


@pytest.mark.parametrize("line", ["name = '演播室'", "name = '演播室'\ndevice = 'x'"])
def test_a_line_that_lacks_something_is_left_out_and_told(path, caplog, line):
    path.write_text(f"{WRITTEN}\n[[lines]]\n{line}\n", "utf-8")

    assert load(path).lines == (LINE,)
    assert "a line in the settings" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("text", ["lines = 3", "lines = ['来电']", "lines = 'x'"])
def test_lines_that_are_none_are_told(path, caplog, text):
    path.write_text(text, "utf-8")

    assert load(path).lines == ()
    assert "a line in the settings" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    "text",
    [
        "weekday = 7",
        "weekday = -1",
        "weekday = true",
        "weekday = '周三'",
        "weekday = 2.5",
        "starts = '24:00'",
        "starts = '9:30'",
        "ends = '11:60'",
        "ends = ''",
        "ends = 11:00:00",
        "delay_seconds = -1",
        "delay_seconds = nan",
        "delay_seconds = inf",
        "records_from = '9:50'",
        "released = '25:00'",
        "pre_roll_seconds = -1",
        "pre_roll_seconds = 301",
        "pre_roll_seconds = 2.5",
        "purge_minutes = 9",
        "purge_minutes = 1441",
        "longest_hours = 1",
        "longest_hours = 25",
        "longest_hours = true",
        "limit_contact = 0",
        "limit_plan = -3",
        "limit_close = 5.5",
        "limit_close_complex = 0",
        "theme = 'pink'",
        "union = 3",
    ],
)
def test_a_value_out_of_range_becomes_the_default_and_is_told(path, caplog, text):
    path.write_text(f"{text}\nhost = '林晓'\n", "utf-8")

    assert load(path) == Settings(host="林晓")
    assert text.split()[0] in caplog.text
    caplog.clear()


@pytest.mark.parametrize("text", ["starts = '11:00'", "ends = '10:00'", "ends = '09:00'"])
def test_a_broadcast_that_ends_before_it_starts_has_the_default_times(path, caplog, text):
    path.write_text(f"{text}\nreleased = '12:00'\nhost = '林晓'\n", "utf-8")

    assert load(path) == Settings(host="林晓")
    assert "ends before it starts" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("content", ["union = ", "\x00", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_kept_when_settings_are_saved(path, caplog, content):
    broken = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(broken)

    assert load(path) == Settings()
    save(SET, path)

    assert "the settings cannot be read" in caplog.text
    assert load(path) == SET
    assert path.with_name("settings.toml.bad").read_bytes() == broken
    caplog.clear()


def test_a_save_that_fails_midway_leaves_the_old_file(small_disk):
    path = small_disk / "settings.toml"
    save(SET, path)
    filler = disk.fill(small_disk)

    with pytest.raises(OSError, match="space"):
        save(dataclasses.replace(SET, host="甲" * 5000), path)

    assert load(path) == SET
    filler.unlink()
    assert [file.name for file in small_disk.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "content",
    [
        "limit_contact = 401",
        f"limit_close = {'9' * 30}",
        f"delay_seconds = {'9' * 400}",
        'second_folder = "\\u0000"',
        'operator = "甲\\u0000"',
        '[[lines]]\nname = "来电"\ndevice = "\\u0000"\nrole = ""',
        f"a = {'[' * 100_000}",
        f"limit_plan = {'9' * 5000}",
    ],
)
def test_what_nothing_could_be_done_with_becomes_the_default(path, caplog, content):
    path.write_text(content, encoding="utf-8")

    assert load(path) == Settings()

    assert caplog.text
    caplog.clear()
