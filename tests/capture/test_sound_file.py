import struct
import subprocess
import threading

import numpy as np
import pytest

from hotline_desk.capture.blocks import Begin, Format
from hotline_desk.capture.sound_file import play, sound_format
from hotline_desk.errors import SoundFileNotPcm, UndecodableSound
from hotline_desk.media.ffmpeg import ffmpeg
from hotline_desk.system import steady_ns
from hotline_desk.take.segments import wav_header
from tests.coded_sound import coded, write_coded


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


def converted(source, codec, *more):
    """Return *source* as ffmpeg writes it in another kind of WAV."""
    target = source.with_name(f"{codec}.wav")
    options = ["-nostdin", "-loglevel", "error", "-i", str(source), "-c:a", codec, *more]
    subprocess.run([ffmpeg(), *options, str(target)], check=True)
    return f"file:{target}"


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le", "pcm_s32le"])
@pytest.mark.parametrize("more", [(), ("-metadata", "title=一二三")])
def test_every_width_of_whole_numbers_plays_the_same_sound(tmp_path, codec, more):
    source = write_coded(tmp_path / "a.wav", [0, 1], seconds=0.4, rate_hz=8_000)

    text = converted(source, codec, *more)
    stopping, heard = threading.Event(), b""
    for block in play(text, 10.0, Begin(steady_ns(), resumed=False), stopping):
        heard += block.pcm
        if block.flags:
            stopping.set()

    assert sound_format(text) == Format(8_000, 2)
    frames = np.frombuffer(heard, "<i2").reshape(-1, 2)
    assert frames.tolist() == np.stack([coded(0, 3_200), coded(1, 3_200)], axis=1).tolist()


@pytest.mark.parametrize("codec", ["pcm_f32le", "pcm_u8", "pcm_alaw", "adpcm_ms"])
def test_other_kinds_of_wav_are_told_from_broken_ones(tmp_path, codec):
    source = write_coded(tmp_path / "a.wav", [0], seconds=0.4, rate_hz=8_000)

    with pytest.raises(SoundFileNotPcm):
        sound_format(converted(source, codec))
