import pytest

from hotline_desk.ledger import Ledger
from tests.ledger.records import EPISODE
from tests.small_disk import small_disk

__all__ = ["small_disk"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作区" / "ledger.db"


@pytest.fixture
def ledger(path):
    path.parent.mkdir()
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger


@pytest.fixture(scope="module")
def lasting_ledger(tmp_path_factory):
    """One ledger for all the examples of a property: each adds its own records."""
    with Ledger.open(tmp_path_factory.mktemp("lasting") / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger
