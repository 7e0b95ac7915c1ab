"""An existing ledger read in: tables, headings, values, and what is planned with them."""
