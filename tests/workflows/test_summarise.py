"""From the ledger and the takes to the paper."""

import argparse
import dataclasses
from datetime import date, datetime, timedelta

import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.domain.calls import Caller, CallState, Gender, NewCall
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import Handling, NewQuestion, QuestionQuery, Span
from hotline_desk.domain.statistics.closings import Opening, PublishedCategory
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.summary import DUMPED, UNREAD
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.errors import EpisodeNotFound, WorkspaceNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings, save
from hotline_desk.speech.models import DEMO_IN_PRINT, DEMO_NOTICE, model_notice
from hotline_desk.take.consolidated import CONSOLIDATED
from hotline_desk.take.marks import Mark, MarkKind, add_mark
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.assign import assign
from hotline_desk.workflows.cases import open_case
from hotline_desk.workflows.statistics import reckon
from hotline_desk.workflows.summarise import (
    episode_summary,
    summarise,
    summary,
)
from tests.capture.test_health import note
from tests.ended_takes import make_take, run
from tests.reports.pdf_reader import ReadPdf, without_space

pytestmark = pytest.mark.usefixtures("fonts")

BY = "导播"
TAKE = "episodes/2026-11-25-第190期/take-095000"
DELAY = 20.0


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "工会法律在线")


@pytest.fixture
def take(workspace):
    folder = workspace.root / TAKE
    folder.mkdir(parents=True)
    line = LineInfo(
        id="line1", name="来电", role="来电", device="file:x.wav", channel=1, rate_hz=8000
    )
    create_take(folder, [line], started_at=now(), monotonic_ns=0, delay_seconds=DELAY, speed=1.0)
    return folder


@pytest.fixture
def ledger(workspace, take):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=189, on=date(2026, 11, 18)), by=BY)
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25), host="林晓"), by=BY)
        yield ledger


@pytest.fixture
def cleaners(ledger):
    """The call of eleven cleaners: on the air, ended, its question answered and confirmed."""
    call = ledger.add_call(
        NewCall(
            episode=190,
            caller=Caller(name="董小红", title=Gender.WOMAN, phone="13800125678"),
            at=now(),
        ),
        by=BY,
    )
    for state in (CallState.ON_AIR, CallState.ENDED):
        ledger.set_state(call.id, state, at=now(), by=BY)
    question = ledger.add_question(
        NewQuestion(
            episode=190,
            call_id=call.id,
            category=Category.WAGES,
            text="我叫董小红，阳光物业拖欠十一个人工资33,000元，电话13800125678",
            answer="可以推举代表人申请仲裁。",
            employer="阳光物业",
            people=11,
            handling=Handling.CASE,
            take=TAKE,
            asked=Span(line="来电", start=60.0, end=90.0),
            answered=Span(line="来电", start=95.0, end=130.0),
            at=now(),
        ),
        by=BY,
    )
    return ledger.save_question(dataclasses.replace(question, confirmed=True), by=BY)


def now():
    return datetime.now().astimezone()


def record(ledger, workspace, **changes):
    wanted = {"internal": False, "notice": "", "settings": Settings(), "workspace": workspace}
    return episode_summary(ledger, 190, **wanted | changes)


def test_the_paper_says_what_the_ledger_knows(qapp, ledger, workspace, cleaners, tmp_path):
    path = summarise(ledger, 190, tmp_path / "new" / "纪要.pdf", workspace=workspace)

    pdf = ReadPdf.read(path)
    assert "《工会法律在线》第190期节目纪要" in pdf.text
    assert "主持人林晓" in pdf.text
    assert "我叫董某，某物业公司拖欠十一个人工资33,000元，电话138****5678" in pdf.text
    assert "可以推举代表人申请仲裁。" in pdf.text
    assert cleaners.number in pdf.text


def test_figures_count_calls_on_the_air_by_their_history(ledger, workspace, cleaners):
    open_case(ledger, [cleaners.id], by=BY)
    for state in (CallState.ANSWERED, CallState.OFFLINE):
        other = ledger.add_call(NewCall(episode=190, at=now()), by=BY)
        ledger.set_state(other.id, state, at=now(), by=BY)

    counted = record(ledger, workspace).figures

    assert (counted.calls, counted.aired, counted.offline) == (3, 1, 1)
    assert (counted.questions, counted.cases, counted.collective) == (1, 1, 1)


