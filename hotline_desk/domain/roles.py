"""What a line is for; the take says it with each line, the settings choose it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What is heard on a line. A line may also have none."""

    CALLER = "来电"
    STUDIO = "演播室"
    PROGRAMME = "节目输出（PGM）"
    SEAT = "坐席"
    """An operator's line: what no mark claims is purged after a while."""
