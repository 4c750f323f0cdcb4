"""Fit the weights of the legs on labelled questions: a conditional logit by maximum likelihood.

Fitting has two parts. The weights come from questions that the adapter has not seen. Calibration
then takes other questions again and fits only a scale and two offsets, so that probabilities mean
what they say (Platt scaling for several classes), and chooses the two thresholds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus import Question
from retrieval.clean import clean
from retrieval.evidence import Evidence
from retrieval.fusion import FusionWeights, fuse, logit
from retrieval.known import classes_of, is_joined
from retrieval.search import Search
from retrieval.training.logit import Matrix, maximise

# At most this share of answerable questions may be refused; within it, refuse as much as possible.
MAX_FALSE_REFUSALS = 0.02
_FITTED = ("article", "sentence", "lexical", "known", "near_bias", "near_known", "off_bias", "off_known", "association")  # fmt: skip
# Nine weights are not fitted on fewer.
_LEAST_JOINED = 100
_BIASES = ("near_bias", "off_bias")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold questions beside what the legs found for them, and which classes are right.

    ``wanted`` has shape (questions, articles + 2): the articles, near misses, everything else.
    """

    questions: tuple[Question, ...]
    evidence: tuple[Evidence, ...]
    wanted: Matrix


def gather(search: Search, questions: Sequence[Question], positions: dict[int, int]) -> Labelled:
    """Return the evidence that ``search`` finds for each question, beside its labels."""
    wanted = np.zeros((len(questions), len(positions) + 2))
    for row, question in enumerate(questions):
        wanted[row, classes_of(question, positions)] = 1.0
    evidence = tuple(search.find(clean(question.text).text) for question in questions)
    return Labelled(tuple(questions), evidence, wanted)


def fit_weights(labelled: Labelled) -> FusionWeights:
    """Return the weights under which the labels are most likely; thresholds stay as they are."""
    design = np.stack([_design(evidence) for evidence in labelled.evidence])
    start = FusionWeights(known=20.0, near_known=20.0, off_known=20.0, mean=0.0)
    initial = np.array([getattr(start, name) for name in _FITTED])
    if labelled.evidence[0].known is None:
        initial[[_FITTED.index(n) for n in ("known", "near_known", "off_known")]] = 0.0
    # What speaks for an article may count for nothing, but never against it.
    least = np.array([-np.inf if name in _BIASES else 0.0 for name in _FITTED])
    found = maximise(design, labelled.wanted, initial, least=least)
    return replace(start, **dict(zip(_FITTED, map(float, found), strict=True)))


def fit_joined(labelled: Labelled, weights: FusionWeights) -> FusionWeights | None:
    """Return ``weights`` with those of the legs fitted on the follow-ups alone.

    None where there are too few of them.
    """
    rows = [row for row, q in enumerate(labelled.questions) if is_joined(q.text)]
    if len(rows) < _LEAST_JOINED:
        return None
    own = fit_weights(
        Labelled(
            tuple(labelled.questions[row] for row in rows),
            tuple(labelled.evidence[row] for row in rows),
            labelled.wanted[rows],
        )
    )
    return replace(weights, **{name: getattr(own, name) for name in _FITTED}, mean=own.mean)


def calibrate(labelled: Labelled, weights: FusionWeights) -> FusionWeights:
    """Return ``weights`` scaled and offset to the labels, with thresholds chosen on them."""
    logits = np.stack([_logits(evidence, weights) for evidence in labelled.evidence])
    articles = logits.shape[1] - 2
    near, off = np.zeros_like(logits), np.zeros_like(logits)
    near[:, articles], off[:, articles + 1] = 1.0, 1.0
    design = np.stack([logits, near, off], axis=2)
    scale, near_shift, off_shift = maximise(design, labelled.wanted, np.array([1.0, 0.0, 0.0]))
    scaled = {name: getattr(weights, name) * scale for name in _FITTED}
    scaled["near_bias"] += near_shift
    scaled["off_bias"] += off_shift
    calibrated = replace(weights, **{name: float(value) for name, value in scaled.items()})
    best, somewhere, bias = _confidence_weights(labelled, calibrated)
    return replace(
        calibrated,
        answered=_answered_threshold(labelled, calibrated),
        cited=_cited_threshold(labelled, calibrated),
        confidence_best=best,
        confidence_somewhere=somewhere,
        confidence_bias=bias,
    )


