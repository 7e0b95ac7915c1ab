"""Who takes cases on, and the service points where workers are received."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StaffKind(StrEnum):
    """What somebody is; a team (职工维权快速反应队伍) has members of several kinds."""

    LAWYER = "律师"
    MODEL_WORKER = "劳模调解员"
    CADRE = "工会干部"
    VOLUNTEER = "志愿者"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who takes cases on."""

    id: int = 0
    name: str
    kind: StaffKind
    team: str = ""
    unit: str = ""
    post: str = ""
    phone: str = ""
    expertise: str = ""
    """专长: categories and matters, as the office writes them."""
    advises: str = ""
    """顾问单位, one a line: employers whose opponents this person may not act for."""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePoint:
    """服务点, a 填报单位: its sums go into those of the unit above, up to the city's."""

    id: int = 0
    name: str
    parent: str = ""
    """The name of the unit above it; the union itself while empty."""
    district: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    active: bool = True
