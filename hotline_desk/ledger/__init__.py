"""The ledger (台账): the one place that knows SQLite."""
