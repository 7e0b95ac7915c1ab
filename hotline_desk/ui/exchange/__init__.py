"""Ledgers in and out: import and export."""
