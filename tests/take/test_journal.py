import json

import pytest

from hotline_desk.errors import WorkspaceFull, WorkspaceUnwritable
from hotline_desk.take import journal
from tests.small_disk import fill


def test_records_come_back_in_order_and_from_an_offset(tmp_path):
    path = tmp_path / "日志.jsonl"
    journal.append(path, {"n": 1, "text": "工资"})
    first, offset = journal.read(path, dict)
    journal.append(path, {"n": 2}, sync=True)

    later, end = journal.read(path, dict, offset)

    assert first == [{"n": 1, "text": "工资"}]
    assert later == [{"n": 2}]
    assert end == path.stat().st_size
    assert journal.read(path, dict, end) == ([], end)


def test_a_torn_last_line_is_not_read_and_the_next_append_cuts_it(tmp_path):
    path = tmp_path / "events.jsonl"
    journal.append(path, {"n": 1})
    with path.open("ab") as file:
        file.write('{"n": 2, "text": "工'.encode()[:-1])

    before, _ = journal.read(path, dict)
    journal.append(path, {"n": 3})

    assert before == [{"n": 1}]
    assert [json.loads(line)["n"] for line in path.read_bytes().splitlines()] == [1, 3]


def test_a_file_that_is_nothing_but_a_torn_line_begins_anew(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"n": 1')

    journal.append(path, {"n": 2})

    assert journal.read(path, dict)[0] == [{"n": 2}]


def test_a_journal_that_is_not_there_has_no_records(tmp_path):
    assert journal.read(tmp_path / "none.jsonl", dict, 7) == ([], 7)


def test_a_missing_folder_is_told_as_unwritable(tmp_path):
    with pytest.raises(WorkspaceUnwritable):
        journal.append(tmp_path / "gone" / "events.jsonl", {})


def test_a_full_disk_is_told_and_leaves_whole_lines(small_disk):
    path = small_disk / "events.jsonl"
    journal.append(path, {"n": 1})
    fill(small_disk)

    with pytest.raises(WorkspaceFull):
        journal.append(path, {"text": "长" * 5000})

    assert journal.read(path, dict)[0] == [{"n": 1}]
    assert path.read_bytes().endswith(b"\n")
