"""What the recorder noted in events.jsonl, in a few words for people.

A fault is what a take lost or may have lost; what merely happened is a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hotline_desk.capture.missing import count, refusal
from hotline_desk.domain.times import clock_text, duration_text
from hotline_desk.take.marks import unreadable_marks
from hotline_desk.take.purge import has_certain_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from hotline_desk.take.take import LineInfo, Take

Events = list[dict[str, "Any"]]

_LATE_SECONDS = 2.0  # of real time, of silence before a line's first sound
_STEPPED_SECONDS = 2.0  # between two anchors: no clock is corrected so far by itself
_EXACT_SECONDS = 9.5  # what is shorter is told to the tenth
_MOST_PLACES = 5  # named; the rest is counted

_LOST = {
    "ended": "设备断开",
    "silent": "设备没有数据",
    "moved": "声音被换到别的输入",
    "repeating": "设备重复同一段声音",
    "absent": "开始时没有接上",
    "bug": "程序出错",
}
_SECOND_LOST = {
    "gone": "备用文件夹不见了",
    "synchronised": "备用文件夹在云同步或网络文件夹里，没有用",
    "unwritable": "备用文件夹不能写入",
}
_PURGED = {
    "unclaimed": "无人认领，按设定清除",
    "refused": "来电人不同意录音，已清除",
    "deleted": "随个人信息删除，已清除",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of silence that stands for lost sound; in samples."""

    first_sample: int
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the recorder noted, in words."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    """What is no fault but worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFindings(Findings):
    """The same of one line, with what else there is to say of it."""

    gaps: tuple[Gap, ...]
    device: str
    """What became of the device; empty if nothing did."""
    overflows: int
    """How often the device said that it lost samples."""
    purged: tuple[Gap, ...]
    """What was silenced on purpose."""
    blank: tuple[Gap, ...]
    """Wherever the silence is not the room's: gaps, the beginning, what was purged or cut off."""


def take_findings(take: Take) -> Findings:
    """Return what was noted of the take as a whole."""
    return Findings(
        faults=tuple(_take_faults(take)), notes=(*_take_notes(take), *marks_faults(take))
    )


def line_findings(take: Take, line: LineInfo, noted: Sequence[Mapping[str, Any]]) -> LineFindings:
    """Return what was noted of *line*.

    Args:
        take: the line's.
        line: whose events.
        noted: as `missing.noted_of` gives it.
    """
    of_kind: dict[str, list[Mapping[str, Any]]] = {}
    for event in noted:
        of_kind.setdefault(event["event"], []).append(event)
    begins, cut = of_kind.get("begin", []), of_kind.get("segment_cut", [])
    absent = any(event.get("reason") == "absent" for event in of_kind.get("device_lost", []))
    late_samples = 0 if absent else _LATE_SECONDS * take.speed * line.rate_hz
    late = [event for event in begins if count(event.get("samples")) > late_samples]
    gaps = [_gap(event) for event in late + of_kind.get("gap", [])]
    purged = [_gap(event) for event in of_kind.get("purged", [])]
    reasons = _reasons(of_kind, late=bool(late))
    overflows = len(of_kind.get("overflow", []))
    faults = list(_line_faults(line, gaps, reasons, of_kind))
    return LineFindings(
        faults=tuple(faults),
        notes=tuple(_line_notes(line, of_kind, lost=bool(gaps))),
        gaps=tuple(gaps),
        device=_device(of_kind),
        overflows=overflows,
        purged=tuple(purged),
        blank=(*gaps, *purged, *map(_gap, begins), *map(_gap, cut)),
    )


def length_text(seconds: float) -> str:
    """Return how long something is that was lost: a moment is not nothing."""
    return (
        duration_text(seconds)
        if seconds >= _EXACT_SECONDS
        else f"{round(max(0.1, seconds), 1):g} 秒"
    )


def places_text(gaps: Sequence[Gap], rate_hz: int) -> str:
    """Return how many gaps there are and where, in words."""
    total = length_text(sum(gap.samples for gap in gaps) / rate_hz)
    named = [
        f"{clock_text(gap.first_sample / rate_hz)} 起 {length_text(gap.samples / rate_hz)}"
        for gap in gaps[:_MOST_PLACES]
    ]
    more = "……" if len(gaps) > _MOST_PLACES else ""
    return f"{len(gaps)} 处，共 {total}（{'、'.join(named)}{more}）"


def _take_faults(take: Take) -> Iterator[str]:
    if take.ended and take.end_reason in {"", "recorder_lost"}:
        yield "录音程序中途退出，最后一秒可能缺失"
    if take.end_reason == "folder_lost":
        yield "录音文件夹中途不见了"
    asleep = [_number(event, "seconds") for event in _of(take, "sleep")]
    if asleep:
        yield f"电脑睡眠 {len(asleep)} 次，共 {duration_text(sum(asleep))}"
    if refused := len(_of(take, "sync_failed")):
        yield f"磁盘有 {refused} 次没能写实，那时断电会丢声音"


def _take_notes(take: Take) -> Iterator[str]:
    if stepped := _stepped(_of(take, "anchor"), take.speed):
        yield f"系统时钟被调{'快' if stepped > 0 else '慢'} {duration_text(abs(stepped))}"
    if low := [_number(event, "minutes") for event in _of(take, "disk_low")]:
        yield f"磁盘曾只够再录 {min(low):g} 分钟"
    yield from _second_notes(take)
    if _of(take, "no_inhibit"):
        yield "录音时没能阻止系统睡眠"
    if _of(take, "purge_failed"):
        yield "到期的声音没能清除"
    if _of(take, "room_failed"):
        yield "磁盘还能录多久，有一阵没能查看"
    if _of(take, "record_lost"):
        yield "录音时 take.json 被删除，已补写"
    if take.end_reason == "longest":
        yield "到了最长录音时间，自动停止"


