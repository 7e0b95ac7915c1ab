"""The ledger's page: the table of questions and the panel beside it."""
