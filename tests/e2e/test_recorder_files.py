"""The recorder on sound files: the whole way, with real processes."""

import json
import signal
import subprocess
import sys
import wave

import pytest

from hotline_desk.capture.running import running_take
from hotline_desk.paths import Workspace
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take, ask_to_stop
from tests.coded_sound import Run, runs, write_coded
from tests.recorder_process import RecorderProcess, alive, events, wait_until

RATE = 16000


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "工作 文件夹"


@pytest.fixture
def two_lines(tmp_path):
    return write_coded(tmp_path / "两 路.wav", [0, 1], seconds=8, rate_hz=RATE)


def whole(take, name):
    return runs(take.read(name, 0, take.length(name)), lines=3)


def test_two_channels_of_a_file_become_two_lines_sample_for_sample(workspace, two_lines):
    lines = (f"来电=file:{two_lines}?speed=8", f"演播室=file:{two_lines}?channel=2&speed=8")

    code, facts, said = RecorderProcess(workspace, *lines).wait()

    take = Take(workspace / "take")
    assert (code, said) == (0, "")
    assert whole(take, "来电") == [Run(0, 0, 0, 8 * RATE)]
    assert whole(take, "演播室") == [Run(0, 1, 0, 8 * RATE)]
    assert facts[0] == {"take": str(take.folder), "lines": ["来电", "演播室"], "absent": {}}
    assert facts[1]["reason"] == "over"
    assert facts[1]["lines"]["来电"] == {
        "samples": 8 * RATE,
        "seconds": 8.0,
        "gaps": 0,
        "missing": 0.0,
    }
    assert take.ended_in_order


def test_take_time_of_a_fast_file_is_the_files_own_time(workspace, two_lines):
    with RecorderProcess(workspace, f"来电=file:{two_lines}?speed=8") as recorder:
        take = recorder.started()
        recorder.wait()

    assert take.speed == 8.0
    assert events(take, "anchor")
    for second in (0.0, 1.5, 7.9):
        assert take.sample_at("来电", second) == pytest.approx(second * RATE, abs=1)
    assert take.now() == pytest.approx(8.0, abs=0.001)


def test_a_file_that_ends_first_goes_on_as_silence(workspace, tmp_path, two_lines):
    short = write_coded(tmp_path / "short.wav", [2], seconds=3, rate_hz=8000)
    lines = (f"来电=file:{short}?speed=8", f"演播室=file:{two_lines}?channel=2&speed=8")

    RecorderProcess(workspace, *lines).wait()

    take = Take(workspace / "take")
    sound, silence = whole(take, "来电")
    assert sound == Run(0, 2, 0, 3 * 8000)
    assert silence.line is None
    assert silence.count == pytest.approx(5 * 8000, abs=0.5 * 8000)


def test_a_file_that_was_cut_off_ends_where_its_sound_ends(workspace, tmp_path, two_lines):
    cut = tmp_path / "cut.wav"
    cut.write_bytes(two_lines.read_bytes()[: 44 + 4 * 20_000 + 3])

    code, facts, _ = RecorderProcess(workspace, f"来电=file:{cut}?speed=8").wait()

    assert (code, facts[-1]["reason"]) == (0, "over")
    assert whole(Take(workspace / "take"), "来电") == [Run(0, 0, 0, 20_000)]


def test_real_time_is_real_time_and_for_ends_it(workspace, two_lines):
    options = ("--for", "1")

    code, facts, _ = RecorderProcess(workspace, f"来电=file:{two_lines}", more=options).wait()

    assert code == 0
    assert facts[1]["reason"] == "time"
    assert 1.0 <= facts[1]["lines"]["来电"]["seconds"] < 1.5
    wall = [event["wall"] for event in Take(workspace / "take").events()]
    assert wall == sorted(wall)


