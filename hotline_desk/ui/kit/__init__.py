"""What every page is made of: fields, lists, tables, papers' looks, keys and lanes."""
