"""Measure predictions against labels: what was right first, and what was rightly refused.

An answerable question counts as right at rank k where the k-th article shown is one of its gold
articles. An unanswerable one is rightly refused where its status is not "answered".
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from retrieval.evaluation.calibration import calibration_error
from retrieval.evaluation.case import Case
from retrieval.evaluation.group import groups_of
from retrieval.evaluation.risk import risk_area
from retrieval.evaluation.scores import Scores, score


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of a group of questions; a share is None where nothing is counted in it.

    ``top1``, ``top3``, ``mrr`` and ``ndcg10`` (gains 2 for gold, 1 for ok) are over the articles
    shown, at most five; ``answered_right`` asks more: the first article cited is right and the
    status is "answered". ``all_of_gold`` is over questions that need every gold article, among the
    first five shown. ``marked_right`` is over questions whose label says which sentences of the one
    gold article hold the answer: one of them is marked, and the article is right. ``refused`` is
    over the unanswerable; near misses, which ask what the document's topics invite but it does not
    say, are counted apart from the others (off topic, small talk, hostile). ``nearest_offered`` is
    over near misses whose label says which articles speak of it: they got no answer, but one of
    those articles as the first offer. ``handled_right`` is over all: answered right, or rightly not;
    for dialogues, whose turns are of both sorts. ``calibration_error`` and ``risk_area`` are over
    all questions, an unanswerable one never being right.
    """

    answerable: int
    top1: float | None
    top3: float | None
    mrr: float | None
    ndcg10: float | None
    answered_right: float | None
    false_refusals: float | None
    all_of_gold: float | None
    marked_right: float | None
    unanswerable: int
    refused: float | None
    refused_near_misses: float | None
    nearest_offered: float | None
    refused_others: float | None
    false_answers: float | None
    handled_right: float | None
    calibration_error: float | None
    risk_area: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data, rounded to four places."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def measure(group: Sequence[Case]) -> Figures:
    """Return the figures of one group of cases."""
    return figures_of(score(group))


def measure_groups(group: Sequence[Case]) -> dict[str, Figures]:
    """Return the figures of all cases, then by language, then by kind, largest group first."""
    scores = score(group)
    return {g.name: figures_of(scores.take(g.rows(group))) for g in groups_of(group)}


def figures_of(scores: Scores) -> Figures:
    """Return the figures of the cases that ``scores`` holds."""
    means: dict[str, float | None] = {}
    for name in scores.values:
        counted = scores.counted(name)
        means[name] = float(counted.mean()) if len(counted) else None
    return Figures(
        answerable=len(scores.counted("top1")),
        unanswerable=len(scores.counted("refused")),
        calibration_error=calibration_error(scores.confidence, scores.right),
        risk_area=risk_area(scores.confidence, scores.right),
        **means,
    )
