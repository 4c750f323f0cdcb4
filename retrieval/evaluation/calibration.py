"""Measure calibration: of the answers given with confidence p, is a share p right?

Expected calibration error over bins of equal mass (Naeini et al., 2015; equal mass as in Nixon et
al., 2019): the mean over bins, weighted by size, of |mean confidence - share right|.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold one bin of cases of like confidence: how many, how sure, how often right."""

    count: int
    low: float
    high: float
    confidence: float
    right: float

    def to_dict(self) -> dict[str, Any]:
        """Return the bin as plain data, rounded to four places."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def reliability(
    confidence: NDArray[np.float64], right: NDArray[np.float64], bins: int = BINS
) -> tuple[Bin, ...]:
    """Return up to ``bins`` bins of as equal size as can be, least sure first.

    ``confidence`` in [0, 1] and ``right`` in {0, 1}, both (n,). Cases of equal confidence that a
    boundary parts share their mean, so that their order in the file does not matter.
    """
    if not len(confidence):
        return ()
    order = np.argsort(confidence, kind="stable")
    _, same = np.unique(confidence[order], return_inverse=True)
    shared = (np.bincount(same, right[order]) / np.bincount(same))[same]
    parts = np.array_split(np.arange(len(order)), min(bins, len(order)))
    ordered = confidence[order]
    return tuple(
        Bin(
            len(part),
            float(ordered[part[0]]),
            float(ordered[part[-1]]),
            float(ordered[part].mean()),
            float(shared[part].mean()),
        )
        for part in parts
    )


def calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.float64], bins: int = BINS
) -> float | None:
    """Return the expected calibration error in [0, 1], or None where there is no case."""
    found = reliability(confidence, right, bins)
    if not found:
        return None
    return sum(b.count * abs(b.confidence - b.right) for b in found) / len(confidence)
