"""Score the articles by the words people ask with, learned from the known questions.

A question and the article that answers it often share no word; labelled questions say which words
go with which article. For every token the table holds how much likelier it is in the questions of
each class than in those of the others: multinomial naive Bayes (McCallum and Nigam 1998) over
hashed tokens (Weinberger et al. 2009). A question's score is the mean over its tokens, not their
sum, so that a long question does not drown the other legs. Of a follow-up only the last turn counts:
what it leans on has told the other legs, and its words there say more of what was asked before.
"""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus import Question
from retrieval.known import JOINT, classes_of
from retrieval.lexical import tokenize

_BUCKETS = 1 << 16
# What every token counts in every class beforehand. Of 0.02 to 0.3, dev and held-out questions
# hardly tell them apart.
_SMOOTHING = 0.05


class AssociationTable:
    """Hold what every bucket of tokens says for each class: the articles, near misses, all else."""

    def __init__(self, weights: NDArray[np.float16]) -> None:
        """Take weights of shape (buckets, articles + 2)."""
        self._weights = weights

    @classmethod
    def build(cls, questions: Sequence[Question], positions: dict[int, int]) -> "AssociationTable":
        """Return the table of labelled questions, by each article number's position.

        A question that several articles answer counts in parts for each.
        """
        counts = np.full((_BUCKETS, len(positions) + 2), _SMOOTHING)
        is_known = np.zeros(_BUCKETS, dtype=np.bool_)
        for question in questions:
            rows, classes = _buckets(question.text), classes_of(question, positions)
            counts[np.ix_(rows, classes)] += 1 / len(classes)
            is_known[rows] = True
        weights = np.log(counts / counts.sum(0))
        weights -= weights.mean(1, keepdims=True)
        weights[~is_known] = 0.0  # a token that was never seen speaks for nothing
        return cls(weights.astype(np.float16))

    @classmethod
    def load(cls, path: Path) -> "AssociationTable":
        """Return the table that `save` wrote to ``path``, whose checksum the caller has verified."""
        return cls(np.load(path, allow_pickle=False))

    def save(self, path: Path) -> None:
        """Write the table to ``path``, which ends in .npy."""
        np.save(path, self._weights)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return one score a class, shape (articles + 2,); 0 where no token is known."""
        rows = self._weights[_buckets(question)].astype(np.float32)
        known = int(rows.any(1).sum())
        mean: NDArray[np.float32] = rows.sum(0) / np.float32(max(1, known))
        return mean


def _buckets(text: str) -> list[int]:
    """Return the buckets of the tokens of the last turn in ``text``, each once, in order."""
    asked = text.rpartition(JOINT)[2]
    return sorted({crc32(token.encode()) % _BUCKETS for token in tokenize(asked)})