def _second_notes(take: Take) -> Iterator[str]:
    if _of(take, "second_folder"):
        home = _of(take, "home")
        yield "用过备用文件夹，声音已并回" if home else "有一部分声音在备用文件夹里"
    for reason in dict.fromkeys(str(event.get("reason")) for event in _of(take, "second_lost")):
        yield _SECOND_LOST.get(reason, "备用文件夹用不上")


def marks_faults(take: Take) -> list[str]:
    """Return why it is not certain what was marked on *take*; then nothing of it is purged."""
    unreadable = unreadable_marks(take.folders)
    if unreadable:
        return [f"{unreadable} 处标记读不出来，坐席线路的声音不会清除"]
    if not has_certain_marks(take):
        return ["备用文件夹里的标记读不到，坐席线路的声音不会清除"]
    return []


def _of(take: Take, kind: str) -> Events:
    return [event for event in take.events() if event["event"] == kind]


def _line_faults(
    line: LineInfo,
    gaps: Sequence[Gap],
    reasons: Sequence[str],
    of_kind: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Iterator[str]:
    if gaps:
        length = length_text(sum(gap.samples for gap in gaps) / line.rate_hz)
        why = f"（{'、'.join(reasons)}）" if reasons else ""
        yield f"{line.name} 断 {len(gaps)} 处，共 {length}{why}"
    if cut := of_kind.get("segment_cut"):
        length = length_text(sum(count(event.get("samples")) for event in cut) / line.rate_hz)
        yield f"{line.name} 的声音文件被截断 {len(cut)} 次，缺 {length}"
    if overflows := of_kind.get("overflow"):
        yield f"{line.name} 设备丢样 {len(overflows)} 次"

    if _is_stuck(of_kind):
        since = clock_text(of_kind["device_lost"][-1]["at"])
        yield f"{line.name} 从 {since} 起{_LOST['repeating']}"


def _line_notes(
    line: LineInfo, of_kind: Mapping[str, Sequence[Mapping[str, Any]]], *, lost: bool
) -> Iterator[str]:
    stalls = of_kind.get("device_lost", [])
    if stalls and not lost and not _is_stuck(of_kind):
        yield f"{line.name} 设备停顿 {len(stalls)} 次，没有丢失声音"
    for why in dict.fromkeys(refusal(event) for event in of_kind.get("disk_full", [])):
        yield f"{line.name} 录音时{why}过"
    if "segment_lost" in of_kind:
        yield f"{line.name} 录音时有文件被删除，之后另起了文件"
    for reason in dict.fromkeys(event.get("reason") for event in of_kind.get("purged", [])):
        purged = [event for event in of_kind["purged"] if event.get("reason") == reason]
        seconds = sum(count(event.get("samples")) for event in purged) / line.rate_hz
        why = _PURGED.get(str(reason), "已清除")
        yield f"{line.name} {why} {len(purged)} 处，共 {duration_text(seconds)}"


def _reasons(of_kind: Mapping[str, Sequence[Mapping[str, Any]]], *, late: bool) -> list[str]:
    found = [_lost(event) for event in of_kind.get("device_lost", [])]
    found += ["开始晚了"] if late and _LOST["absent"] not in found else []
    found += [refusal(event) for event in of_kind.get("disk_full", [])]
    found += ["电脑睡眠"] if "sleep" in of_kind else []
    return list(dict.fromkeys(found))


def _device(of_kind: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    lost, back = of_kind.get("device_lost", []), of_kind.get("device_back", [])
    if not lost:
        return ""
    why = "、".join(dict.fromkeys(_lost(event) for event in lost))
    when = clock_text(lost[0]["at"])
    end = "已恢复" if _is_back(of_kind) else "到录音结束没有恢复"
    rates = dict.fromkeys(count(event["rate_hz"]) for event in back if "rate_hz" in event)
    changed = "".join(f"，采样率变为 {rate_hz:,} Hz" for rate_hz in rates)
    return f"中断 {len(lost)} 次（{when} 起；{why}），{end}{changed}"


def _is_back(of_kind: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether the device delivers again, however often it was lost."""
    return len(of_kind.get("device_back", [])) >= len(of_kind.get("device_lost", []))


def _is_stuck(of_kind: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether the device repeated itself to the end; its sound is kept as it came."""
    lost = of_kind.get("device_lost", [])
    return bool(lost) and lost[-1].get("reason") == "repeating" and not _is_back(of_kind)


def _lost(event: Mapping[str, Any]) -> str:
    return _LOST.get(str(event.get("reason")), "设备中断")


def _gap(event: Mapping[str, Any]) -> Gap:
    return Gap(count(event.get("sample")), count(event.get("samples")))


def _number(event: Mapping[str, Any], key: str) -> float:
    found = event.get(key)
    return float(found) if isinstance(found, int | float) else 0.0


def _stepped(anchors: Sequence[Mapping[str, Any]], speed: float) -> float:
    """Return how far the wall clock was set in the take, in seconds; 0 if it was not."""
    total, before = 0.0, None
    for event in anchors:
        try:
            wall = datetime.fromisoformat(event["wall"]).timestamp()
        except (KeyError, TypeError, ValueError):
            continue
        now = wall - event["at"] / speed
        if before is not None and abs(now - before) > _STEPPED_SECONDS:
            total += now - before
        before = now
    return total
