"""How loud samples are, in dB below full scale (dBFS).

numpy is loaded with the first samples: the window needs none to open.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FULL_SCALE = 32_768.0
"""The amplitude that no 16-bit sample exceeds: 0 dBFS."""
SILENT_DBFS = -60.0
"""Samples that all stay below are silence; a quiet studio's noise peaks above it."""
RETURN_DB_PER_SECOND = 20 / 1.7
"""How fast a meter's reading falls (IEC 60268-10, type I)."""


def peak_dbfs(pcm: bytes) -> float:
    """Return the peak of 16-bit samples in dBFS; minus infinity for silence or nothing."""
    import numpy as np  # noqa: PLC0415  see above

    samples = np.frombuffer(pcm, dtype=np.int16)
    return dbfs(float(amplitudes(samples).max(initial=0.0)))


def amplitudes(samples: np.ndarray) -> np.ndarray:
    """Return how far each 16-bit sample is from zero, as float32 from 0 to `FULL_SCALE`."""
    import numpy as np  # noqa: PLC0415  see above

    # not in 16 bits: the lowest sample has no positive there
    return np.abs(samples.astype(np.float32))


def dbfs(amplitude: float) -> float:
    """Return an amplitude on the scale of 16-bit samples in dBFS; minus infinity for none."""
    return 20 * math.log10(amplitude / FULL_SCALE) if amplitude > 0 else -math.inf