@pytest.mark.parametrize(
    ("ending", "reason"), [("stop", "stop"), ("SIGTERM", "signal"), ("SIGINT", "signal")]
)
def test_orders_end_the_take_in_order(workspace, two_lines, ending, reason):
    with RecorderProcess(workspace, f"来电=file:{two_lines}") as recorder:
        take = recorder.started(0.2)
        if ending == "stop":
            ask_to_stop(take.folder)
        else:
            recorder.process.send_signal(getattr(signal, ending))
        code, facts, _ = recorder.wait()

    assert code == 0
    assert facts[-1]["reason"] == reason
    assert take.events()[-1]["event"] == "end"
    assert [run.line for run in whole(take, "来电")] == [0]
    assert facts[-1]["lines"]["来电"]["samples"] == take.length("来电")


def test_the_take_can_be_read_by_others_while_it_runs(workspace, two_lines):
    with RecorderProcess(workspace, f"来电=file:{two_lines}") as recorder:
        take = recorder.started(0.3)

        with wave.open(str(segments(take.folder, "line1")[0].path)) as file:
            assert file.getnframes() > 0.2 * RATE
        assert not take.ended
        assert running_take(Workspace(workspace)) == take.folder
        ask_to_stop(take.folder)
        recorder.wait()

    assert take.ended
    assert running_take(Workspace(workspace)) is None


def test_a_second_recorder_is_refused_and_the_first_goes_on(workspace, two_lines):
    line = f"来电=file:{two_lines}"
    with RecorderProcess(workspace, line) as recorder:
        take = recorder.started()

        code, facts, said = RecorderProcess(workspace, line, take=workspace / "second").wait()

        assert (code, facts) == (1, [])
        assert "已经在录音" in said
        assert not (workspace / "second").exists()
        assert not take.ended
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0


def test_asking_whether_a_recorder_runs_never_keeps_one_from_starting(workspace, two_lines):
    workspace.mkdir()
    asked = Workspace(workspace)
    with RecorderProcess(workspace, f"来电=file:{two_lines}", more=("--for", "0.5")) as recorder:
        wait_until(lambda: running_take(asked) or recorder.process.poll() is not None)

        assert recorder.wait()[0] == 0


BAD_FILE = "读不出声音"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("来电", "看不懂线路“来电”"),
        ("=file:a.wav", "看不懂线路“=file:a.wav”"),
        ("来电=file:", "看不懂线路"),
        ("来电=file:{good}?speed=fast", "看不懂线路"),
        ("来电=file:{good}?speed=0", "看不懂线路"),
        ("来电=file:{good}?pitch=2", "看不懂线路"),
        ("来电=file:{good}?channel=3", "只有 2 个声道"),
        ("来电=file:{folder}/没有.wav", "找不到声音文件"),
        ("来电=file:{folder}/text.wav", BAD_FILE),
        ("来电=file:{folder}/cut.wav", BAD_FILE),
        ("来电=file:{folder}/header.wav", BAD_FILE),
        ("来电=file:{folder}/8bit.wav", BAD_FILE),
        ("来电=file:{folder}/empty.wav", BAD_FILE),
        ("来电=file:{folder}", BAD_FILE),
    ],
)
def test_a_bad_line_is_one_sentence_and_leaves_nothing(
    workspace, tmp_path, two_lines, line, sentence
):
    (tmp_path / "text.wav").write_text("这不是声音")
    (tmp_path / "cut.wav").write_bytes(two_lines.read_bytes()[:30])
    (tmp_path / "header.wav").write_bytes(two_lines.read_bytes()[:46])
    for name, width, frames in (("8bit.wav", 1, b"12"), ("empty.wav", 2, b"")):
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((1, width, 8000, 0, "NONE", ""))
            file.writeframes(frames)

    text = line.format(good=two_lines, folder=tmp_path)
    code, facts, said = RecorderProcess(workspace, text).wait()

    assert (code, facts) == (2 if "看不懂" in sentence else 1, [])
    assert sentence in said
    assert said.count("\n") == 1
    assert not (workspace / "take").exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--role", "来电=嘉宾"), "嘉宾"),
        (("--role", "别人=来电"), "别人"),
        (("--line", "来电=file:{good}"), "看不懂线路"),
        (("--line", "演播室=file:{good}?speed=2"), "看不懂线路"),
    ],
)
def test_roles_names_and_speeds_must_fit_together(workspace, two_lines, more, sentence):
    more = [text.format(good=two_lines) for text in more]

    code, _, said = RecorderProcess(workspace, f"来电=file:{two_lines}", more=more).wait()

    assert code == 2
    assert sentence in said


