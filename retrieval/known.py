"""Score articles by the labelled questions nearest to a question: they are evidence too.

A pack's `train.jsonl` holds questions with the articles that answer them, and questions that
nothing answers. Those of the field (kind "near_miss") and all others are told apart, because a
near miss deserves the nearest article as an offer and small talk does not.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import Pack, Question, read_questions, single_questions
from retrieval.dense import best_per_group
from retrieval.engines import VectorIndex

FILE = "train.jsonl"
NEAR_MISS = "near_miss"
# An article whose questions are all farther than this many others is far enough to be out of it.
MAX_HITS = 512
SOFTNESS = 0.02


def known_questions(pack: Pack) -> tuple[Question, ...]:
    """Return the labelled questions that the pack keeps as evidence, empty where it has none.

    Questions answered by reading their number need no evidence and are left out.
    """
    path = pack.file(FILE)
    if path is None:
        return ()
    return tuple(
        q
        for q in single_questions(read_questions(path, pack.document))
        if q.text.strip() and q.kind != "reference"
    )


def classes_of(question: Question, positions: dict[int, int]) -> list[int]:
    """Return the classes that are right for a question.

    A class is the position of an article that answers it; behind the articles come one for near
    misses and one for everything else that nothing answers.
    """
    unanswered = len(positions) + int(question.kind != NEAR_MISS)
    return [positions[number] for number in question.gold] or [unanswered]


class KnownQuestions:
    """Search labelled questions by their vectors."""

    def __init__(
        self, index: VectorIndex, questions: Sequence[Question], positions: dict[int, int]
    ) -> None:
        """Take the engine, the questions in its order, and each article number's position."""
        self._index = index
        self.questions = tuple(questions)
        self._articles = len(positions)
        pairs = [
            (row, group)
            for row, question in enumerate(questions)
            for group in classes_of(question, positions)
        ]
        self._rows = np.array([row for row, _ in pairs])
        self._groups = np.array([group for _, group in pairs])

    def scores(self, query: NDArray[np.float32]) -> tuple[NDArray[np.float32], float, float]:
        """Return how near each article's questions are, then near misses, then everything else.

        It is the best cosine, raised where several questions come close to it: the soft maximum
        (log-sum-exp) at `SOFTNESS`.
        """
        values, rows = self._index.search(query[None, :], min(self._index.size, MAX_HITS))
        cosines = np.full(len(self.questions), values[0, -1], dtype=np.float32)
        cosines[rows[0]] = values[0]
        among = cosines[self._rows]
        best = best_per_group(among, self._groups, self._articles + 2)
        # Those farther than all hits share one value that is not theirs: they raise nothing.
        is_hit = np.isin(self._rows, rows[0])
        shares = is_hit * np.exp((among - best[self._groups]) / SOFTNESS)
        sums = np.bincount(self._groups, weights=shares, minlength=self._articles + 2)
        best = best + SOFTNESS * np.log(np.maximum(sums, 1.0)).astype(np.float32)
        return best[: self._articles], float(best[-2]), float(best[-1])

    def nearest(self, query: NDArray[np.float32], k: int) -> tuple[tuple[Question, float], ...]:
        """Return the ``k`` nearest known questions and their cosines, nearest first."""
        values, rows = self._index.search(query[None, :], k)
        return tuple(
            (self.questions[row], float(value))
            for row, value in zip(rows[0], values[0], strict=True)
        )
