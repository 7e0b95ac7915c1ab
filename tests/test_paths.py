"""Names of files that every system takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.paths import file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("来电 一", "来电 一"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"),
        ("a\0b\nc\x7f", "a_b_c_"),
        ("第190期. ", "第190期"),
        ("..", "_"),
        ("\udcff", "_"),
        ("", "_"),
        ("con", "_con"),
        ("Aux.wav", "_Aux.wav"),
        ("LPT1", "_LPT1"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("com10", "com10"),
    ],
)
def test_what_windows_forbids_is_replaced(text, name):
    assert file_name(text) == name


@given(st.text(alphabet=st.characters(), max_size=300) | st.text(alphabet="工😀. ", min_size=90))
def test_any_text_becomes_a_name_that_can_be_written(tmp_path_factory, text):
    name = file_name(text)

    assert 0 < len(name.encode()) <= 236
    assert file_name(name) == name
    file = tmp_path_factory.getbasetemp() / f".{name}-10.json.new"
    file.write_bytes(b"")
    file.unlink()
