"""What was exported comes in again, and goes out as it was: any ledger, word for word."""

import csv
import itertools
from datetime import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hotline_desk import cli
from hotline_desk.domain import sheets
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare
from tests.workflows.office_ledgers import any_ledger, fill


@pytest.fixture(scope="module", autouse=True)
def _behind_all_days():
    """Let the day of the import be behind all that is brought."""
    with pytest.MonkeyPatch.context() as patch:
        later = datetime(2027, 1, 4, 9, tzinfo=STUDIO_ZONE)
        patch.setattr("hotline_desk.workflows.import_plan.studio_now", lambda: later)
        yield


def rows_of(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    book = openpyxl.load_workbook(path)
    names = (sheets.QUESTIONS, sheets.CASES, sheets.PARTIES)
    return {name: list(book[name].iter_rows(values_only=True)) for name in names}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_comes_in_and_goes_out_as_it_was(tmp_path, ending):
    first, second = (prepare(Workspace(tmp_path / name)) for name in "甲乙")
    with Ledger.open(first.ledger) as ledger:
        fill(ledger)

    assert_round_trip(first, second, tmp_path, ending)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.data())
def test_any_ledger_comes_in_and_goes_out_as_it_was(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    first, second = (prepare(Workspace(folder / name)) for name in "甲乙")
    with Ledger.open(first.ledger) as ledger:
        any_ledger(ledger, data)

    assert_round_trip(first, second, folder, "xlsx")


def differences(before, after):
    """Return the cells that are not what they were, by sheet and heading."""
    if isinstance(before, list):
        before, after = {"": before}, {"": after}
    return [
        (name, heading, was, now)
        for name, rows in before.items()
        for old, new in itertools.zip_longest(rows, after[name], fillvalue=())
        for heading, was, now in itertools.zip_longest(rows[0], old, new)
        if was != now
    ]


def assert_round_trip(first, second, folder, ending):
    before, after = folder / f"1.{ending}", folder / f"2.{ending}"

    def export(workspace, path):
        place = ["-o", str(path), "--workspace", str(workspace.root)]
        assert cli.run(["ledger", "export", *place, "--internal", "--why", "核对"]) == 0

    export(first, before)
    assert cli.run(["ledger", "import", str(before), "--workspace", str(second.root)]) == 0
    export(second, after)

    assert differences(rows_of(before), rows_of(after)) == []
    with Ledger.open(second.ledger) as ledger:
        assert ledger.examine() == []
    # and once more: everything is there already, word for word
    assert cli.run(["ledger", "import", str(before), "--workspace", str(second.root)]) == 0
    again = folder / f"3.{ending}"
    export(second, again)
    assert rows_of(again) == rows_of(before)