def test_totals_are_those_of_the_statistics_page(ledger, workspace, cleaners):
    def asked(category, day, episode=None):
        at = datetime(2026, *day, 10, tzinfo=STUDIO_ZONE)
        ledger.add_question(NewQuestion(episode=episode, category=category, at=at), by=BY)

    asked(Category.WAGES, (11, 18), episode=189)
    asked(Category.DISMISSAL, (11, 19))
    asked(Category.WAGES, (12, 2))
    for figure, value in (("category.工资", 400), ("category.社保缴纳", 300)):
        ledger.keep(Opening(figure=figure, value=value), by=BY)
    ledger.keep(PublishedCategory(category=Category.DISMISSAL, published="劳动合同"), by=BY)

    counted = record(ledger, workspace).figures

    day = Period.of_day(date(2026, 11, 25))
    page = reckon(ledger, workspace).counted(day)
    told = {share.heading: share.total for share in counted.categories}
    assert told == {"工资": 402, "社保缴纳": 300, "劳动合同": 1, "工伤": 0}
    assert all(page[f"category.{heading}"].columns.total == told[heading] for heading in told)
    assert [share.count for share in counted.categories] == [1, 0, 0, 0]
    assert (counted.until, counted.opening) == (day.last, 700)


def test_what_was_said_before_a_dump_is_not_published(ledger, workspace, take, cleaners):
    add_mark(take, Mark(kind=MarkKind.DUMP, at=100.0, wall=now()))

    public = record(ledger, workspace).questions[0]
    internal = record(ledger, workspace, internal=True).questions[0]

    assert public.text == DUMPED
    assert public.answer == DUMPED
    assert "董小红" in internal.text


def test_a_dump_after_the_question_leaves_it(ledger, workspace, take, cleaners):
    add_mark(take, Mark(kind=MarkKind.DUMP, at=130.0 + DELAY + 1, wall=now()))

    assert "工资" in record(ledger, workspace).questions[0].text


def test_the_internal_version_tells_delay_dumps_and_how_sound_the_take_is(
    ledger, workspace, take, cleaners
):
    add_mark(take, Mark(kind=MarkKind.DUMP, at=300.0, wall=now()))

    checks = dict(record(ledger, workspace, internal=True).broadcast_checks)

    assert checks["延时播出"] == "20 秒"
    assert checks["删延时"] == "1 次"
    assert checks["录音质量"] == "有问题：录音程序中途退出，最后一秒可能缺失"
    assert record(ledger, workspace).broadcast_checks == ()


def test_without_its_take_the_paper_is_printed_but_not_what_was_heard(
    ledger, workspace, take, cleaners
):
    add_mark(take, Mark(kind=MarkKind.DUMP, at=100.0, wall=now()))
    take.rename(workspace.root / "moved")

    public = record(ledger, workspace).questions[0]
    internal = record(ledger, workspace, internal=True)

    assert (public.text, public.answer) == (UNREAD, UNREAD)
    assert "董小红" in internal.questions[0].text
    assert ("录音", f"找不到“{TAKE}”，延时与删延时无法核对") in internal.broadcast_checks


def quality(ledger, workspace):
    checks = record(ledger, workspace, internal=True).broadcast_checks
    return next(finding for name, finding in checks if name == "录音质量")


@pytest.fixture
def recorded(ledger, workspace):
    """A take of two lines that has ended."""
    folder = make_take(workspace.root / f"{TAKE}-2")
    ledger.add_take(f"{TAKE}-2", 190, now())
    return folder


def test_a_take_with_nothing_against_it_is_told_so(ledger, workspace, recorded):
    assert quality(ledger, workspace) == "没有断点"


def test_a_lost_file_is_told_as_the_health_sheet_tells_it(ledger, workspace, recorded):
    (recorded / "line1-000000480000.wav").unlink()
    note(recorded, "gap", line="line1", sample=5, samples=24_000, seconds=3.0)
    note(recorded, "sync_failed", errno=5)

    told = quality(ledger, workspace)

    assert told == (
        "有问题：磁盘有 1 次没能写实，那时断电会丢声音；来电 缺 1 段文件；来电 断 1 处，共 3 秒"
    )
    assert told == health_sheet(recorded).verdict


def test_a_lost_archive_and_a_lost_record_of_one_are_told(ledger, workspace, recorded):
    run(workspace, recorded)
    kept = (recorded / CONSOLIDATED).read_bytes()
    (recorded / CONSOLIDATED).unlink()
    unrecorded = quality(ledger, workspace)
    (recorded / CONSOLIDATED).write_bytes(kept)
    (recorded / "line1.flac").unlink()

    lost = quality(ledger, workspace)

    assert unrecorded.startswith("有问题：来电 的归档记录丢失，声音还在 line1.flac，无法核对")
    assert lost == "有问题：来电 的声音文件全部缺失，应有 2 分 30 秒"


def test_the_internal_version_checks_takes_without_a_question(ledger, workspace, take):
    ledger.add_take(TAKE, 190, now())
    ledger.add_take("episodes/2026-11-18-第189期/take-095000", 189, now())
    add_mark(take, Mark(kind=MarkKind.DUMP, at=300.0, wall=now()))

    checks = record(ledger, workspace, internal=True).broadcast_checks

    assert [finding for name, finding in checks if name == "删延时"] == ["1 次"]


