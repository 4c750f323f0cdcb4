"""Compare two systems on the same questions: is the difference more than chance?

Paired permutation test (Fisher, 1935; for retrieval: Smucker, Allan and Carterette, 2007): under
the null hypothesis each question's two scores could as well be swapped. The sentence beside it
says what difference this set could have shown at all, so that "no difference found" is not read
as "no difference".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from retrieval.evaluation.case import Case
from retrieval.evaluation.interval import SEED, Interval, share_interval
from retrieval.evaluation.scores import FIGURES, score

SHUFFLES = 9999
SIGNIFICANT = 0.05
POWER = 0.80
_COMPARED = tuple(name for name in FIGURES if name != "false_answers")
# The sum of the normal quantiles of a two-sided level of 0.05 and a power of 0.80: 2.80.
_QUANTILES = float(stats.norm.ppf(1 - SIGNIFICANT / 2) + stats.norm.ppf(POWER))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold a figure of two systems over the same ``count`` questions.

    ``difference`` is second minus first with its 95 % interval; ``p`` is that of the two-sided
    paired permutation test; ``differing`` counts the questions on which the two part;
    ``detectable`` is the smallest true difference that this set shows in 80 of 100 such tests, or
    None where not even the largest would be.
    """

    figure: str
    count: int
    first: float
    second: float
    interval: Interval | None
    p: float
    differing: int
    detectable: float | None

    @property
    def difference(self) -> float:
        """Return second minus first."""
        return self.second - self.first

    @property
    def sentence(self) -> str:
        """Return what the test found, and what it could have found."""
        if self.p < SIGNIFICANT:
            side = "higher" if self.difference > 0 else "lower"
            found = f"B is {side} by {abs(self.difference):.3f} (p = {self.p:.4f})"
        else:
            found = f"no difference shown (p = {self.p:.3f})"
        if self.detectable is None:
            could = f"{self.count} questions are too few to show any difference"
        else:
            could = (
                f"these {self.count} questions could have shown one of {self.detectable:.3f} or "
                f"more, with {POWER:.0%} probability"
            )
        return f"{found}; {could}."

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data, rounded."""
        return {
            "questions": self.count,
            "a": round(self.first, 4),
            "b": round(self.second, 4),
            "difference": round(self.difference, 4),
            "interval": None if self.interval is None else [round(v, 4) for v in self.interval],
            "p": round(self.p, 5),
            "differing": self.differing,
            "detectable": None if self.detectable is None else round(self.detectable, 4),
            "sentence": self.sentence,
        }


def compare(first: Sequence[Case], second: Sequence[Case]) -> dict[str, Comparison]:
    """Return the comparison of each figure that concerns any of the questions.

    Raises ValueError where the two are not of the same questions in the same order.
    """
    if [(c.key, c.gold) for c in first] != [(c.key, c.gold) for c in second]:
        raise ValueError("the two are not of the same questions, in the same order")
    one, other = score(first), score(second)
    found = {}
    for figure in _COMPARED:
        a, b = one.counted(figure), other.counted(figure)
        if len(a):
            found[figure] = _comparison(figure, a, b)
    return found


def permutation_p(differences: NDArray[np.float64]) -> float:
    """Return the two-sided p of paired ``differences`` (n,): exact where n is small."""
    moved = differences[differences != 0]
    if len(moved) < 2:
        return 1.0
    # A question without a difference is the same either way round: leaving it out changes no sum.
    test = stats.permutation_test(
        (moved, np.zeros_like(moved)),
        lambda x, y, axis: np.sum(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=SHUFFLES,
        batch=500,
        rng=np.random.default_rng(SEED),
    )
    return min(1.0, float(test.pvalue))


def detectable_difference(differences: NDArray[np.float64]) -> float | None:
    """Return the smallest difference that n questions show with 80 % power at level 0.05.

    By the normal approximation from how much the paired differences (n,) scatter. It cannot be
    less than what shows where only one side ever wins, about 7.8 questions; None above 1.
    """
    count = len(differences)
    scatter = math.sqrt(float(np.mean(differences**2)) / count)
    smallest = max(_QUANTILES * scatter, _QUANTILES**2 / count)
    return smallest if smallest <= 1 else None


def _comparison(figure: str, a: NDArray[np.float64], b: NDArray[np.float64]) -> Comparison:
    differences = b - a
    interval = share_interval(differences) if differences.any() else None
    return Comparison(
        figure,
        len(a),
        float(a.mean()),
        float(b.mean()),
        interval,
        permutation_p(differences),
        int(np.count_nonzero(differences)),
        detectable_difference(differences),
    )
