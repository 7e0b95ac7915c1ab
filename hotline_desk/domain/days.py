"""Which days an office can mean: one check for all that is typed, given or read in."""

from datetime import date

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Old tables go back before the programme's first episode, none before the hotline itself."""
SPAN = "2000 年到 2099 年"


def is_meant(day: date) -> bool:
    """Return whether somebody can have meant *day*; 0001 and 2260 are slips."""
    return FIRST <= day <= LAST
