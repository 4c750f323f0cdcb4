"""Search vectors with FAISS, exactly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.errors import EngineError


class FaissIndex:
    """Search a flat FAISS index by inner product: exact, and the ground truth for other engines.

    Searching from several threads at once is safe; adding is done once, before any search.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32], *, half_precision: bool = False) -> "FaissIndex":
        """Return an index of the rows of ``vectors``, shape (n, dimension).

        With ``half_precision`` every row is looked at all the same, rounded to 16 bits a number.
        """
        if vectors.ndim != 2 or not vectors.size:
            raise EngineError(f"vectors of shape {vectors.shape}; expected (n, dimension), n >= 1.")
        if not np.isfinite(vectors).all():
            raise EngineError("a vector holds a value that is not a finite number.")
        dimension = vectors.shape[1]
        index: faiss.Index = faiss.IndexFlatIP(dimension)
        if half_precision:
            index = faiss.IndexScalarQuantizer(
                dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "FaissIndex":
        """Return the index stored at ``path``, whose checksum the caller has verified.

        Raises EngineError where faiss cannot read it.
        """
        return cls(_reporting(lambda: faiss.read_index(str(path)), path))

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        _reporting(lambda: faiss.write_index(self._index, str(path)), path)

    @property
    def size(self) -> int:
        """Return how many vectors the index holds."""
        return int(self._index.ntotal)

    def vectors(self) -> NDArray[np.float32]:
        """Return the rows as they are kept, shape (n, dimension)."""
        kept: NDArray[np.float32] = self._index.reconstruct_n(0, self.size)
        return kept

    def search(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the ``k`` best scores and positions for each query row, best first."""
        if queries.ndim != 2 or queries.shape[1] != self._index.d:
            raise EngineError(
                f"queries of shape {queries.shape}; expected (n, {self._index.d}). "
                "Was the index built with another model?"
            )
        if k < 1:
            raise EngineError(f"k is {k}; expected 1 or more.")
        # One more than wanted tells whether equal scores reach past the end.
        wanted, asked = min(k, self.size), min(k + 1, self.size)
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        while True:
            scores, positions = self._search(rows, asked)
            # faiss takes any of equal scores: where they do, look at all of them.
            if asked == self.size or not np.any(scores[:, -1] == scores[:, wanted - 1]):
                break
            asked = min(2 * asked, self.size)
        order = np.lexsort((positions, -scores))[:, :wanted]
        return np.take_along_axis(scores, order, 1), np.take_along_axis(positions, order, 1)

    def _search(
        self, rows: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Search with one thread for one query.

        Above 10,000 vectors faiss would share even that among several, which then keep the
        processors busy waiting while the encoder wants them: a question took half as long again.
        """
        if len(rows) > 1:
            found: tuple[NDArray[np.float32], NDArray[np.int64]] = self._index.search(rows, k)
            return found
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)
        try:
            found = self._index.search(rows, k)
        finally:
            faiss.omp_set_num_threads(threads)
        return found


def _reporting(action: Callable[[], Any], path: Path) -> Any:
    try:
        return action()
    except RuntimeError as error:  # faiss raises nothing more specific
        raise EngineError(f"{path}: faiss cannot use it ({str(error).splitlines()[0]}).") from error
