"""Decoding, levels and clips on real files, with the real ffmpeg."""

import io
import math
import wave

import numpy as np
import pytest

from hotline_desk.errors import (
    FfmpegMissing,
    SoundDamaged,
    SoundFileNotFound,
    UndecodableSound,
)
from hotline_desk.media import clips, ffmpeg
from hotline_desk.media.decode import decode
from hotline_desk.media.levels import peak_dbfs

RATE = 16_000


def _tone(seconds: float, *, rate_hz: int = RATE, amplitude: float = 0.5) -> np.ndarray:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    return (amplitude * 32_767 * np.sin(2 * np.pi * 440 * at)).astype(np.int16)


def _wav(path, samples: np.ndarray, *, rate_hz: int = RATE) -> None:
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def test_a_file_at_the_wanted_rate_comes_back_sample_for_sample(tmp_path):
    samples = _tone(1.3)
    _wav(tmp_path / "甲 乙.wav", samples)

    assert b"".join(decode(tmp_path / "甲 乙.wav")) == samples.tobytes()


def test_stereo_at_another_rate_becomes_mono_of_the_same_length(tmp_path):
    both = np.stack([_tone(2, rate_hz=44_100), _tone(2, rate_hz=44_100)], axis=1)
    _wav(tmp_path / "s.wav", both, rate_hz=44_100)

    mono = np.frombuffer(b"".join(decode(tmp_path / "s.wav")), dtype=np.int16)

    assert len(mono) == pytest.approx(2 * RATE, abs=50)
    assert peak_dbfs(mono.tobytes()) == pytest.approx(-6.02, abs=0.2)


def test_an_mp3_decodes(tmp_path):
    clips.write_clip(_tone(3).tobytes(), RATE, tmp_path / "c.mp3", start=0.5, end=2.5)

    decoded = b"".join(decode(tmp_path / "c.mp3"))

    assert len(decoded) / 2 / RATE == pytest.approx(2.0, abs=0.1)
    assert peak_dbfs(decoded) == pytest.approx(-6.0, abs=0.5)


@pytest.mark.parametrize("stray", [b"\0", bytes(700), b"TAG" + bytes(125), b"\xff\xfb\x90" * 9])
def test_stray_bytes_in_front_of_an_mp3_are_no_damage(tmp_path, stray):
    clips.write_clip(_tone(3).tobytes(), RATE, tmp_path / "c.mp3", start=0.0, end=3.0)
    whole = (tmp_path / "c.mp3").read_bytes()
    (tmp_path / "c.mp3").write_bytes(stray + whole)

    decoded = b"".join(decode(tmp_path / "c.mp3"))

    assert len(decoded) / 2 / RATE == pytest.approx(3.0, abs=0.2)


def test_closing_early_ends_ffmpeg(tmp_path, monkeypatch):
    started = []
    real_start = ffmpeg.start

    def noted(*arguments, **options):
        started.append(real_start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(ffmpeg, "start", noted)
    _wav(tmp_path / "long.wav", _tone(60))
    blocks = decode(tmp_path / "long.wav")
    next(blocks)

    blocks.close()

    assert started[0].returncode is not None


def test_a_missing_file_and_a_file_without_sound_are_told_apart(tmp_path):
    (tmp_path / "letter.txt").write_text("没有声音", encoding="utf-8")

    with pytest.raises(SoundFileNotFound):
        next(decode(tmp_path / "none.wav"))
    with pytest.raises(UndecodableSound):
        list(decode(tmp_path / "letter.txt"))


def _encoded(path, *options: str):
    """Return *path*, with 20 s of a tone in it."""
    _wav(path.with_suffix(".src"), _tone(20))
    arguments = ("-y", "-i", str(path.with_suffix(".src")), *options, str(path))
    with ffmpeg.start(*arguments) as encoder:
        encoder.communicate()
    return path


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.m4a"])
def test_a_file_that_was_cut_off_is_told_after_what_is_left(tmp_path, name):
    path = _encoded(tmp_path / name, *(["-movflags", "+faststart"] if name == "a.m4a" else []))
    assert len(b"".join(decode(path))) / 2 / RATE == pytest.approx(20, abs=0.2)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    heard: list[bytes] = []

    with pytest.raises(SoundDamaged):
        heard.extend(decode(path))

    assert 8 < len(b"".join(heard)) / 2 / RATE < 12


def test_a_file_that_is_broken_in_the_middle_is_told(tmp_path):
    path = _encoded(tmp_path / "a.flac")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 50)

    with pytest.raises(SoundDamaged):
        list(decode(path))


def test_an_ffmpeg_that_is_killed_is_told(tmp_path, monkeypatch):
    started = []
    real_start = ffmpeg.start
    monkeypatch.setattr(
        ffmpeg, "start", lambda *a, **o: started.append(real_start(*a, **o)) or started[-1]
    )
    _wav(tmp_path / "long.wav", _tone(600))
    blocks = decode(tmp_path / "long.wav")
    next(blocks)

    started[0].kill()

    with pytest.raises(SoundDamaged):
        list(blocks)


def test_a_wav_whose_length_was_not_known_and_a_film_are_whole(tmp_path):
    path = tmp_path / "pipe.wav"
    _wav(path, _tone(3))
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff" * 4
    path.write_bytes(content)
    picture = ("-f", "lavfi", "-i", "testsrc=d=24:r=5", "-c:v", "mpeg4")
    film = _encoded(tmp_path / "film.mp4", *picture)

    assert len(b"".join(decode(path))) == 3 * RATE * 2
    assert len(b"".join(decode(film))) / 2 / RATE == pytest.approx(20, abs=0.2)


def test_a_playlist_does_not_send_ffmpeg_elsewhere(tmp_path):
    playlist = tmp_path / "list.m3u8"
    playlist.write_text("#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")

    with pytest.raises(UndecodableSound):
        list(decode(playlist))


def test_a_program_that_is_no_ffmpeg_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))

    with pytest.raises(FfmpegMissing):
        ffmpeg.ffmpeg()


def test_levels_of_known_samples():
    assert peak_dbfs(np.array([-32_768], dtype=np.int16).tobytes()) == 0.0
    assert peak_dbfs(b"") == -math.inf
    assert peak_dbfs(bytes(2_000)) == -math.inf
    assert peak_dbfs(_tone(1).tobytes()) == pytest.approx(-6.02, abs=0.05)


def test_a_clip_is_the_range_with_soft_edges():
    samples = _tone(4)

    with wave.open(io.BytesIO(clips.cut_clip(samples.tobytes(), RATE, start=1, end=2.5))) as clip:
        cut = np.frombuffer(clip.readframes(clip.getnframes()), dtype=np.int16)

    assert len(cut) == int(1.5 * RATE)
    middle = slice(RATE // 50, -RATE // 50)
    assert np.array_equal(cut[middle], samples[RATE : int(2.5 * RATE)][middle])
    assert abs(int(cut[0])) < 400
    assert abs(int(cut[-1])) < 400


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 1), (0, 601)])
def test_no_clip_of_an_empty_or_overlong_range(start, end):
    with pytest.raises(ValueError, match="no clip"):
        clips.cut_clip(bytes(32_000), RATE, start=start, end=end)
