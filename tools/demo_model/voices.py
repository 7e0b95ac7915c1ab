"""Voices: made-up ones to learn from, built-in ones to be tested with.

espeak's voices live in a data folder; ours is made of links to the system's files, with our
variants beside its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.synthesis.espeak import Voice

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP = 200
HELD_OUT = ("f1", "f3", "f5", "m2", "m4", "m7", "Annie", "belinda", "michael", "steph2")
"""Built-in variants that no training sentence uses; the sample calls use some of them."""
DEVELOPMENT = ("f2", "m3", "Andrea", "marcelo")
"""Built-in variants for tuning; no training sentence uses them either."""
_UNLIKE_PEOPLE = ("whisper", "croak", "robo", "robot", "demonic", "fast", "anxious", "tweaky")


def make_data_folder(system: Path, target: Path, *, seed: int) -> Path:
    """Fill *target* with espeak data that also has our made-up voices; return *target*.

    *system* is the folder that holds ``phontab`` and ``voices``.
    """
    data = target / "espeak-ng-data"
    variants = data / "voices" / "!v"
    variants.mkdir(parents=True, exist_ok=True)
    (data / "lang").mkdir(exist_ok=True)
    # espeak lists at most 349 voices and drops the rest: leave out the other languages.
    for entry in [*system.iterdir(), system / "lang" / "sit"]:
        link = data / entry.relative_to(system)
        if entry.name not in ("voices", "lang") and not link.exists():
            link.symlink_to(entry)
    for entry in (system / "voices" / "!v").iterdir():
        (variants / entry.name).write_bytes(entry.read_bytes())
    rng = np.random.default_rng((seed, 1))
    for index in range(MADE_UP):
        text = _variant(index, rng)
        (variants / f"made{index:03d}").write_text(text, encoding="utf-8")
    return target


def built_in(system: Path) -> list[str]:
    """Return the system's variants that may be learnt from, in order."""
    names = sorted(entry.name for entry in (system / "voices" / "!v").iterdir())
    return [
        name
        for name in names
        if name not in HELD_OUT + DEVELOPMENT
        and " " not in name
        and not any(word in name.lower() for word in _UNLIKE_PEOPLE)
    ]


def draw(rng: np.random.Generator, variants: list[str]) -> Voice:
    """Draw a voice to learn from: three in four are made up, the others of *variants*."""
    if rng.random() < 0.75:
        variant = f"made{int(rng.integers(MADE_UP)):03d}"
    else:
        variant = variants[int(rng.integers(len(variants)))]
    return Voice(
        variant,
        rate=int(rng.integers(125, 255)),
        pitch=int(rng.integers(20, 86)),
        pitch_range=int(rng.integers(25, 81)),
    )


def _variant(index: int, rng: np.random.Generator) -> str:
    """Return the text of one made-up variant file."""
    size = rng.uniform(0.85, 1.35)
    pitch = int(rng.uniform(65, 220))
    lines = [
        "language variant",
        f"name made{index:03d}",
        f"gender {'female' if pitch > 140 else 'male'}",
        f"pitch {pitch} {pitch + int(rng.uniform(15, 110))}",
    ]
    for formant in range(9):
        scale = 1.0 if formant == 0 else size * rng.uniform(0.93, 1.07)
        height = rng.uniform(60, 125)
        width = rng.uniform(70, 160)
        lines.append(f"formant {formant} {scale * 100:.0f} {height:.0f} {width:.0f}")
    lines.append(f"consonants {rng.uniform(50, 160):.0f} {rng.uniform(50, 160):.0f}")
    lines.append(f"voicing {rng.uniform(60, 170):.0f}")
    lines.append(f"flutter {rng.uniform(0, 8):.0f}")
    lines.append(f"roughness {rng.uniform(0, 5):.0f}")
    tilt = rng.uniform(80, 255, 3)
    lines.append(f"tone 600 {tilt[0]:.0f} 1200 {tilt[1]:.0f} 2000 {tilt[2]:.0f}")
    if rng.random() < 0.3:
        lines.append("breath " + " ".join(str(int(b)) for b in rng.integers(0, 5, 8)))
    if rng.random() < 0.2:
        lines.append(f"echo {rng.uniform(20, 140):.0f} {rng.uniform(4, 16):.0f}")
    if rng.random() < 0.1:
        lines.append(f"klatt {int(rng.integers(1, 5))}")
    return "\n".join(lines) + "\n"
