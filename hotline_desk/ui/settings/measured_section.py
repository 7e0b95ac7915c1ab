"""Sections of the settings that are measured fields alone: 时限, 案件, how long rows are kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.deadlines import Limits
from hotline_desk.domain.casework.letters import LetterKind, next_number, pattern_text, read_pattern
from hotline_desk.domain.times import studio_now
from hotline_desk.settings import MOST_DAYS
from hotline_desk.ui.kit.measured_field import MeasuredField, whole
from hotline_desk.workflows.limits import written_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hotline_desk.settings import Settings
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.settings.settings_view_model import SettingsViewModel

_DAYS, _NUMBER = 84, 240
_MOST_KEPT_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One setting, and how it is written."""

    setting: str
    """Its name among the settings."""
    title: str
    read: Callable[[str], Any]
    """Turns what is typed into a value; raises ValueError with a sentence where there is none."""
    show: Callable[[Any], str] = str
    says: Callable[[Settings], str]
    """What stands beside it."""
    unit: str = ""
    width: int = _DAYS


def _first_number(settings: Settings) -> str:
    year = studio_now().year
    first = next_number((), LetterKind.REMINDER, year, pattern=settings.letter_number)
    return f"例如 {first}"


def _clock(settings: Settings) -> str:
    try:
        written_limits(settings)
    except ValueError:
        usual = Limits()
        return (f"联系、方案、办结、复杂要一个不小于前一个；现在按 {usual.contact}、{usual.plan}、"
                f"{usual.close}、{usual.close_complex} 算")  # fmt: skip
    return "从接收日的次日起算"


_LIMITS = {
    "limit_contact": "联系",
    "limit_plan": "方案",
    "limit_close": "办结",
    "limit_close_complex": "办结（复杂）",
}
OF_CLOCK = tuple(
    Measured(setting=setting, title=title, read=whole(1, MOST_DAYS), unit="个工作日", says=_clock)
    for setting, title in _LIMITS.items()
)
OF_CASES = (
    Measured(
        setting="call_back_days",
        title="回访期限",
        read=whole(1, MOST_DAYS),
        unit="个工作日",
        says=lambda _: "办结以后，到期在今日待办里提醒",
    ),
    Measured(
        setting="letter_number",
        title="函件文号",
        read=read_pattern,
        show=pattern_text,
        says=_first_number,
        width=_NUMBER,
    ),
)
OF_KEEPING = (
    Measured(
        setting="temporary_days",
        title="临时保留",
        read=whole(1, _MOST_KEPT_DAYS),
        unit="天",
        says=lambda _: "从接收日算起",
    ),
)


class MeasuredSection:
    """The fields of one section; what is written is set at once."""

    def __init__(
        self, model: SettingsViewModel, settings: Sequence[Measured], appearance: Appearance
    ) -> None:
        self._model = model
        self._fields = {
            each: MeasuredField(
                appearance, read=each.read, show=each.show, unit=each.unit, width=each.width
            )
            for each in settings
        }
        for each, field in self._fields.items():
            field.field.setObjectName(f"settings_{each.setting}")
            field.written.connect(partial(self._change, each.setting))
        self.show_settings()

    @property
    def rows(self) -> list[tuple[str, MeasuredField]]:
        """The fields with their titles, from the top."""
        return [(each.title, field) for each, field in self._fields.items()]

    def show_settings(self) -> None:
        """Show what is set."""
        settings = self._model.settings
        for each, field in self._fields.items():
            field.show_value(getattr(settings, each.setting), each.says(settings))

    def _change(self, setting: str, value: object) -> None:
        self._model.change(**{setting: value})
