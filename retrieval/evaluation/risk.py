"""Measure what refusing buys: the share of wrong answers among the n surest, for every n.

The risk-coverage curve and its area are those of El-Yaniv and Wiener (2010) and Geifman et al.
(2019). 0 would be an area without a wrong case; ``best_area`` is what the same answers would reach
if every right one were surer than every wrong one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_POINTS = 101


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Hold the curve as (coverage, risk) from the surest case to all, and the area under it."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float
    best_area: float

    def to_dict(self) -> dict[str, Any]:
        """Return the curve as plain data of at most about a hundred points."""
        step = max(1, len(self.risk) // _POINTS)
        points = [*zip(self.coverage, self.risk, strict=True)]
        kept = points[:-1:step] + points[-1:]
        return {
            "area": round(self.area, 4),
            "best_area": round(self.best_area, 4),
            "curve": [[round(c, 4), round(r, 4)] for c, r in kept],
        }


def risk_coverage(
    confidence: NDArray[np.float64], right: NDArray[np.float64]
) -> RiskCoverage | None:
    """Return the risk-coverage curve of n cases, or None where there is none.

    Cases of equal confidence cannot be told apart by it: each counts as wrong as all of them are
    on average, so that their order in the file does not matter.
    """
    count = len(confidence)
    if not count:
        return None
    risk = _risk(confidence, right)
    best = _risk(right, right)
    coverage = np.arange(1, count + 1) / count
    return RiskCoverage(
        tuple(coverage.tolist()), tuple(risk.tolist()), float(risk.mean()), float(best.mean())
    )


def risk_area(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """Return the area under the risk-coverage curve, or None where there is no case."""
    return float(_risk(confidence, right).mean()) if len(confidence) else None


def _risk(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    order = np.argsort(-confidence, kind="stable")
    _, same = np.unique(-confidence[order], return_inverse=True)
    wrong = (np.bincount(same, 1 - right[order]) / np.bincount(same))[same]
    risk: NDArray[np.float64] = np.cumsum(wrong) / np.arange(1, len(order) + 1)
    return risk
