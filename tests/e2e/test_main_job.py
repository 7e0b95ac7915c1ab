"""The main job as a user runs it: from a ringing line to a printed summary."""

import json
import shutil
import wave
from pathlib import Path

import pytest

from hotline_desk.domain.categories import Category
from hotline_desk.domain.masking import mask_among
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.speech.text import readable
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import Take
from tests.e2e.desk_runs import ROOT, edits, environment, pdf_text, run_json, said

pytestmark = pytest.mark.slow

SAMPLES = ROOT / "resources" / "samples"


def plain(text):
    return "".join(char for char in text if char.isalnum())


def true_words(channel):
    """Return what was truly said on a channel (1 caller, 2 studio) of the samples, in order."""
    return "".join(
        plain(said["text"])
        for script in sorted(SAMPLES.glob("call-*.script.json"))
        for said in json.loads(script.read_text(encoding="utf-8"))["utterances"]
        if said["channel"] == channel
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The facts a demo printed, and the workspace it left."""
    root = tmp_path_factory.mktemp("demo") / "工会 法律在线"
    return run_json("demo", "--headless", workspace=root), Workspace(root)


@pytest.fixture
def rows(demo):
    with Ledger.open(demo[1].ledger) as ledger:
        return ledger.questions(QuestionQuery())


def test_captions_are_the_words_that_were_said(demo):
    captions, _ = read_captions(Path(said(demo[0], "take")))

    for channel, line in ((1, "来电"), (2, "演播室")):
        heard = "".join(plain(caption.text) for caption in captions if caption.line == line)
        true = true_words(channel)
        assert edits(heard, true) <= 0.08 * len(true), (heard, true)


def test_each_call_has_its_question_in_the_ledger_in_the_caller_s_words(rows):
    assert [row.number[-2:] for row in rows] == ["01", "02", "03"]
    said_by_callers = plain(readable(true_words(1)))

    for row in rows:
        text = plain(row.text)
        assert len(text) > 20
        best = min(
            edits(text, said_by_callers[at : at + len(text)])
            for at in range(max(1, len(said_by_callers) - len(text) + 1))
        )
        assert best <= 0.25 * len(text), row.text
        assert row.answer
        assert row.asked.line == "来电"
        assert row.answered.line == "演播室"
        assert not row.in_progress


def test_the_proposals_that_were_taken_fit_the_cases(rows):
    wages, contract, injury = rows

    assert (wages.category, wages.amount_fen, wages.people) == (Category.WAGES, 3_300_000, 11)
    assert contract.category in {Category.CONTRACT, Category.INSURANCE}
    assert injury.category is Category.INJURY
    assert [row.caller.name for row in rows][:2] == ["董", "王"]  # 李 and 黎 sound the same
    assert all(row.point for row in rows)


def test_the_recording_is_the_sound_that_was_played(demo):
    take = Take(Path(said(demo[0], "take")))

    for number, line in enumerate(take.lines, start=1):
        with wave.open(str(demo[1].root / f"demo-{number}.wav")) as played:
            wanted = played.readframes(played.getnframes())
        recorded = take.read(line.name, 0, take.length(line.name))
        assert recorded[: len(wanted)] == wanted
        assert not any(recorded[len(wanted) :])


def test_the_summary_has_every_question_and_hides_the_callers(demo, rows):
    text = pdf_text(Path(said(demo[0], "pdf")))

    assert "《工会法律在线》第190期节目纪要" in text
    assert "演示模型" in text
    for row in rows:
        shown = mask_among(row.point, [row.caller], employers=[row.employer])
        assert plain(shown) in plain(text)
        assert row.category in text
    assert "董某" in text


def test_what_was_said_can_be_found(demo):
    hits = run_json("search", "工资", workspace=demo[1].root)

    assert hits
    assert {"episode", "take", "line", "start", "end", "text", "question"} == set(hits[0])
    assert any(hit["question"] for hit in hits)
    assert all("工资" in "".join(hit["text"].split()) for hit in hits)


def test_the_workspace_is_sound_afterwards(demo):
    run_json("doctor", workspace=demo[1].root)


def test_the_demo_says_that_its_model_understands_synthetic_speech_only(demo):
    assert "合成语音" in said(demo[0], "notice")


def test_nothing_comes_from_the_scripts(tmp_path):
    """Without the scripts, and with one call swapped for speech made now, its words come out."""
    from tools.synthesis import speak

    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "hotline_desk", checkout / "hotline_desk")
    for part in (ROOT / "resources").iterdir():
        target = checkout / "resources" / part.name
        if part.name == "samples":
            shutil.copytree(part, target)
        else:
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(part)
    samples = checkout / "resources" / "samples"
    for script in samples.glob("*.script.json"):
        script.unlink()
    for other in sorted(samples.glob("call-*"))[:]:
        if not other.name.startswith("call-2"):
            other.unlink()
    (swapped,) = samples.glob("call-2*.wav")
    spoken = "我在一家酒店做服务员，公司拖欠三个月工资，一共九千元"
    voice = speak(spoken, rate_hz=16000)
    with wave.open(str(swapped), "wb") as file:
        file.setparams((2, 2, 16000, 0, "NONE", "not compressed"))
        for sample in [*[0] * 16000, *voice.tolist(), *[0] * 32000]:
            file.writeframesraw(int(sample).to_bytes(2, "little", signed=True) + b"\0\0")
    seconds = len(voice) / 16000
    keys = [(0.2, "F2"), (0.5, "F5"), (1.5, "F7"), (seconds + 2.0, "F6")]
    keys += [(seconds + 2.1 + 0.1 * n, "Tab") for n in range(7)]
    swapped.with_suffix(".keys.json").write_text(
        json.dumps([{"at": at, "key": key} for at, key in keys]), encoding="utf-8"
    )

    root = tmp_path / "工作"
    facts = run_json("demo", "--headless", "--speed", "16", workspace=root, checkout=checkout)

    with Ledger.open(Workspace(root).ledger) as ledger:
        (row,) = ledger.questions(QuestionQuery())
    assert edits(plain(row.text), plain(readable(plain(spoken)))) <= 4, row.text
    assert (row.category, row.amount_fen) == (Category.WAGES, 900_000)
    assert "酒店" in pdf_text(Path(said(facts, "pdf")))
    assert environment(checkout)["PYTHONPATH"] == str(checkout)
