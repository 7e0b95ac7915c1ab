"""One pass over a line's sound, cut into pieces anyhow."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.media.measure import HOPS_PER_SECOND, LineMeasure


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([1_000, 1_025, 8_000, 11_025]),
    st.integers(0, 5_000),
    st.lists(st.integers(0, 5_000), max_size=6),
)
def test_the_peak_of_each_tenth_does_not_depend_on_the_pieces(rate_hz, count, cuts):
    samples = np.random.default_rng(count).integers(-32_768, 32_767, count).astype("<i2")
    measure = LineMeasure(rate_hz)

    for piece in np.split(samples, sorted(cuts)):
        measure.feed(piece.tobytes())

    hop = rate_hz / HOPS_PER_SECOND
    heights = np.abs(samples.astype(float))
    starts = [math.ceil(n * hop) for n in range(math.ceil(count / hop) + 1)]
    tenths = [heights[a:b] for a, b in pairwise(starts)]
    assert measure.hop_peaks().tolist() == [tenth.max() for tenth in tenths if len(tenth)]
    whole = LineMeasure(rate_hz)
    whole.feed(samples.tobytes())
    assert abs(measure.ppm_dbfs - whole.ppm_dbfs) < 1e-6 if count else True
    assert (measure.peak_dbfs, measure.clipped) == (whole.peak_dbfs, whole.clipped)