def _design(evidence: Evidence) -> Matrix:
    """Return the columns that the fitted weights multiply, shape (articles + 2, weights)."""
    articles = len(evidence.dense.article)
    columns = np.zeros((articles + 2, len(_FITTED)))
    columns[:articles, 0] = evidence.dense.article
    columns[:articles, 1] = evidence.dense.sentence
    columns[:articles, 2] = evidence.lexical
    columns[articles, _FITTED.index("near_bias")] = 1.0
    columns[articles + 1, _FITTED.index("off_bias")] = 1.0
    if evidence.known is not None and evidence.near is not None and evidence.off is not None:
        columns[:articles, 3] = evidence.known
        columns[articles, _FITTED.index("near_known")] = evidence.near
        columns[articles + 1, _FITTED.index("off_known")] = evidence.off
    if evidence.association is not None:
        columns[:, _FITTED.index("association")] = evidence.association
    return columns


def _logits(evidence: Evidence, weights: FusionWeights) -> Matrix:
    fused = fuse(evidence, weights)
    logits: Matrix = np.log(np.append(fused.probabilities, [fused.near, fused.off]) + 1e-300)
    return logits


def _confidence_weights(labelled: Labelled, weights: FusionWeights) -> tuple[float, float, float]:
    """Return what turns probabilities into the chance that the best article is right."""
    rows, right = [], []
    for evidence, wanted in zip(labelled.evidence, labelled.wanted, strict=True):
        probabilities = fuse(evidence, weights).probabilities
        best = int(probabilities.argmax())
        somewhere = float(probabilities.sum())
        rows.append([logit(float(probabilities[best])), logit(somewhere), 1.0])
        right.append(wanted[best] > 0)
    columns = np.array(rows)
    # Two classes: right, with the logit in question, and wrong, with none.
    design = np.stack([columns, np.zeros_like(columns)], axis=1)
    chosen = np.stack([right, np.logical_not(right)], axis=1).astype(np.float64)
    first, second, bias = maximise(design, chosen, np.array([0.5, 0.5, 0.0]))
    return float(first), float(second), float(bias)


def _answered_threshold(labelled: Labelled, weights: FusionWeights) -> float:
    """Return the highest probability, up to a half, that refuses few enough answerable questions."""
    somewhere = [
        float(fuse(evidence, weights).probabilities.sum())
        for evidence, question in zip(labelled.evidence, labelled.questions, strict=True)
        if question.gold
    ]
    return min(0.5, float(np.quantile(somewhere, MAX_FALSE_REFUSALS))) if somewhere else 0.5


def _cited_threshold(labelled: Labelled, weights: FusionWeights) -> float:
    """Return the share of the best probability that cites further articles best, by F1 of gold.

    The curve is flat around its best, and to leave out a right article costs more than to show one
    beside it: of the shares within a standard error of the best, the least (Breiman et al. 1984).
    """
    shares = np.arange(0.05, 1.0, 0.05)
    scores = []
    for evidence, question, wanted in zip(
        labelled.evidence, labelled.questions, labelled.wanted, strict=True
    ):
        if not question.gold:
            continue
        probabilities = fuse(evidence, weights).probabilities
        right = wanted[: len(probabilities)] > 0
        cited = probabilities >= shares[:, None] * probabilities.max()
        hits = (cited & right).sum(1)
        # Where any gold article answers, citing one of them is all that is asked.
        needed = right.sum() if question.kind == "multi" else np.maximum(1, hits)
        scores.append(2 * hits / (cited.sum(1) + needed))
    if not scores:
        return float(shares[-1])
    return float(shares[int(as_good_as_the_best(np.stack(scores)).argmax())])


def as_good_as_the_best(scores: Matrix) -> NDArray[np.bool_]:
    """Tell which columns have a mean within one standard error of the highest mean."""
    means = scores.mean(0)
    best = int(means.argmax())
    error = scores[:, best].std() / math.sqrt(len(scores))
    close: NDArray[np.bool_] = means >= means[best] - error
    return close
