"""Fit what orders the articles where none answers, on near misses that name the nearest ones.

A tuned model moves what the document does not say away from every article, and the weights that
find an answer say little about what comes closest to one: these are fitted apart, as a conditional
logit among the articles alone.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Question
from retrieval.evidence import Evidence
from retrieval.fusion import FusionWeights
from retrieval.training.logit import Matrix, maximise

LEAST_LABELLED = 30
_FITTED = ("nearest_article", "nearest_sentence", "nearest_lexical", "nearest_association")


def fit_nearest(
    questions: Sequence[Question],
    evidence: Sequence[Evidence],
    positions: dict[int, int],
    weights: FusionWeights,
) -> FusionWeights:
    """Return ``weights`` with those of nearness fitted; as they are where too few are labelled."""
    labelled = [(q, e) for q, e in zip(questions, evidence, strict=True) if q.near]
    if len(labelled) < LEAST_LABELLED:
        return weights
    design = np.stack([_design(e) for _, e in labelled])
    wanted = np.zeros(design.shape[:2])
    for row, (question, _) in enumerate(labelled):
        wanted[row, [positions[number] for number in question.near]] = 1.0
    found = maximise(design, wanted, np.ones(len(_FITTED)), least=np.zeros(len(_FITTED)))
    return replace(weights, **dict(zip(_FITTED, map(float, found), strict=True)))


def _design(evidence: Evidence) -> Matrix:
    """Return the columns that the weights multiply, shape (articles, weights)."""
    articles = len(evidence.dense.article)
    columns = np.zeros((articles, len(_FITTED)))
    columns[:, 0] = evidence.dense.article
    columns[:, 1] = evidence.dense.sentence
    columns[:, 2] = evidence.lexical
    if evidence.association is not None:
        columns[:, 3] = evidence.association[:articles]
    return columns
