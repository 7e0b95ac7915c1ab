"""Restore a copy of a ledger and die on the way, at one call after the other; run as a program.

Prints a line of JSON for each death: the workspace it happened in, as the next start finds it.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from hotline_desk import cli
from hotline_desk.ledger import opening

_LOOKED_AT = (
    (os, "fsync"), (os, "fdatasync"), (Path, "replace"), (Path, "unlink"),
    (opening._Connection, "execute"), (opening._Connection, "backup"),
)  # fmt: skip


def dying(arguments, *, at):
    """Run a command in a process of its own that is killed at its call number *at*."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        calls = 0

        def look(call):
            def looking(*arguments, **options):
                nonlocal calls
                calls += 1
                if calls == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*arguments, **options)

            return looking

        for place, name in _LOOKED_AT:
            setattr(place, name, look(getattr(place, name)))
        code = cli.run(arguments)
        os.write(write, f"{calls} {code}".encode())
        os._exit(0)
    os.close(write)
    told = b"".join(iter(lambda: os.read(read, 100), b""))
    os.close(read)
    os.waitpid(child, 0)
    return [int(each) for each in told.split()]


def main(root, copy, folder, stages):
    """Kill *stages* restorings of *copy* in copies of the workspace at *root*, evenly apart."""

    def command(place):
        return ["restore", copy, "--workspace", str(place), "--json"]

    whole = Path(folder) / "whole"
    shutil.copytree(root, whole)
    calls, code = dying(command(whole), at=0)
    assert code == 0, code
    for stage in range(stages):
        place = Path(folder) / str(stage)
        shutil.copytree(root, place)
        at = 1 + stage * (calls - 1) // (stages - 1)
        assert dying(command(place), at=at) == []
        sys.stderr.write(json.dumps({"at": at, "of": calls, "workspace": str(place)}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]))
