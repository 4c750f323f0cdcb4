"""The record in which the legs of retrieval hand over what they found for one question."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.dense import DenseScores

if TYPE_CHECKING:
    from retrieval.known import Hits


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what speaks for each article, in document order, and for none of them.

    ``lexical`` holds raw BM25 scores; ``names`` the document's words for what the question
    calls otherwise. ``known`` holds the best cosine to a known question of each
    article; ``near`` and ``off`` the best cosine to a known question that the document does not
    answer although it is of its field (near), or that has nothing to do with it (off);
    ``association`` what the words of known questions say for each article, near and off. These
    five, ``hits`` being the nearest known questions, are None where the pack has no known questions.
    ``vector`` is the question's own.
    """

    dense: DenseScores
    lexical: NDArray[np.float32]
    names: tuple[str, ...] = ()
    known: NDArray[np.float32] | None = None
    near: float | None = None
    off: float | None = None
    association: NDArray[np.float32] | None = None
    hits: "Hits | None" = None
    vector: NDArray[np.float32] | None = None
