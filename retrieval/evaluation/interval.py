"""Say how sure a figure is: intervals by the bootstrap.

Percentile bootstrap over questions (Efron, 1979), seeded, so that the same predictions have the
same intervals. Where all of a share's values are equal, resampling cannot vary, and an interval of
no width would promise too much: the exact one of Clopper and Pearson (1934) stands in. The turns
of a dialogue are drawn one by one, as if they were apart.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from retrieval.evaluation.calibration import calibration_error
from retrieval.evaluation.risk import risk_area
from retrieval.evaluation.scores import Scores

RESAMPLES = 2000
LEVEL = 0.95
SEED = 20140324
_OVER_ALL = {"calibration_error": calibration_error, "risk_area": risk_area}
_RESAMPLES_OVER_ALL = 500

Interval = tuple[float, float]


def share_interval(values: NDArray[np.float64], resamples: int = RESAMPLES) -> Interval | None:
    """Return the 95 % interval of the mean of ``values`` (n,), or None where none can be had."""
    if not len(values):
        return None
    if (values == values[0]).all() and values[0] in (0.0, 1.0):
        exact = stats.binomtest(int(values.sum()), len(values)).proportion_ci(LEVEL)
        return float(exact.low), float(exact.high)
    if len(values) < 2:
        return None
    found = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=resamples,
        batch=200,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def paired_interval(
    confidence: NDArray[np.float64],
    right: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64], NDArray[np.float64]], float | None],
    resamples: int = _RESAMPLES_OVER_ALL,
) -> Interval | None:
    """Return the 95 % interval of a figure over (confidence, right), or None for fewer than two.

    Doubled cases scatter such figures upwards: a resample's calibration error is on average higher
    than the sample's. The resampled distribution is moved back by that bias.
    """
    if len(confidence) < 2:
        return None
    found = stats.bootstrap(
        (confidence, right),
        statistic,
        n_resamples=resamples,
        vectorized=False,
        paired=True,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    bias = float(found.bootstrap_distribution.mean()) - (statistic(confidence, right) or 0.0)
    low, high = found.confidence_interval
    return max(0.0, float(low) - bias), min(1.0, float(high) - bias)


def intervals_of(scores: Scores) -> dict[str, Interval | None]:
    """Return the interval of every figure of the cases that ``scores`` holds, by its name."""
    found = {name: share_interval(scores.counted(name)) for name in scores.values}
    for name, statistic in _OVER_ALL.items():
        found[name] = paired_interval(scores.confidence, scores.right, statistic)
    return found
