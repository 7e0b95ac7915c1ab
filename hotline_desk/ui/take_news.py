"""What the recorder notes while it records, as sentences for the message bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hotline_desk.domain.times import duration_text

_LOST = {
    "ended": "断开了",
    "silent": "没有数据了",
    "moved": "被换成了别的输入",
    "repeating": "一直送来同一段声音",
    "rate": "的采样率变了",
}


@dataclass(frozen=True, slots=True)
class News:
    """One sentence, and how urgent it is."""

    words: str
    warns: bool = True
    stays: bool = False
    """Whether it stands until somebody has read it."""


Fact = Mapping[str, Any]


def news(event: Fact, line: str) -> News | None:
    """Return what to say of *event*; None where nobody needs to know now.

    Args:
        event: as capture/events.py describes it.
        line: the name of its line; empty where it is about the whole take.
    """
    tell = _TELL.get(event["event"])
    return None if tell is None else tell(event, line)


def _device_lost(event: Fact, line: str) -> News | None:
    what = _LOST.get(event.get("reason", ""))
    if what is None:
        return None
    return News(f"{line} 的设备{what}，正在重新连接；断开的这段会记下来。")


def _device_failed(event: Fact, line: str) -> News | None:
    if event.get("reason") == "bug":
        return News(f"{line} 的录音程序出错，正在重新开始。")
    return News(f"{line} 的设备现在打不开，会一直重试；别的线路照常录音。", stays=True)


def _gap(event: Fact, line: str) -> News:
    length = duration_text(max(1.0, float(event.get("seconds", 0.0))))
    return News(f"{line} 恢复了，断了约 {length}，已用静音补齐并记下。", warns=False)


def _disk_low(event: Fact, _line: str) -> News:
    minutes = event.get("minutes", 0)
    return News(f"磁盘只够再录 {minutes} 分钟，请腾出空间。", stays=minutes <= 15)


def _asleep(event: Fact, _line: str) -> News:
    return News(
        f"电脑睡眠了 {duration_text(float(event.get('seconds', 0.0)))}，这一段没有声音，已记下。"
    )


def _always(words: str, **how: bool) -> Callable[[Fact, str], News]:
    return lambda _event, line: News(words.format(line=line), **how)


def _purged(event: Fact, line: str) -> News | None:
    if event.get("reason") != "refused":
        return None
    return News(f"{line} 上来电人不同意录音的一段已清除。", warns=False)


_TELL: dict[str, Callable[[Fact, str], News | None]] = {
    "device_lost": _device_lost,
    "device_failed": _device_failed,
    "device_back": _always("{line} 的设备又接上了。", warns=False),
    "gap": _gap,
    "disk_low": _disk_low,
    "disk_full": _always("磁盘写满，{line} 的声音没有地方写了：马上腾出空间。", stays=True),
    "disk_back": _always("磁盘又能写了，{line} 接着录。", warns=False),
    "second_folder": _always("磁盘写满，{line} 接着写到第二文件夹，声音没有断。"),
    "second_lost": _always("第二文件夹不能用，磁盘写满后没有地方接着写。"),
    "first_folder": _always("{line} 又写回工作文件夹。", warns=False),
    "home": _always("写在第二文件夹的声音已移回工作文件夹。", warns=False),
    "segment_lost": _always("有人动了正在录的文件，{line} 已另起一个文件接着录。"),
    "segment_cut": _always("正在录的文件被截短，{line} 缺的一段用静音补上并记下了。"),
    "sync_failed": _always("磁盘没有把声音存牢，请检查磁盘。"),
    "sleep": _asleep,
    "no_inhibit": _always("系统没有答应录音时不睡眠，请在系统设置里关掉自动睡眠。"),
    "purged": _purged,
}
