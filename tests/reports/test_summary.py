"""The printed summary: its sections, what it says and what it keeps to itself."""

import re

import pytest
from reportlab.lib.pagesizes import A4

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.categories import Category
from hotline_desk.domain.statistics.episode_figures import category_shares
from hotline_desk.domain.summary import DISCLAIMER
from hotline_desk.errors import NoRoomForFile, PdfUnwritable
from hotline_desk.reports.linebreak import NEVER_FIRST, NEVER_LAST
from hotline_desk.reports.question_block import AWAITS_LAWYER
from hotline_desk.reports.summary import NOTHING, print_summary
from hotline_desk.reports.tokens import PAPER_MARGIN
from tests.reports.pdf_reader import without_space
from tests.reports.sample_episodes import NOTICE, a_question, episode, figures_of, summary_of
from tests.small_disk import fill, small_disk

__all__ = ["small_disk"]

PUBLIC_SECTIONS = (
    "一、节目信息", "二、本期概况", "三、类别分布", "四、问题与解答", "五、转办与跟踪",
    "六、典型案例", "七、更正说明", "八、整理 / 解答律师确认 / 审核 / 签发",
)  # fmt: skip
INTERNAL_SECTIONS = (
    *PUBLIC_SECTIONS[:7], "八、播出合规与录音质量（内部版）",
    "九、整理 / 解答律师确认 / 审核 / 签发",
)  # fmt: skip


def an_hour(size: int):
    return [a_question(number + 1) for number in range(size)]


@pytest.mark.parametrize("size", [0, 1, 3, 40])
def test_every_section_stands_there_in_order(printed, size):
    pdf = printed(summary_of(an_hour(size)))

    places = [pdf.text.index(without_space(title)) for title in PUBLIC_SECTIONS]
    assert places == sorted(places)
    assert tuple(mark.title for mark in pdf.bookmarks if mark.level == 0) == PUBLIC_SECTIONS


def test_the_internal_version_has_one_section_more(printed):
    summary = summary_of(an_hour(2), internal=True, broadcast_checks=(("延时播出", "20 秒"),))

    pdf = printed(summary)

    assert tuple(mark.title for mark in pdf.bookmarks if mark.level == 0) == INTERNAL_SECTIONS
    assert "延时播出20秒" in pdf.text


@pytest.mark.parametrize("size", [1, 3, 40])
def test_every_question_is_there_with_its_bookmark_on_its_page(printed, size):
    questions = an_hour(size)
    summary = summary_of(questions)

    pdf = printed(summary)

    for question in summary.questions:
        assert without_space(question.text) in pdf.text
        assert without_space(question.caller) in pdf.text
    marks = [mark for mark in pdf.bookmarks if mark.level == 1]
    assert len(marks) == size
    for mark, question in zip(marks, summary.questions, strict=True):
        assert question.time_code in pdf.pages[mark.page]


@pytest.mark.parametrize("size", [0, 1, 3, 40])
def test_every_page_says_which_of_how_many_it_is(printed, size):
    pdf = printed(summary_of(an_hour(size)))

    for number, page in enumerate(pdf.pages, 1):
        assert f"第 {number} 页 共 {len(pdf.pages)} 页" in page
        assert without_space(DISCLAIMER) in without_space(page)


def test_the_public_version_names_nobody(printed):
    pdf = printed(summary_of(an_hour(5)))

    for told in (
        "董小红",
        "13800125678",
        "欧阳文静",
        "8781234",
        "阳光物业",
        "兴业机械",
        "石臼街道",
    ):
        assert told not in pdf.text
    for masked in ("董女士", "138****5678", "欧阳某", "某物业公司", "某机械厂", "公开版"):
        assert masked in pdf.text


def test_the_internal_version_names_them_and_says_so(printed):
    pdf = printed(summary_of(an_hour(5), internal=True))

    for told in ("董小红", "13800125678", "0633-8781234", "日照市阳光物业服务有限公司"):
        assert told in pdf.text
    assert "内部版" in pdf.text
    assert "含个人信息，限内部使用" in pdf.text


def test_an_answer_waits_for_its_lawyer(printed):
    unconfirmed = a_question(1, confirmed=False)

    public = printed(summary_of([unconfirmed]))
    internal = printed(summary_of([unconfirmed], internal=True))

    assert AWAITS_LAWYER in public.text
    assert "工资应当按月足额支付" not in public.text
    assert "第八十五条" not in public.text
    assert f"【{AWAITS_LAWYER}】工资应当按月足额支付" in internal.text
    assert "第八十五条" in internal.text


def test_the_notice_stands_once_before_the_questions(printed):
    pdf = printed(summary_of(an_hour(3), notice=NOTICE))

    assert pdf.text.count(without_space(NOTICE)) == 1
    assert pdf.text.index(without_space(NOTICE)) < pdf.text.index("诉求要点")


def test_the_chart_leaves_out_what_nobody_has_asked_about(printed):
    wages = a_question(1, category=Category.WAGES)
    counted = figures_of([wages], categories=category_shares({"工资": 1}, {"工资": 1}))

    chart = printed(summary_of([wages], figures=counted)).text
    chart = chart[chart.index("类别分布") : chart.index("问题与解答")]

    assert "工资1" in chart
    assert "社保缴纳" not in chart


