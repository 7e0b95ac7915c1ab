import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QLineEdit

import hotline_desk.ui
from hotline_desk.paths import resource
from hotline_desk.ui.kit import icons, tokens
from hotline_desk.ui.kit.style import font, stylesheet

UI = Path(hotline_desk.ui.__file__).parent
THEMES = (tokens.LIGHT, tokens.DARK)


@pytest.mark.parametrize("theme", THEMES, ids=("light", "dark"))
@pytest.mark.parametrize("pair", tokens.TEXT_PAIRS, ids="-".join)
def test_text_can_be_read_on_its_ground(theme, pair):
    text, ground = (getattr(theme, name) for name in pair)

    assert tokens.contrast(text, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=("light", "dark"))
@pytest.mark.parametrize("ground", ["page", "surface", "raised"])
def test_edges_of_controls_can_be_seen(theme, ground):
    assert tokens.contrast(theme.control, getattr(theme, ground)) >= 3.0


@pytest.mark.parametrize("theme", THEMES, ids=("light", "dark"))
def test_a_hint_can_be_read(qtbot, theme):
    field = QLineEdit()
    qtbot.addWidget(field)

    field.setStyleSheet(stylesheet(theme))

    field.ensurePolished()
    hint = field.palette().placeholderText().color()
    assert hint.alpha() == 255  # what shows through is not as dark as its name
    assert tokens.contrast(hint.name(), theme.surface) >= 4.5


def test_contrast_is_that_of_the_standard():
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_colours_stand_in_the_tokens_alone():
    found = {
        path.name
        for path in UI.rglob("*.py")
        if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
    }

    assert found == {"tokens.py"}


@pytest.mark.parametrize("theme", THEMES, ids=("light", "dark"))
def test_nothing_is_smaller_than_twelve(theme):
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", stylesheet(theme))]

    assert min(sizes) >= 12


def test_chinese_is_set_in_simplified_shapes(qapp):
    assert QFontInfo(font()).family() in tokens.FAMILIES
    assert not any("JP" in family for family in font().families())


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_icons_are_drawn_on_our_grid_and_take_the_themes_colour(path):
    drawing = path.read_text(encoding="utf-8")
    themed = {"chevron-light": tokens.LIGHT.control, "chevron-dark": tokens.DARK.control,
              "check-light": tokens.LIGHT.accent, "check-dark": tokens.DARK.accent}  # fmt: skip

    if path.stem in themed:  # a stylesheet cannot colour an image
        assert themed[path.stem] in drawing
    else:
        assert 'viewBox="0 0 20 20"' in drawing
        assert 'stroke-width="1.5"' in drawing
        assert "currentColor" in drawing


def test_an_icon_is_painted_in_the_colour_asked_for(qapp):
    image = icons.pixmap("on-air", "#C9281C", 20, 2.0).toImage()

    assert image.width() == 40
    assert image.pixelColor(20, 20) == QColor("#C9281C")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there they cannot be used up")
def test_none_and_true_cannot_be_used_up():
    assert min(sys.getrefcount(constant) for constant in (None, True, False)) > 1 << 39
