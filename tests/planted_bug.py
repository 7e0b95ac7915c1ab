"""A bug in a process of the program's, planted before its first line runs."""

import os
from pathlib import Path


def with_bug(folder: Path, module: str, name: str, *, once: bool = False) -> dict[str, str]:
    """Return the environment in which calling *name* of *module* is a KeyError: 'text'.

    Args:
        folder: empty; for what the children read.
        module: imported by each of them at its start.
        name: the function, or the class and its method with a dot between them.
        once: whether only the first process that reaches it meets the bug.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owner, _, last = f"{module}.{name}".rpartition(".")
    said = folder / "met"
    (folder / "sitecustomize.py").write_text(
        f"""
import os, sys
import {module}

real = {owner}.{last}

def broken(*given, **named):
    if {once} and os.path.exists({str(said)!r}):
        return real(*given, **named)
    with open({str(said)!r}, "a") as file:
        file.write("met\\n")
    raise KeyError("text")

{owner}.{last} = broken
""",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parent.parent
    return {"PYTHONPATH": os.pathsep.join((str(folder), str(root)))}
