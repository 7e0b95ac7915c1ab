"""The look's constants: the only place with colours, sizes and font names."""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")
"""Simplified Chinese faces by name: the system's own choice would be Japanese glyph shapes."""

META, TEXT, EMPHASIS, HEADING, FIGURE = 12, 14, 16, 20, 28
"""Font sizes in logical pixels; nothing is smaller than META."""

LINE_HEIGHT = 1.45
"""Of Chinese text, as a multiple of the font's size."""

TINY, SMALL, SPACE, WIDE, HUGE = 4, 8, 12, 16, 24
"""Distances in logical pixels."""

RADIUS = 6
TABLE_ROW, LIVE_ROW, FIELD = 32, 40, 30
"""Heights in logical pixels."""

EDGE, INSET = 3, 11
"""How wide the edge of the row at hand is, and how far from its row's edge a text begins."""

STRIP, RAIL, FOOT = 44, 76, 32
"""The signal strip's height, the rail's width, and the height of the window's foot."""

ICON = 20
"""The icons' grid."""

METER_FLOOR_DBFS, METER_HIGH_DBFS = -60.0, -9.0
"""Where a meter begins, and from where it is too loud: the permitted maximum of EBU R 68."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One theme. Red is on air, recording or overdue and nothing else."""

    dark: bool
    page: str
    surface: str
    raised: str
    line: str
    control: str
    """The edge of what can be operated: 3:1 on the surface."""
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_wash: str
    red: str
    on_red: str
    red_card: str
    red_card_text: str
    yellow_card: str
    yellow_card_text: str
    good: str
    caller: str
    studio: str


LIGHT = Colours(
    dark=False,
    page="#F5F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#D9DEE4",
    control="#7E8994",
    text="#1B1F24",
    quiet="#56606B",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    accent_wash="#E4EDFA",
    red="#C9281C",
    on_red="#FFFFFF",
    red_card="#FEE4E2",
    red_card_text="#B42318",
    yellow_card="#FFF4D6",
    yellow_card_text="#8A5A0B",
    good="#1B7849",
    caller="#0F766E",
    studio="#4B3FBF",
)

DARK = Colours(
    dark=True,
    page="#14171A",
    surface="#1C2024",
    raised="#242A30",
    line="#2E353C",
    control="#717C87",
    text="#E8EBEE",
    quiet="#9AA4AE",
    accent="#6BA5FF",
    on_accent="#10141A",
    accent_wash="#1F2C40",
    red="#FF5A4D",
    on_red="#1A0E0D",
    red_card="#3D1613",
    red_card_text="#FF8A80",
    yellow_card="#3A2F12",
    yellow_card_text="#F2C14E",
    good="#4CC38A",
    caller="#3FC1B0",
    studio="#9D92FF",
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "quiet", "accent", "good", "caller", "studio", "red")
      for ground in ("page", "surface", "raised")),
    *((text, "accent_wash") for text in ("text", "quiet", "accent", "caller", "studio", "good",
                                         "yellow_card_text", "red")),
    ("on_accent", "accent"),
    ("on_red", "red"),
    ("red_card_text", "red_card"),
    *(("yellow_card_text", ground) for ground in ("yellow_card", "surface")),
)  # fmt: skip
"""Which text stands on which ground; each pair reaches 4.5:1."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours ``#RRGGBB``, 1 to 21 (WCAG 2.1, 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
