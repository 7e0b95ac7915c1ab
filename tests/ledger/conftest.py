import pytest

from tests.ledger.records import EPISODE
from tests.ledger.stores import STORES
from tests.small_disk import small_disk

__all__ = ["small_disk"]


@pytest.fixture(scope="module", params=STORES)
def store(request):
    """How a store opens the ledger that lies in a folder; every store has to pass."""
    return STORES[request.param]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作区" / "ledger.db"


@pytest.fixture
def ledger(store, path):
    path.parent.mkdir()
    with store(path.parent) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger


@pytest.fixture(scope="module")
def lasting_ledger(store, tmp_path_factory):
    """One ledger for all the examples of a property: each adds its own records."""
    with store(tmp_path_factory.mktemp("lasting")) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        yield ledger
