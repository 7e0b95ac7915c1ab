"""Check a take: its health sheet as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.capture.health import health_sheet
from hotline_desk.capture.sheet import sheet_text
from hotline_desk.errors import TakeUnsound
from hotline_desk.output import Line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def check(args: argparse.Namespace) -> Iterator[Line]:
    """Yield the health sheet of the take in `args.take`, which may be its mere name.

    Raises:
        TakeNotFound: the folder holds none.
        TakeUnsound: the verdict is bad; the sheet was told before.
        FfmpegMissing: the sound lies in a FLAC, and there is no usable ffmpeg.
    """
    folder = args.workspace.take_called(args.take)
    sheet = health_sheet(folder)
    yield Line(sheet_text(sheet), sheet.facts())
    if sheet.faults:
        raise TakeUnsound(folder, len(sheet.faults))
