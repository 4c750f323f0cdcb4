"""Score articles by the meaning they share with a question: nearest passages, nearest questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.engines import VectorIndex
from retrieval.passages import Passage

# Up to this many vectors every one is scored; above, as many of the nearest.
MAX_HITS = 16_384


@dataclass(frozen=True, slots=True)
class DenseScores:
    """Hold cosines in [-1, 1]: one an article for its whole text and for its best sentence.

    ``article`` and ``sentence`` have shape (articles,); ``passages`` has shape (passages,), with
    NaN for a passage that was not among the nearest.
    """

    article: NDArray[np.float32]
    sentence: NDArray[np.float32]
    passages: NDArray[np.float32]


class DenseIndex:
    """Search the passages of a document by their vectors."""

    def __init__(
        self, index: VectorIndex, passages: Sequence[Passage], positions: dict[int, int]
    ) -> None:
        """Take the engine, the passages in its order, and each article number's position."""
        self._index = index
        self._passages = tuple(passages)
        self._articles = np.array([positions[p.article] for p in passages])
        self._whole = np.array([p.kind == "article" for p in passages])
        self._count = len(positions)

    def scores(self, query: NDArray[np.float32]) -> DenseScores:
        """Return the scores of every article for one query vector of shape (dimension,)."""
        values, rows = self._index.search(query[None, :], min(self._index.size, MAX_HITS))
        passages = np.full(len(self._passages), np.nan, dtype=np.float32)
        passages[rows[0]] = values[0]
        known = np.where(np.isnan(passages), values[0, -1], passages)
        return DenseScores(
            article=best_per_group(known[self._whole], self._articles[self._whole], self._count),
            sentence=best_per_group(known[~self._whole], self._articles[~self._whole], self._count),
            passages=passages,
        )

    def sentences_of(self, position: int) -> tuple[int, ...]:
        """Return the rows of the sentences and facts of the article at ``position``."""
        return tuple(map(int, np.flatnonzero((self._articles == position) & ~self._whole)))

    def passage(self, row: int) -> Passage:
        """Return the passage of an index row."""
        return self._passages[row]


def best_per_group(
    values: NDArray[np.float32], groups: NDArray[np.int64], count: int
) -> NDArray[np.float32]:
    """Return the highest of ``values`` in each of ``count`` groups; the lowest of all for none."""
    best = np.full(count, values.min() if values.size else 0.0, dtype=np.float32)
    np.maximum.at(best, groups, values)
    return best
