"""Every store that can stand behind the desk's ledger: how each is opened on a folder."""

from hotline_desk.ledger import Ledger

STORES = {
    "sqlite": lambda folder: Ledger.open(folder / "ledger.db"),
}
"""By name. The same folder opens the same ledger again, also while it is open."""
