"""What the desk does with its ledger, its takes and its papers, without Qt."""
