"""The seam behind which a vector engine lives."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorIndex(Protocol):
    """Find the nearest of a set of vectors by inner product.

    Vectors are unit rows, so the inner product is the cosine. Row i keeps position i for good.
    """

    @property
    def size(self) -> int:
        """Return how many vectors the index holds."""

    def search(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the ``k`` best scores and positions for each query row, best first.

        Both results have shape (queries, min(k, size)). Ties are ordered by position. Raises
        EngineError where the queries have another dimension than the index.
        """
