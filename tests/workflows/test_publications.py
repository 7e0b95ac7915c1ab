"""发布与撤下记录: kept as it is written, and what has to go when a consent is withdrawn."""

import json
from dataclasses import replace
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, Consent, NewCall
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import EpisodeNotFound, PublicationRefused, QuestionNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace
from hotline_desk.workflows.publications import (
    Entry,
    keep_entry,
    publication_rows,
    take_out_entry,
    withdrawal_list,
)
from hotline_desk.workflows.workspace import prepare

BY = "审看"
AUDIO = Entry(
    name="第 190 期音频", of="第190期", place="职工大讲堂", published_on="2026-11-26",
    version="公开版 1", link="https://example.invalid/190",
    first_review="干部甲", second_review="干部乙", final_review="主任",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        for number in (190, 191):
            ledger.save_episode(Episode(number=number, on=date(2026, 11, 25)), by=BY)
        yield ledger


@pytest.fixture
def call(ledger):
    caller = Caller(name="董小红", phone="13800125678")
    made = ledger.add_call(NewCall(episode=190, at=studio_now(), caller=caller), by=BY)
    ledger.add_question(NewQuestion(episode=190, call_id=made.id, at=studio_now()), by=BY)
    return made


def answer(ledger, call, **answers):
    ledger.save_call(replace(ledger.call(call.id), consent=Consent(**answers)), by=BY)


def states(ledger):
    return [row.state for row in publication_rows(ledger)]


def test_it_is_kept_as_it_is_written(ledger):
    kept = keep_entry(ledger, AUDIO, by=BY)

    (row,) = publication_rows(ledger)
    assert row.entry == kept == replace(AUDIO, id=kept.id, of="第 190 期")
    assert row.state == "已发布"
    changed = keep_entry(
        ledger, replace(kept, withdrawn_on="2026年12月1日", reason="听众要求"), by=BY
    )
    assert changed.withdrawn_on == "2026-12-01"
    assert states(ledger) == ["已撤下"]
    ledger.undo(by=BY)
    assert states(ledger) == ["已发布"]
    take_out_entry(ledger, kept, by=BY)
    assert publication_rows(ledger) == ()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"published_on": ""}, PublicationRefused),
        ({"published_on": "下周"}, PublicationRefused),
        ({"published_on": "2026-02-30"}, PublicationRefused),
        ({"published_on": "0001-01-01"}, PublicationRefused),
        ({"place": " "}, PublicationRefused),
        ({"first_review": ""}, PublicationRefused),
        ({"second_review": " "}, PublicationRefused),
        ({"final_review": ""}, PublicationRefused),
        ({"second_review": "干部甲"}, PublicationRefused),
        ({"final_review": "干部甲 "}, PublicationRefused),
        ({"withdrawn_on": "2026-12-01"}, PublicationRefused),
        ({"withdrawn_on": "2026-11-01", "reason": "错"}, PublicationRefused),
        ({"of": "第 7 期"}, EpisodeNotFound),
        ({"of": "GHFL-2026-190-99"}, QuestionNotFound),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(ledger, change, error):
    with pytest.raises(error) as refused:
        keep_entry(ledger, replace(AUDIO, **change), by=BY)

    assert sentence(refused.value).endswith("。")
    assert publication_rows(ledger) == ()


def test_whoever_did_the_first_review_does_no_other_however_the_name_is_spaced(ledger):
    first = replace(AUDIO, first_review="王明", second_review="李红", final_review="赵刚")
    for change in ({"second_review": "王 明"}, {"final_review": "王　明"}):
        with pytest.raises(PublicationRefused, match="王明是初审"):
            keep_entry(ledger, replace(first, **change), by=BY)

    assert keep_entry(ledger, first, by=BY).second_review == "李红"


def test_one_noted_before_reviews_were_asked_for_can_still_be_withdrawn(ledger):
    ledger.keep(
        Publication(item="音频", place="App", published_on=date(2026, 3, 4), approved_by="主任"),
        by=BY,
    )
    (old,) = (row.entry for row in publication_rows(ledger))
    assert (old.first_review, old.second_review, old.final_review) == ("", "", "主任")

    gone = keep_entry(ledger, replace(old, withdrawn_on="2026-12-01", reason="听众要求"), by=BY)

    assert gone.final_review == "主任"
    with pytest.raises(PublicationRefused, match="初审"):
        keep_entry(ledger, replace(gone, first_review="主任"), by=BY)
    whole = keep_entry(ledger, replace(gone, first_review="甲", second_review="乙"), by=BY)
    with pytest.raises(PublicationRefused, match="复审"):
        keep_entry(ledger, replace(whole, second_review=""), by=BY)


@pytest.mark.parametrize("answers", [{"replay": False}, {"broadcast": False}, {"record": False}])
@pytest.mark.parametrize("of", ["190", "GHFL-2026-190-01"])
def test_a_withdrawn_consent_puts_what_holds_the_caller_on_the_list(ledger, call, answers, of):
    answer(ledger, call, record=True, broadcast=True, replay=True)
    kept = keep_entry(ledger, replace(AUDIO, of=of), by=BY)
    keep_entry(ledger, replace(AUDIO, of="第191期", name="第 191 期音频"), by=BY)
    assert states(ledger) == ["已发布", "已发布"]

    answer(ledger, call, **({"record": True, "broadcast": True, "replay": True} | answers))

    rows = publication_rows(ledger)
    assert [row.state for row in rows] == ["应撤下", "已发布"]
    text = withdrawal_list(rows, on=date(2026, 12, 1))
    for words in ("撤下清单（2026-12-01）", "1. 第 190 期音频", "职工大讲堂", "公开版 1",
                  AUDIO.link, "GHFL-2026-190-01 的来电人不同意"):  # fmt: skip
        assert words in text
    assert "董小红" not in text
    assert "13800125678" not in text
    keep_entry(ledger, replace(kept, withdrawn_on="2026-12-02", reason="来电人不同意"), by=BY)
    assert withdrawal_list(publication_rows(ledger), on=date(2026, 12, 2)) == ""


def test_the_command_tells_both(workspace, ledger, call, capsys):
    answer(ledger, call, replay=False)
    keep_entry(ledger, AUDIO, by=BY)
    keep_entry(ledger, replace(AUDIO, of="", name="宣传片"), by=BY)

    for options, expected in (
        ((), ["第 190 期音频", "宣传片"]),
        (("--to-withdraw",), ["第 190 期音频"]),
    ):
        assert (
            cli.run(["publications", "--json", *options, "--workspace", str(workspace.root)]) == 0
        )
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [each["item"] for each in told] == expected
    assert told[0]["withdraw"] == ["GHFL-2026-190-01 的来电人不同意回放与公开"]
