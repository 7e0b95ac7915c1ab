"""What the recorder notes while it records, as sentences for the message bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hotline_desk.domain.times import duration_text

_LOST = {
    "ended": "{line} 的设备断开了，正在重新连接；断开的这段会记下来。",
    "silent": "{line} 的设备没有数据了，正在重新连接；断开的这段会记下来。",
    "moved": "{line} 被换成了别的输入，那些声音没有录进来，正在接回原来的设备。",
    "repeating": "{line} 的设备一直送来同一段声音，请检查设备或重新插一次。",
    "absent": "{line} 的设备没有接上，接上就会录；别的线路照常录音。",
}
_ENDED = {
    "longest": "录满了最长时间，各路又都静了，录音自己结束了。",
    "folder_lost": "录音的文件夹中途不见了，录音停了；请检查磁盘，再按 Ctrl+R。",
}
_DISK = {
    "full": "磁盘写满，{line} 的声音没有地方写了：马上腾出空间。",
    "unwritable": "磁盘写不进，{line} 的声音没有地方写了：请检查磁盘。",
}
_SECOND = {
    "gone": "第二文件夹不在了，磁盘写满后没有地方接着写。",
    "synchronised": "第二文件夹在云同步或网络盘里，不能用；请在设置（Ctrl+5）里另选。",
    "unwritable": "第二文件夹写不进，磁盘写满后没有地方接着写。",
}


@dataclass(frozen=True, slots=True)
class News:
    """One sentence, and how urgent it is."""

    words: str
    warns: bool = True
    stays: bool = False
    """Whether it stands until somebody has read it, or it is over."""
    about: str = ""
    """What it is about, where it can be over: 设备 or 磁盘, and the line."""
    over: bool = False
    """Whether what stood there about the same is over."""


Fact = Mapping[str, Any]


def news(event: Fact, line: str) -> News | None:
    """Return what to say of *event*; None where nobody needs to know now.

    Args:
        event: as capture/events.py describes it.
        line: the name of its line; empty where it is about the whole take.
    """
    tell = _TELL.get(event["event"])
    return None if tell is None else tell(event, line)


def _by_reason(
    sentences: Mapping[str, str], *, stays: bool = False
) -> Callable[[Fact, str], News | None]:
    def tell(event: Fact, line: str) -> News | None:
        words = sentences.get(event.get("reason", ""))
        return None if words is None else News(words.format(line=line), stays=stays)

    return tell


def _device_back(event: Fact, line: str) -> News:
    if "rate_hz" in event:
        rate = f"{event['rate_hz']:,}"
        words = f"{line} 的设备改用了 {rate} Hz，已换算，接着录；请检查设备的设置。"
        return News(words, about=f"设备 {line}", over=True)
    return News(f"{line} 的设备又接上了。", warns=False, about=f"设备 {line}", over=True)


def _device_failed(event: Fact, line: str) -> News | None:
    if event.get("reason") == "bug":
        return News(f"{line} 的录音程序出错，正在重新开始。")
    words = f"{line} 的设备现在打不开，会一直重试；别的线路照常录音。"
    return News(words, stays=True, about=f"设备 {line}")


def _gap(event: Fact, line: str) -> News:
    length = duration_text(max(1.0, float(event.get("seconds", 0.0))))
    return News(f"{line} 恢复了，断了约 {length}，已用静音补齐并记下。", warns=False)


def _disk_low(event: Fact, _line: str) -> News:
    minutes = event.get("minutes", 0)
    return News(f"磁盘只够再录 {minutes} 分钟，请腾出空间。", stays=minutes <= 15)


def _disk_full(event: Fact, line: str) -> News:
    words = _DISK.get(event.get("reason", ""), _DISK["full"])
    return News(words.format(line=line), stays=True, about=f"磁盘 {line}")


def _disk_back(_event: Fact, line: str) -> News:
    return News(f"磁盘又能写了，{line} 接着录。", warns=False, about=f"磁盘 {line}", over=True)


def _asleep(event: Fact, _line: str) -> News:
    return News(
        f"电脑睡眠了 {duration_text(float(event.get('seconds', 0.0)))}，这一段没有声音，已记下。"
    )


def _always(words: str, *, warns: bool = True) -> Callable[[Fact, str], News]:
    return lambda _event, line: News(words.format(line=line), warns=warns)


def _purged(event: Fact, line: str) -> News | None:
    if event.get("reason") != "refused":
        return None
    return News(f"{line} 上来电人不同意录音的一段已清除。", warns=False)


_TELL: dict[str, Callable[[Fact, str], News | None]] = {
    "device_lost": _by_reason(_LOST),
    "device_failed": _device_failed,
    "device_back": _device_back,
    "gap": _gap,
    "disk_low": _disk_low,
    "disk_full": _disk_full,
    "disk_back": _disk_back,
    "second_folder": _always("磁盘写满，{line} 接着写到第二文件夹，声音没有断。"),
    "second_lost": _by_reason(_SECOND),
    "first_folder": _always("{line} 又写回工作文件夹。", warns=False),
    "home": _always("写在第二文件夹的声音已移回工作文件夹。", warns=False),
    "segment_lost": _always("有人动了正在录的文件，{line} 已另起一个文件接着录。"),
    "segment_cut": _always("正在录的文件被截短，{line} 缺的一段用静音补上并记下了。"),
    "sync_failed": _always("磁盘没有把声音存牢，请检查磁盘。"),
    "purge_failed": _always("到期的声音没能清除，会再试；请检查磁盘。"),
    "room_failed": _always("磁盘还能录多久，现在查看不了；请检查磁盘。"),
    "record_lost": _always("有人删了录音文件夹里的 take.json，已补写，接着录。"),
    "sleep": _asleep,
    "no_inhibit": _always("系统没有答应录音时不睡眠，请在系统设置里关掉自动睡眠。"),
    "purged": _purged,
    "end": _by_reason(_ENDED, stays=True),
}
