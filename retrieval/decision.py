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
    fused: Fused, weights: FusionWeights, *, shown: int = SHOWN, may_answer: bool = True
) -> Decision:
    """Return the decision for one question, with at most ``shown`` articles in all.

    ``may_answer`` is False where the question asks for an article of another law: what is near
    may then be offered, but is not the answer.
    """
    order = [int(i) for i in np.lexsort((np.arange(len(fused.scores)), -fused.scores))]
    best = float(fused.probabilities[order[0]])
    # A question that two articles answer shares its probability between them.
    somewhere = float(fused.probabilities.sum())
    confidence = weights.confidence(best, somewhere)
    if may_answer and somewhere >= weights.answered:
        cited = tuple(
            i
            for i in order[: min(MAX_CITED, shown)]
            if fused.probabilities[i] >= weights.cited * best
        )
        return Decision("answered", confidence, cited, tuple(order[len(cited) : shown]))
    if somewhere + fused.near >= fused.off:
        return Decision("related", confidence, (), tuple(order[: min(OFFERED, shown)]))
    return Decision("not_found", confidence, (), ())
