"""A call whose caller does not agree to be recorded: what its tests share."""

from datetime import datetime, timedelta

from hotline_desk.settings import Settings
from hotline_desk.take.take import Take
from hotline_desk.workflows.summarise import summarise
from tests.reports.pdf_reader import ReadPdf

SETTINGS = Settings(purge_minutes=10, pre_roll_seconds=10, pre_listen="监听")
SECRET, KEPT = "我不想留下名字", "拖欠工资怎么办"


def later(take, seconds):
    """Return the wall time *seconds* of take time after the take's end."""
    end = next(event for event in Take(take).events() if event["event"] == "end")
    return datetime.fromisoformat(end["wall"]) + timedelta(seconds=seconds / Take(take).speed)


def printed(ledger, workspace, path, *, internal):
    return ReadPdf.read(summarise(ledger, 190, path, internal=internal, workspace=workspace)).text


def found(ledger, words):
    return ledger.search(words)


def files_with(workspace, words):
    return [path for path in workspace.root.rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()]  # fmt: skip
