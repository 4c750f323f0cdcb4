"""Join the legs into one score an article and one probability an outcome.

The score of an article is a weighted sum of what the legs found. A softmax over the articles and
two further outcomes (the field, but not this; nothing to do with it) turns scores into
probabilities: a conditional logit (McFadden 1974) whose weights are fitted on labelled questions
by `tiaowen train` and lie in the pack as `fusion.json`. A weighted sum, not rank fusion: in
another language the lexical leg finds nothing, and ranks of nothing would still count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from retrieval.evidence import Evidence
from retrieval.weights import Weights

FILE = "fusion.json"
# A turn behind the question it leans on is not worded like a question: its legs have weights of
# their own.
JOINED_FILE = "fusion-joined.json"
# What one reading gives no chance at all is still possible.
LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class FusionWeights(Weights):
    """Hold the weights of the legs and of the two outcomes beside the articles, and what decides.

    ``answered`` is the least probability with which the best article counts as the answer;
    ``cited`` the least share of the best article's probability with which a further one is cited;
    the ``confidence`` weights turn probabilities into a confidence (logistic calibration, Platt
    1999); the ``nearest`` weights order the articles where none answers.
    The defaults serve a pack without an adapter. They were fitted on the bundled questions under
    the bundled model as it was trained, but for the two biases: such a model can hardly tell what a
    document does not say, so it answers, and leaves the doubt to the confidence.
    """

    FORMAT: ClassVar[str] = "fusion"
    VERSION: ClassVar[int] = 2

    article: float = 75.8
    sentence: float = 60.3
    lexical: float = 0.557
    known: float = 0.0
    association: float = 0.0
    near_bias: float = 0.0
    near_known: float = 0.0
    off_bias: float = 0.0
    off_known: float = 0.0
    mean: float = 1.0
    answered: float = 0.5
    cited: float = 0.55
    confidence_best: float = 0.80
    confidence_somewhere: float = -0.22
    confidence_bias: float = 0.38
    nearest_article: float = 75.8
    nearest_sentence: float = 60.3
    nearest_lexical: float = 4.46
    nearest_association: float = 0.0

    def confidence(self, best: float, somewhere: float) -> float:
        """Return the probability that the best article answers.

        ``best`` is its own probability, ``somewhere`` that of all articles together. The first
        alone is too modest where two articles answer equally well and share it.
        """
        log_odds = (
            self.confidence_best * logit(best)
            + self.confidence_somewhere * logit(somewhere)
            + self.confidence_bias
        )
        return 1 / (1 + math.exp(-max(-700.0, min(700.0, log_odds))))


def logit(probability: float) -> float:
    """Return the log odds of a probability, which is kept a hair away from 0 and 1."""
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


@dataclass(frozen=True, slots=True)
class Fused:
    """Hold the fused scores and probabilities of the articles, in document order, and of none.

    The probabilities of the articles, ``near`` and ``off`` add up to 1. ``nearness`` orders the
    articles where none answers.
    """

    scores: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    near: float
    off: float
    nearness: NDArray[np.float64]

    @classmethod
    def of(cls, logits: NDArray[np.float64], nearness: NDArray[np.float64]) -> "Fused":
        """Return what ``logits`` say, shape (articles + 2,): the articles, near, off."""
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        return cls(logits[:-2], shares[:-2], float(shares[-2]), float(shares[-1]), nearness)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Return the probabilities of the articles and of the two other outcomes in one row."""
        return np.append(self.probabilities, [self.near, self.off])

    @property
    def somewhere(self) -> float:
        """Return the probability that some article answers."""
        return float(self.probabilities.sum())

    def without(self, positions: Sequence[int]) -> "Fused":
        """Return the same with nothing left for the articles at ``positions``."""
        scores, probabilities = self.scores.copy(), self.probabilities.copy()
        scores[list(positions)] = -np.inf
        probabilities[list(positions)] = 0.0
        nearness = self.nearness.copy()
        nearness[list(positions)] = -np.inf
        return replace(self, scores=scores, probabilities=probabilities, nearness=nearness)


def fuse(evidence: Evidence, weights: FusionWeights) -> Fused:
    """Return one score and one probability an article, and the probability of neither."""
    cosines = weights.article * evidence.dense.article.astype(np.float64)
    cosines += weights.sentence * evidence.dense.sentence
    scores = cosines + weights.lexical * evidence.lexical
    # An untuned model's cosines crowd into a narrow band whose place moves with the question, and
    # differs from model to model; measured from their mean, neither matters.
    level = weights.mean * float(cosines.mean())
    near, off = weights.near_bias + level, weights.off_bias + level
    if evidence.known is not None and evidence.near is not None and evidence.off is not None:
        scores = scores + weights.known * evidence.known
        near += weights.near_known * evidence.near
        off += weights.off_known * evidence.off
    logits = np.append(scores, [near, off])
    if evidence.association is not None:
        logits = logits + weights.association * evidence.association
    return Fused.of(logits, _nearness(evidence, weights))


def _nearness(evidence: Evidence, weights: FusionWeights) -> NDArray[np.float64]:
    nearness = weights.nearest_article * evidence.dense.article.astype(np.float64)
    nearness += weights.nearest_sentence * evidence.dense.sentence
    nearness += weights.nearest_lexical * evidence.lexical
    if evidence.association is not None:
        nearness += weights.nearest_association * evidence.association[: len(nearness)]
    return nearness


def pool(readings: Sequence[Fused]) -> Fused:
    """Return readings of one question as one: their logarithmic pool with equal weights.

    Its scores are the logarithms it is made of, so that articles keep their order.
    """
    logits = np.log(np.stack([reading.shares for reading in readings]) + LEAST).mean(0)
    return Fused.of(logits, np.stack([reading.nearness for reading in readings]).mean(0))
