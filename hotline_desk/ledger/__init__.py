"""The ledger (台账): the one place that knows SQLite."""

from hotline_desk.ledger.backup import is_openable
from hotline_desk.ledger.ledger import Ledger

__all__ = ["Ledger", "is_openable"]
