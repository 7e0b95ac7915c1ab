"""A capture child whose device runs on a clock of its own: an hour of it, as fast as it is read.

Called as the recorder calls its children; the device's name is ``LINE,SECONDS,PPM``.
"""

import random
import sys

from hotline_desk.capture import blocks
from hotline_desk.capture.blocks import Block, BlockFlag, Format
from tests.coded_sound import coded

RATE = 8000
BLOCK = 800
LATE_SECONDS = 0.03, 0.3
"""How late a block comes: on the average, and at most."""


def heard_at(number: int, ppm: float) -> float:
    """Return when sample *number* is heard, in seconds of the machine's clock."""
    return number / (RATE * (1 + ppm * 1e-6))


def main(device: str) -> None:
    line, seconds, ppm = (float(part) for part in device.split(","))
    out, chance = sys.stdout.buffer, random.Random(int(line))
    blocks.write_format(out, Format(RATE, 1))
    begin = blocks.read_begin(sys.stdin.buffer)
    if begin is None:
        return
    closed = blocks.end_of_input()
    last = round(seconds * RATE / BLOCK) * BLOCK - BLOCK
    for first in range(0, last + BLOCK, BLOCK):
        late = min(chance.expovariate(1 / LATE_SECONDS[0]), LATE_SECONDS[1])
        at_ns = begin.origin_ns + round((heard_at(first, ppm) + late) * 1e9)
        flags = BlockFlag.OVER if first == last else BlockFlag(0)
        blocks.write_block(out, Block(at_ns, flags, coded(int(line), BLOCK, first).tobytes()))
    while not closed.wait(0.1):
        at_ns += round(BLOCK / RATE * 1e9)
        blocks.write_block(out, Block(at_ns, BlockFlag(0), bytes(2 * BLOCK)))


if __name__ == "__main__":
    main(sys.argv[-1])
