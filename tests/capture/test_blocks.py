import io

import pytest

from hotline_desk.capture import blocks
from hotline_desk.capture.blocks import Begin, Block, BlockFlag, Format
from hotline_desk.errors import (
    DeviceNotFound,
    DeviceRefused,
    NoInputDevice,
    SoundLibraryMissing,
    UndecodableSound,
)


def test_what_one_side_writes_the_other_reads():
    pipe = io.BytesIO()
    sent = [Block(12345, BlockFlag(0), b"\1\0\2\0"), Block(-1, BlockFlag.OVER, b"")]
    blocks.write_format(pipe, Format(48000, 2, 44100, "usb-1"))
    for block in sent:
        blocks.write_block(pipe, block)
    pipe.seek(0)

    assert blocks.read_format(pipe, "a") == Format(48000, 2, 44100, "usb-1")
    assert [blocks.read_block(pipe), blocks.read_block(pipe)] == sent
    assert blocks.read_block(pipe) is None


@pytest.mark.parametrize("cut", [1, 15, 17, 19])
def test_a_torn_block_is_none(cut):
    pipe = io.BytesIO()
    blocks.write_block(pipe, Block(1, BlockFlag(0), b"\1\0\2\0"))

    assert blocks.read_block(io.BytesIO(pipe.getvalue()[:cut])) is None


def test_the_recorders_word_arrives_or_is_missed():
    pipe = io.BytesIO()
    blocks.write_begin(pipe, Begin(7, resumed=True))
    pipe.seek(0)

    assert blocks.read_begin(pipe) == Begin(7, resumed=True)
    assert blocks.read_begin(pipe) is None


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (NoInputDevice(), NoInputDevice),
        (SoundLibraryMissing(), SoundLibraryMissing),
        (DeviceNotFound("a"), DeviceNotFound),
        (DeviceRefused("a"), DeviceRefused),
    ],
)
def test_a_failure_is_told_as_what_it_is(error, raised):
    pipe = io.BytesIO()
    blocks.write_failure(pipe, error)
    pipe.seek(0)

    with pytest.raises(raised):
        blocks.read_format(pipe, "a")


@pytest.mark.parametrize("said", [b"", b"noise", b"{}\n", b"[]\n", b'{"rate_hz": 1, "more": 2}\n'])
def test_a_child_that_says_nothing_has_no_device(said):
    with pytest.raises(DeviceNotFound) as failed:
        blocks.read_format(io.BytesIO(said), "调音台")

    assert failed.value.device == "调音台"


def test_a_file_that_broke_since_is_a_device_that_failed():
    pipe = io.BytesIO()
    blocks.write_failure(pipe, UndecodableSound("a.wav"))
    pipe.seek(0)

    with pytest.raises(DeviceNotFound):
        blocks.read_format(pipe, "file:a.wav")
