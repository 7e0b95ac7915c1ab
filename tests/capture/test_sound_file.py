import struct

import pytest

from hotline_desk.capture.blocks import Format
from hotline_desk.capture.sound_file import sound_format
from hotline_desk.errors import UndecodableSound
from hotline_desk.take.segments import wav_header


def write(path, header):
    path.write_bytes(header + bytes(64))
    return f"file:{path}"


@pytest.mark.parametrize("rate_hz", [4_000, 192_000])
def test_every_rate_of_sound_is_taken(tmp_path, rate_hz):
    assert sound_format(write(tmp_path / "a.wav", wav_header(rate_hz, 64))) == Format(rate_hz, 1)


@pytest.mark.parametrize(
    ("at", "form", "number"),
    [
        (24, "<I", 0),  # samples a second
        (24, "<I", 3_999),
        (24, "<I", 4_000_000_000),
        (16, "<I", 0x8000_0010),  # length of the format's chunk
        (22, "<H", 0),  # channels
        (22, "<H", 30_000),
    ],
)
def test_a_header_that_no_sound_has_is_refused(tmp_path, at, form, number):
    header = bytearray(wav_header(16_000, 64))
    struct.pack_into(form, header, at, number)

    with pytest.raises(UndecodableSound):
        sound_format(write(tmp_path / "a.wav", bytes(header)))