def test_more_questions_than_one_page_of_the_ledger_are_all_there(ledger, workspace):
    with ledger.together():
        for minute in range(520):
            ledger.add_question(
                NewQuestion(episode=190, at=now() + timedelta(minutes=minute)), by=BY
            )

    made = record(ledger, workspace)

    assert len({question.number for question in made.questions}) == 520


def test_an_unknown_episode_is_told_and_nothing_is_written(ledger, workspace, tmp_path):
    with pytest.raises(EpisodeNotFound):
        summarise(ledger, 7, tmp_path / "a.pdf", workspace=workspace)

    assert not (tmp_path / "a.pdf").exists()


def test_the_command_tells_where_the_paper_is_and_what_is_in_it(
    qapp, ledger, workspace, cleaners, tmp_path
):
    save(Settings(union="莒县总工会"), workspace.settings)
    args = argparse.Namespace(
        workspace=workspace, episode=190, output=tmp_path / "a.pdf", internal=False, why=""
    )

    lines = list(summary(args))

    pdf = ReadPdf.read(tmp_path / "a.pdf")
    assert len(lines) == 1
    assert lines[0].facts["pages"] == len(pdf.pages)
    assert lines[0].facts["questions"] == 1
    assert str(tmp_path / "a.pdf") in lines[0].words
    assert "莒县总工会" in pdf.text
    assert pdf.text.count(without_space(DEMO_IN_PRINT)) == 1
    assert "model install" not in pdf.text


def test_the_command_tells_how_many_answers_await_their_lawyer(
    ledger, workspace, cleaners, tmp_path
):
    ledger.save_question(dataclasses.replace(cleaners, confirmed=False), by=BY)
    args = argparse.Namespace(
        workspace=workspace, episode=190, output=tmp_path / "a.pdf", internal=False, why=""
    )

    told = next(summary(args))

    assert told.facts["withheld"] == 1
    assert "1 条解答待律师确认" in told.words


def test_the_command_makes_no_ledger_where_there_is_none(tmp_path):
    workspace = Workspace(tmp_path / "empty")
    args = argparse.Namespace(
        workspace=workspace, episode=190, output=tmp_path / "a.pdf", internal=False, why=""
    )

    with pytest.raises(WorkspaceNotFound):
        list(summary(args))

    assert not workspace.root.exists()


def test_without_a_place_the_paper_lies_in_the_folder_of_its_episode(ledger, workspace, cleaners):
    for internal, name in ((False, "第190期节目纪要.pdf"), (True, "第190期节目纪要（内部版）.pdf")):
        args = argparse.Namespace(
            workspace=workspace, episode=190, output=None, internal=internal, why="存档"
        )

        (told,) = summary(args)

        place = workspace.episodes / ledger.episode(190).folder_name / name
        assert place.is_file()
        assert str(place) in told.words


def test_a_real_model_needs_no_notice_even_when_it_is_gone():
    assert model_notice(Settings(model="vosk-model-cn-0.22")) == ""
    assert model_notice(Settings()) == DEMO_NOTICE


def test_a_case_is_followed_in_the_paper(ledger, workspace, cleaners):
    question = ledger.questions(QuestionQuery(episode=190))[0]
    case = open_case(ledger, [question.id], by=BY)
    assign(ledger, case.id, owner="劳模调解员丁", route=None, by=BY)

    entry = next(
        entry
        for entry in record(ledger, workspace).follow_ups
        if entry.number.startswith(question.number)
    )

    assert entry.number == f"{question.number} {case.number}"
    assert (entry.owner, entry.state) == ("劳模调解员丁", "待联系")
    assert entry.due


def test_cases_worth_telling_and_corrected_answers_stand_in_the_paper(
    ledger, workspace, cleaners, monkeypatch
):
    assert (record(ledger, workspace).typical_cases, record(ledger, workspace).corrections) == (
        (), ()
    )  # fmt: skip
    case = open_case(ledger, [cleaners.id], by=BY)
    ledger.keep(
        Publication(item="纪要", episode=190, place="职工大讲堂", published_on=now().date()), by=BY
    )
    later = now() + timedelta(days=3)
    monkeypatch.setattr("hotline_desk.ledger.changing.studio_now", lambda: later)  # another clock
    ledger.save_question(dataclasses.replace(cleaners, answer="先申请仲裁。"), by=BY)

    told = record(ledger, workspace)

    (typical,) = told.typical_cases
    assert typical == f"{case.number} 某物业公司：工资，涉及 11 人（集体争议）"
    (corrected,) = told.corrections
    assert corrected.endswith(f"解答要点于 {later:%Y-%m-%d} 更正。")
