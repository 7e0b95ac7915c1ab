"""Pictures of every page with a real hour's beginning in it, to be looked at."""