def test_a_folder_that_holds_something_is_left_alone(workspace, two_lines):
    (workspace / "take").mkdir(parents=True)
    (workspace / "take" / "notes.txt").write_text("别动")

    code, _, said = RecorderProcess(workspace, f"来电=file:{two_lines}").wait()

    assert code == 1
    assert "请换一个空文件夹" in said
    assert [path.name for path in (workspace / "take").iterdir()] == ["notes.txt"]


def test_a_workspace_that_cannot_be_written_is_told(tmp_path, two_lines):
    (tmp_path / "file").write_text("")

    code, _, said = RecorderProcess(tmp_path / "file" / "ws", f"来电=file:{two_lines}").wait()

    assert code == 1
    assert "不能写入" in said


def test_when_the_recorder_is_gone_its_children_go_too(workspace, two_lines):
    with RecorderProcess(workspace, f"来电=file:{two_lines}") as recorder:
        recorder.started()
        children = recorder.children()
        assert len(children) == 1

        recorder.process.kill()

        wait_until(lambda: not any(alive(pid) for pid in children))


def test_roles_and_delay_are_kept_with_the_take(workspace, two_lines):
    more = ("--role", "一号=坐席", "--delay", "7.5", "--for", "0.1")
    lines = (f"一号=file:{two_lines}", f"演播室=file:{two_lines}?channel=2")

    RecorderProcess(workspace, *lines, more=more).wait()

    take = Take(workspace / "take")
    assert [line.role for line in take.lines] == ["坐席", "演播室"]
    assert [line.id for line in take.lines] == ["line1", "line2"]
    assert take.delay_seconds == 7.5
    assert json.loads((take.folder / "take.json").read_bytes())["version"] == 1


def test_what_is_not_typed_is_as_the_office_has_set_it(workspace, two_lines):
    workspace.mkdir(exist_ok=True)
    (workspace / "settings.toml").write_text("delay_seconds = 7.5\n", encoding="utf-8")

    RecorderProcess(workspace, f"来电=file:{two_lines}?speed=50").wait()

    assert Take(workspace / "take").delay_seconds == 7.5


def test_the_recorder_carries_nothing_it_does_not_need(workspace, two_lines):
    program = (
        "import sys\n"
        "from hotline_desk.cli import run\n"
        "code = run(sys.argv[1:])\n"
        "print(code, *sys.modules, file=sys.stderr)\n"
    )
    take = workspace / "episodes" / "期" / "take"
    arguments = ["record", "--workspace", str(workspace), "--take", str(take)]

    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--line", f"来电=file:{two_lines}?speed=50"],
        capture_output=True,
        text=True,
        check=True,
    )

    code, *modules = done.stderr.split()
    ours = {"hotline_desk", "__main__", "sitecustomize"}  # the last one is Debian's
    foreign = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - ours
    assert code == "0"
    assert {name for name in foreign if not name.startswith("_")} == set()
    assert not [name for name in modules if name.startswith("hotline_desk.ledger")]


def test_a_record_that_is_deleted_meanwhile_is_written_again(workspace, two_lines):
    lines = (f"来电=file:{two_lines}", f"演播室=file:{two_lines}?channel=2")
    with RecorderProcess(workspace, *lines) as recorder:
        take = recorder.started(0.5)
        before = (take.folder / "take.json").read_bytes()

        (take.folder / "take.json").unlink()

        wait_until(lambda: events(take, "record_lost"))
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0
    assert (take.folder / "take.json").read_bytes() == before
    assert Take(take.folder).end_reason == "stop"
    assert len(events(take, "record_lost")) == 1
