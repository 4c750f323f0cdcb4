"""Score articles by the labelled questions nearest to a question: they are evidence too.

A pack's `train.jsonl` holds questions with the articles that answer them, and questions that
nothing answers. Those of the field (kind "near_miss") and all others are told apart, because a
near miss deserves the nearest article as an offer and small talk does not.

Follow-ups, which stand behind the question they lean on, lie apart: only a turn that is read with
the one before it is compared with them, and no other question pays for the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Pack, Question, read_questions, single_questions
from retrieval.dense import best_per_group
from retrieval.engines import FaissIndex

FILE = "train.jsonl"
# Between a question and those it may lean on, in known questions and in what is asked.
JOINT = " | "
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


def is_joined(text: str) -> bool:
    """Tell whether a text is a follow-up behind the question it leans on."""
    return JOINT in text


def classes_of(question: Question, positions: dict[int, int]) -> list[int]:
    """Return the classes that are right for a question.

    A class is the position of an article that answers it; behind the articles come one for near
    misses and one for everything else that nothing answers.
    """
    unanswered = len(positions) + int(question.kind != NEAR_MISS)
    return [positions[number] for number in question.gold] or [unanswered]


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """Hold the vectors of known questions in two indexes, and the questions in their order.

    Rows count through both. ``whole`` is never empty: where all or none are follow-ups, it holds
    them all.
    """

    whole: FaissIndex
    joined: FaissIndex | None
    questions: tuple[Question, ...]

    @classmethod
    def build(cls, vectors: NDArray[np.float32], questions: Sequence[Question]) -> "KnownIndex":
        """Return the index of ``questions``, whose vectors are the rows of ``vectors``.

        Half precision moves a cosine by no more than 0.0003 and halves the memory that a search
        has to read, which is what it spends its time on.
        """
        apart = np.array([is_joined(question.text) for question in questions])
        if apart.all():
            apart[:] = False
        order = np.argsort(apart, kind="stable")
        count = len(questions) - int(apart.sum())
        whole = FaissIndex.build(vectors[order[:count]], half_precision=True)
        joined = None
        if count < len(questions):
            joined = FaissIndex.build(vectors[order[count:]], half_precision=True)
        return cls(whole, joined, tuple(questions[at] for at in order))

    def search(
        self, query: NDArray[np.float32], k: int, *, with_joined: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the ``k`` best cosines and rows for a vector of shape (dimension,), best first."""
        values, rows = (found[0] for found in self.whole.search(query[None, :], k))
        if self.joined is None or not with_joined:
            return values, rows
        further, their_rows = (found[0] for found in self.joined.search(query[None, :], k))
        values = np.concatenate([values, further])
        rows = np.concatenate([rows, their_rows + self.whole.size])
        best = np.lexsort((rows, -values))[:k]
        return values[best], rows[best]


@dataclass(frozen=True, slots=True)
class Hits:
    """Hold the rows of the nearest known questions and their cosines, nearest first."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]


class KnownQuestions:
    """Search labelled questions by their vectors."""

    def __init__(self, index: KnownIndex, positions: dict[int, int]) -> None:
        """Take the index and each article number's position."""
        self._index = index
        self.questions = index.questions
        self._articles = len(positions)
        pairs = [
            (row, group)
            for row, question in enumerate(self.questions)
            for group in classes_of(question, positions)
        ]
        self._rows = np.array([row for row, _ in pairs])
        self._groups = np.array([group for _, group in pairs])

    def hits(self, query: NDArray[np.float32], *, with_joined: bool = False) -> Hits:
        """Return the nearest known questions of a query vector of shape (dimension,).

        Follow-ups are among them only ``with_joined``.
        """
        values, rows = self._index.search(query, MAX_HITS, with_joined=with_joined)
        return Hits(rows, values)

    def scores(self, hits: Hits) -> tuple[NDArray[np.float32], float, float]:
        """Return how near each article's questions are, then near misses, then everything else.

        It is the best cosine, raised where several questions come close to it: the soft maximum
        (log-sum-exp) at `SOFTNESS`.
        """
        cosines = np.full(len(self.questions), hits.cosines[-1], dtype=np.float32)
        cosines[hits.rows] = hits.cosines
        among = cosines[self._rows]
        # Those farther than all hits share one value that is not theirs: they raise nothing.
        is_hit = np.isin(self._rows, hits.rows)
        best = _soft_maximum(among, self._groups, self._articles + 2, is_hit)
        return best[: self._articles], float(best[-2]), float(best[-1])

    def nearest(self, hits: Hits, k: int) -> tuple[tuple[Question, float], ...]:
        """Return the ``k`` nearest known questions among hits and their cosines, nearest first."""
        return tuple(
            (self.questions[row], float(value))
            for row, value in zip(hits.rows[:k], hits.cosines[:k], strict=True)
        )


def _soft_maximum(
    values: NDArray[np.float32], groups: NDArray[np.int64], count: int, counted: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return the soft maximum of the values of each group; what is not ``counted`` raises nothing."""
    best = best_per_group(values, groups, count)
    shares = counted * np.exp((values - best[groups]) / SOFTNESS)
    sums = np.bincount(groups, weights=shares, minlength=count)
    raised: NDArray[np.float32] = best + SOFTNESS * np.log(np.maximum(sums, 1.0)).astype(np.float32)
    return raised
