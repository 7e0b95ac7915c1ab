"""Sizes and colours of what is printed: the desk's own, on white paper."""

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

PAPER_MARGIN = 20 * mm
FIRST_TOP_MARGIN = 16 * mm
TOP_MARGIN = 22 * mm
BOTTOM_MARGIN = 22 * mm

META, BODY, EMPHASIS, HEADING, TITLE = 9.0, 10.5, 12.0, 13.5, 22.0
"""Type sizes in points; nothing is smaller than the first."""
LINE_HEIGHT = 1.5
"""In parts of the type size."""

S1, S2, S3, S4, S5 = 3.0, 6.0, 9.0, 12.0, 16.0
"""Distances in points."""
HAIRLINE = 0.5

PAGE = HexColor("#F5F6F8")
LINE = HexColor("#D9DEE4")
TEXT = HexColor("#1B1F24")
QUIET = HexColor("#56606B")
ACCENT = HexColor("#1F5FBF")
SINCE_START = HexColor("#9AA4AE")
"""The bar beside the accent's."""
CAUTION, CAUTION_GROUND = HexColor("#8A5A12"), HexColor("#FFF4D6")
