"""Score each case: one value a case and figure, so that groups, intervals and tests share them.

1 is right and 0 wrong (or a share between), NaN where the figure does not concern the case. The
measures of ranking come from ir-measures. Its engine gives wrong means where a question has no
relevant article, so that only answerable questions are handed to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, P, Qrel, ScoredDoc, Success, nDCG
from numpy.typing import NDArray

from retrieval.evaluation.case import Case

GOLD, OK = 2, 1
RANKING = {
    "top1": P(rel=GOLD) @ 1,
    "top3": Success(rel=GOLD) @ 3,
    "mrr": RR(rel=GOLD),
    "ndcg10": nDCG @ 10,
}
# What each of the other figures is over, and when a case counts as 1.
_CONCERNS: dict[str, tuple[Callable[[Case], bool], Callable[[Case], bool]]] = {
    "answered_right": (lambda c: bool(c.gold), lambda c: c.is_answered_right),
    "false_refusals": (lambda c: bool(c.gold), lambda c: not c.is_answered),
    "all_of_gold": (lambda c: bool(c.gold) and c.needs_all, lambda c: c.has_all),
    "marked_right": (
        lambda c: bool(c.mark) and len(c.gold) == 1 and c.prediction.marked is not None,
        lambda c: c.is_marked_right,
    ),
    "refused": (lambda c: not c.gold, lambda c: not c.is_answered),
    "refused_near_misses": (lambda c: c.is_near_miss, lambda c: not c.is_answered),
    "nearest_offered": (lambda c: c.is_near_miss and bool(c.near), lambda c: c.is_nearest_offered),
    "refused_others": (
        lambda c: not c.gold and not c.is_near_miss,
        lambda c: not c.is_answered,
    ),
    "false_answers": (lambda c: not c.gold, lambda c: c.is_answered),
    "handled_right": (
        lambda _c: True,
        lambda c: c.is_answered_right if c.gold else not c.is_answered,
    ),
}
FIGURES = (*RANKING, *_CONCERNS)


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold, for n cases, n values a figure, n confidences, and whether the nearest was right.

    ``right`` is 1 where the first article cited, or else the nearest shown, is a gold one; an
    unanswerable question is never right.
    """

    values: dict[str, NDArray[np.float64]]
    confidence: NDArray[np.float64]
    right: NDArray[np.float64]

    def take(self, rows: Sequence[int]) -> "Scores":
        """Return the scores of the cases at ``rows``."""
        index = np.asarray(rows, dtype=np.intp)
        return Scores(
            {name: values[index] for name, values in self.values.items()},
            self.confidence[index],
            self.right[index],
        )

    def counted(self, figure: str) -> NDArray[np.float64]:
        """Return the values of the cases that ``figure`` concerns."""
        values = self.values[figure]
        return values[~np.isnan(values)]


def score(group: Sequence[Case]) -> Scores:
    """Return the scores of ``group``, in its order."""
    values = {name: np.full(len(group), np.nan) for name in FIGURES}
    answerable = [row for row, case in enumerate(group) if case.gold]
    if answerable:
        for metric in ir_measures.iter_calc(
            list(RANKING.values()),
            [qrel for row in answerable for qrel in _qrels(str(row), group[row])],
            [found for row in answerable for found in _run(str(row), group[row])],
        ):
            name = next(n for n, measure in RANKING.items() if measure == metric.measure)
            values[name][int(metric.query_id)] = metric.value
    for name, (concerns, holds) in _CONCERNS.items():
        for row, case in enumerate(group):
            if concerns(case):
                values[name][row] = float(holds(case))
    return Scores(
        values,
        np.array([case.prediction.confidence for case in group], dtype=np.float64),
        np.array([case.rank == 1 for case in group], dtype=np.float64),
    )


def _qrels(query: str, case: Case) -> list[Qrel]:
    relevance = dict.fromkeys(case.ok, OK) | dict.fromkeys(case.gold, GOLD)
    return [Qrel(query, str(number), grade) for number, grade in relevance.items()]


def _run(query: str, case: Case) -> list[ScoredDoc]:
    return [
        ScoredDoc(query, str(number), 1 / rank)
        for rank, number in enumerate(case.prediction.ranked, start=1)
    ]