def test_what_was_before_the_ledger_is_told_beside_its_total(printed):
    questions = an_hour(3)

    plain = printed(summary_of(questions)).text
    with_opening = printed(summary_of(questions, figures=figures_of(questions, opening=480))).text

    assert "开栏累计503条（截至11月25日周三）" in plain
    assert "开栏累计503条（截至11月25日周三，含期初数480条）" in with_opening


def test_properties_hold_nothing_of_what_callers_said(printed):
    pdf = printed(summary_of(an_hour(3), internal=True))

    assert pdf.properties["Title"] == "《工会法律在线》第 190 期节目纪要"
    assert pdf.properties["Subject"] == "2026年11月25日 周三 内部版"
    everything = "".join(pdf.properties.values())
    for told in ("董", "欧阳", "保洁", "1380"):
        assert told not in everything


def test_lines_keep_the_rules_of_chinese_setting(printed):
    pdf = printed(summary_of(an_hour(40), internal=True))

    assert len(pdf.lines) > 400
    for line in (re.sub(r"^(— )+", "", line) for line in pdf.lines):  # empty cells of a table
        assert line[0] not in NEVER_FIRST, line
        assert line.rstrip()[-1] not in NEVER_LAST, line
    assert not [line for line in pdf.lines if re.search(r"33,000$", line)]


def test_no_text_runs_over_the_margins(printed):
    meeting = a_question(1, text="他说：“（《劳动合同法》）。”“（不）！”；" * 40)

    pdf = printed(summary_of([meeting, *an_hour(9)], internal=True, notice=NOTICE))

    half_a_sign = 6.0
    for left, right in pdf.extents:
        assert left > PAPER_MARGIN - half_a_sign
        assert right < A4[0] - PAPER_MARGIN + half_a_sign


def test_rare_characters_come_out_of_the_pdf_as_they_went_in(printed):
    question = a_question(1, text="李䶮和𠮷野家的龘、㙍")

    pdf = printed(summary_of([question]))

    assert "李䶮和𠮷野家的龘、㙍" in pdf.text


def test_a_character_that_no_face_has_is_shown_and_reported(tmp_path, printed):
    summary = summary_of([a_question(1, text="好😀的\u200b呀\x07")])

    reported = print_summary(summary, tmp_path / "a.pdf").missing
    pdf = printed(summary)

    assert reported == {"😀"}
    assert "好〓的呀" in pdf.text
    assert "本机字体没有的字" in pdf.text


def test_long_words_names_and_topics_fit(printed):
    long_name = "依尔曼江·阿卜杜热合曼·买买提艾力" * 4
    questions = [
        a_question(1, text="拖欠工资怎么办，" * 500),
        a_question(2, caller=Caller(name=long_name, employer="日照" + "阳光" * 60 + "物业")),
        a_question(3, point="诉" * 1500, text="http://x/" + "a" * 900),
    ]

    pdf = printed(summary_of(questions, internal=True, episode=episode(topic="主题" * 400)))

    assert pdf.text.count("拖欠工资怎么办，") >= 400
    assert long_name in pdf.text
    assert "诉" * 1000 in pdf.text


def test_an_empty_section_says_so_in_one_line(printed):
    pdf = printed(summary_of([], figures=figures_of([], categories=())))

    assert len(pdf.pages) == 1
    for title in PUBLIC_SECTIONS[2:7]:
        assert f"{title} {NOTHING}" in pdf.lines


def test_cases_and_corrections_are_printed_in_their_sections(printed):
    summary = summary_of([], typical_cases=("十一名保洁员",), corrections=("第 189 期更正",))

    text = printed(summary).text

    assert "六、典型案例十一名保洁员七、更正说明第189期更正八、" in text


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(printed):
    for size in range(1, 16):
        pdf = printed(summary_of(an_hour(size)))

        for page in pdf.pages:
            *_, last, foot = page.splitlines()
            assert foot.startswith(DISCLAIMER)
            assert last not in PUBLIC_SECTIONS


def test_a_question_that_is_not_long_stands_on_one_page(printed):
    pdf = printed(summary_of(an_hour(40)))

    for mark in (mark for mark in pdf.bookmarks if mark.level == 1):
        order = int(mark.title.split()[0])
        assert f"台账编号 GHFL-2026-190-{order:02}" in pdf.pages[mark.page]


def test_a_pdf_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "old.pdf"
    path.write_bytes(b"old")
    (tmp_path / "old.pdf.new").mkdir()

    with pytest.raises(PdfUnwritable):
        print_summary(summary_of([]), path)

    assert path.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_pdf_is_told_and_nothing_is_left(tmp_path):
    path = tmp_path / "folder.pdf"
    (path / "inside").mkdir(parents=True)

    with pytest.raises(PdfUnwritable):
        print_summary(summary_of([]), path)

    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.pdf"]


def test_a_full_disk_is_told_as_one_and_nothing_is_left(small_disk):
    filler = fill(small_disk)

    with pytest.raises(NoRoomForFile):
        print_summary(summary_of([]), small_disk / "满.pdf")

    assert list(small_disk.iterdir()) == [filler]
