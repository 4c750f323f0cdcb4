"""Decide what to say: the status, and how many articles to cite."""

from dataclasses import dataclass

import numpy as np

from retrieval.answer import Status
from retrieval.fusion import Fused, FusionWeights

MAX_CITED = 4
SHOWN = 5
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold the status, its confidence, and the positions of the articles, best first."""

    status: Status
    confidence: float
    cited: tuple[int, ...]
    related: tuple[int, ...]


def decide(
    fused: Fused,
    weights: FusionWeights,
    *,
    shown: int = SHOWN,
    most: int = MAX_CITED,
    may_answer: bool = True,
) -> Decision:
    """Return the decision for one question: at most ``shown`` articles in all, ``most`` cited.

    ``may_answer`` is False where the question asks for an article of another law: what is near
    may then be offered, but is not the answer.
    """
    order = _order(fused)
    best = float(fused.probabilities[order[0]])
    # A question that two articles answer shares its probability between them.
    somewhere = fused.somewhere
    confidence = weights.confidence(best, somewhere)
    if may_answer and somewhere >= weights.answered:
        cited = _cited(order[: min(most, shown)], fused, weights)
        return Decision("answered", confidence, cited, tuple(order[len(cited) : shown]))
    if somewhere + fused.near >= fused.off:
        nearest = np.argsort(-fused.nearness, kind="stable")[: min(OFFERED, shown)]
        return Decision("related", confidence, (), tuple(map(int, nearest)))
    return Decision("not_found", confidence, (), ())


def further(
    fused: Fused,
    weights: FusionWeights,
    *,
    shown: int = SHOWN,
    most: int = MAX_CITED,
    may_answer: bool = True,
) -> Decision:
    """Return the decision for whoever asks what else there is, among the articles not yet shown.

    Those are cited in order, as long as there are any: to be further is all that is asked of them.
    """
    order = [i for i in _order(fused) if np.isfinite(fused.scores[i])]
    if not order or not may_answer:
        return Decision("not_found", 0.0, (), ())
    best = float(fused.probabilities[order[0]])
    cited = _cited(order[: min(most, shown)], fused, weights)
    related = tuple(order[len(cited) : shown])
    return Decision("answered", weights.confidence(best, best), cited, related)


def _order(fused: Fused) -> list[int]:
    return [int(i) for i in np.lexsort((np.arange(len(fused.scores)), -fused.scores))]


def _cited(order: list[int], fused: Fused, weights: FusionWeights) -> tuple[int, ...]:
    """Return the positions, of those in order, that come close enough to the first."""
    least = weights.cited * float(fused.probabilities[order[0]])
    return tuple(i for i in order if fused.probabilities[i] >= least)
