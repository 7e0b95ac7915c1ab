"""The fonts are made once, and a missing package is told in one sentence."""

import pytest

from tools.fonts import make as making


def test_fonts_that_are_there_are_not_made_again():
    before = making.font_path("Regular").stat().st_mtime_ns

    assert making.make() is False

    assert making.font_path("Regular").stat().st_mtime_ns == before


def test_a_missing_package_is_told_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "SOURCES", tmp_path)

    with pytest.raises(making.PackageMissing):
        making.make(tmp_path / "fonts")

    assert not (tmp_path / "fonts").exists()


def test_the_licence_lies_beside_the_fonts():
    licence = (making.FOLDER / "LICENCE.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
