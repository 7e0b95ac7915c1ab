"""What doctor says of a take whose journals are lost, or held back by the system."""

import pytest

from hotline_desk.ledger import Ledger
from hotline_desk.take.captions import read_captions
from hotline_desk.take.marks import Mark, MarkKind, add_mark
from tests.ledger.records import AT, TAKE, a_call
from tests.workflows.test_examine import doctor, workspace

__all__ = ["workspace"]


@pytest.mark.parametrize("name", ["events.jsonl", "marks.jsonl", "captions.jsonl"])
def test_a_journal_that_cannot_be_opened_is_told_and_the_rest_examined(capsys, workspace, name):
    path = workspace.root / TAKE / name
    path.unlink(missing_ok=True)
    path.mkdir()

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert found["录音"] == [f"录音“{TAKE}”：{name} 打不开，没有检查完，请检查它的权限"]
    assert "导出" in found


@pytest.mark.parametrize("lost", [True, False])
def test_marks_that_are_lost_are_told_where_calls_say_that_there_were_some(capsys, workspace, lost):
    folder = workspace.root / TAKE
    add_mark(folder, Mark(kind=MarkKind.CALL, at=1.0, wall=AT, call_id=1))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_call(a_call(take=TAKE, line="来电", began=1.0), by="甲")
    assert doctor(capsys, workspace)[0] == 0

    path = folder / "marks.jsonl"
    path.unlink() if lost else path.write_bytes(b"")

    code, found, _ = doctor(capsys, workspace)
    assert code == 1
    assert found["所指的录音"] == [
        f"录音“{TAKE}”的标记（marks.jsonl）不见了，删延时和点名都记在里面；"
        "请从别处的副本放回，放回以前不要公开这次录音"
    ]


def cut(content):
    return content[: content.index(b"\n") + 1]


def spoil(content):
    return content.replace(b"{", b"(", 1)


@pytest.mark.parametrize("lose", [cut, spoil, lambda _content: b""], ids=["cut", "spoilt", "empty"])
def test_captions_that_only_the_ledger_still_has_are_not_rebuilt_away(capsys, workspace, lose):
    folder = workspace.root / TAKE
    path = folder / "captions.jsonl"
    whole = path.read_bytes()
    with Ledger.open(workspace.ledger) as ledger:
        captions, read_to = read_captions(folder)
        ledger.replace_utterances(TAKE, captions, read_to=read_to)
    path.write_bytes(lose(whole))

    code, found, _ = doctor(capsys, workspace, "--rebuild")

    assert code == 1
    assert found["录音"][0].startswith(f"录音“{TAKE}”：captions.jsonl 少了一截，或者有读不出来的行")
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.utterances(TAKE)) == len(captions) == 2
    path.write_bytes(whole)
    assert doctor(capsys, workspace)[0] == 0
