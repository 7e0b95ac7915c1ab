"""Messages lie over the foot: nothing under the hands moves when one comes."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from hotline_desk.ui.live.take_news import news

LONG = "工作文件夹所在的磁盘只够再录几分钟，请腾出空间。" * 8


def places(window):
    QApplication.processEvents()
    return [
        (widget.mapTo(window, QPoint()), widget.size())
        for widget in (window.strip, window.pages, window.live._view, window.live._form)
    ]


def test_no_message_moves_the_page(window):
    before = places(window)

    window.messages.warn("没有在录音，记号没有地方放；按 Ctrl+R 开始录音。")
    short = places(window)
    height = window.messages.height()
    window.messages.warn(LONG)
    long = places(window)

    assert short == long == before
    assert height == window.foot.height()
    bar = window.messages.geometry()
    assert bar.bottom() == window.foot.geometry().bottom()
    assert bar.height() > height


def test_a_question_lies_above_a_message_and_moves_nothing(window):
    before = places(window)
    window.messages.warn("注意", stays=True)

    window._ask.ask("正在直播。", yes="停止录音", no="接着录")

    assert places(window) == before
    assert window._ask.geometry().bottom() < window.messages.geometry().top() + 1


def test_news_cover_a_standing_warning_only_for_a_while(window):
    window.messages.warn("磁盘写满。", stays=True)
    window.messages.tell("已记下点名。")
    told = window.messages.text

    window.messages._fading.timeout.emit()

    assert told == "已记下点名。"
    assert "磁盘写满" in window.messages.text


def test_a_warning_that_is_over_stands_no_longer(window):
    window.messages.warn("来电 的设备现在打不开。", stays=True, about="设备 来电")
    window._show_news(news({"event": "device_back"}, "演播室"))
    window.messages._fading.timeout.emit()
    other = window.messages.text

    window._show_news(news({"event": "device_back"}, "来电"))
    window.messages._fading.timeout.emit()

    assert "打不开" in other
    assert window.messages.text == ""


def test_the_first_message_of_a_window_is_laid_out_before_it_is_painted(window):
    window.messages.warn("先选一条线路。")

    assert inside(window.messages)


def test_the_first_question_of_a_window_is_laid_out_before_it_is_painted(window):
    window._ask.ask("正在直播。", yes="停止录音", no="接着录")

    assert inside(window._ask)


def inside(bar):
    """Whether everything on a bar is where it can be seen; nothing here draws it first."""
    parts = [each for each in bar.findChildren(QWidget) if not each.isHidden()]
    return parts and all(bar.rect().contains(each.geometry()) for each in parts)
