"""Each character is printed in a face that has it, or said to be missing."""

import re
import zlib

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from hotline_desk.errors import ChineseFontMissing
from hotline_desk.reports.fonts import STAND_IN, Faces, Family, FontFile, find_faces
from hotline_desk.reports.summary import print_summary
from tests.reports.sample_episodes import a_question, summary_of
from tools.fonts.make import font_path

WORDS_OF_THE_DESK = "●○▶■◐〓《》“”‘’（）【】…—，。！？：；、％￥〔〕·①②③④⑤"
RARE_IN_NAMES = "䶮𠮷㙍龑堃喆昇祎頔旸翀犇骉淼焱垚曌甯仝佘尧妤婳孃"


@pytest.fixture
def small_face(tmp_path):
    """Return a function that makes a face of a few characters."""

    def made(characters: str, name: str) -> Family:
        font = TTFont(font_path("Regular"))
        subsetter = Subsetter()
        subsetter.populate(text=characters)
        subsetter.subset(font)
        for record in font["name"].names:  # reportlab knows a face by its PostScript name
            if record.nameID == 6:
                record.string = f"Small-{name}"
        path = tmp_path / f"{name}.ttf"
        font.save(path)
        return Family(FontFile(path))

    return made


@pytest.mark.parametrize("bold", [False, True])
def test_the_program_s_own_faces_have_every_ideograph_of_gbk_and_rare_names(bold):
    faces = find_faces()
    ideographs = [chr(code) for code in range(0x4E00, 0x9FA6)]

    for character in [*ideographs, *WORDS_OF_THE_DESK, *RARE_IN_NAMES]:
        faces.sign(character, bold=bold)

    assert len(ideographs) == 20902
    assert not faces.missing


def test_bold_is_another_font_than_regular():
    faces = find_faces()

    assert faces.sign("工").font != faces.sign("工", bold=True).font


def test_a_character_that_one_face_lacks_comes_from_the_next(small_face):
    faces = Faces([small_face("工资", "first"), small_face("工资欠〓", "second")])

    signs = [faces.sign(character) for character in "工欠"]

    assert signs[0].font != signs[1].font
    assert not faces.missing


def test_a_character_that_no_face_has_is_printed_as_a_sign_and_told(small_face):
    faces = Faces([small_face("工资〓", "only")])

    sign = faces.sign("欠", bold=True)

    assert sign.character == STAND_IN
    assert faces.missing == {"欠"}


def test_a_face_that_cannot_be_read_is_passed_over(small_face, tmp_path, caplog):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")
    faces = Faces([Family(FontFile(broken)), small_face("工〓", "sound")])

    assert faces.sign("工").character == "工"

    assert "broken.ttf" in caplog.text
    caplog.clear()


def test_a_machine_without_a_usable_face_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("hotline_desk.reports.fonts._SHARED", tmp_path)
    monkeypatch.setenv("WINDIR", str(tmp_path))

    with pytest.raises(ChineseFontMissing):
        find_faces(tmp_path)


def test_the_pdf_holds_the_fonts_and_says_what_their_glyphs_mean(tmp_path):
    path = tmp_path / "a.pdf"

    print_summary(summary_of([a_question(1, text="𠮷")]), path)

    content = path.read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    unpacked = [zlib.decompress(raw) for raw in streams if raw[:1] == b"x"]
    assert b"/FontFile2" in content
    assert any(b"<D842DFB7>" in stream for stream in unpacked)
