"""Fit which sentence answers a question: the classifier of `retrieval.sentence_classifier`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from corpus import Document, Question
from retrieval.passages import positions_of
from retrieval.sentence_classifier import SentenceClassifier, sentence_owners

Matrix = NDArray[np.float64]
# Weights are held close to the sentences' own vectors, times what makes cosines tell apart.
# Of 0.001, 0.003, 0.01, 0.03, 0.1 and 0.3, held-out questions like 0.003 best.
PENALTY = 0.003
SCALE = 20.0
_LEAST = 50
_NEVER = -1e9


def fit_sentences(
    document: Document,
    sentences: NDArray[np.float32],
    questions: Sequence[Question],
    vectors: NDArray[np.float32],
) -> SentenceClassifier | None:
    """Return the classifier under which the named sentences are most likely.

    ``sentences`` are the sentences' vectors in the order of the passages, ``vectors`` those of
    ``questions``. None where fewer than 50 questions name a sentence of an article of several.
    """
    told = named_sentences(document, questions)
    if len(told) < _LEAST:
        return None
    owners = sentence_owners(document)
    asked = vectors[[row for row, _at, _marked in told]].astype(np.float64)
    elsewhere = np.where(owners == np.array([[at] for _row, at, _marked in told]), 0.0, _NEVER)
    wanted = np.zeros((len(told), len(owners)))
    for row, (_row, _at, marked) in enumerate(told):
        wanted[row, marked] = 1.0
    start = SCALE * sentences.astype(np.float64)

    def objective(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(start.shape)
        scores = asked @ weights.T + elsewhere
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        right = (shares * wanted).sum(1, keepdims=True) + 1e-9
        away = weights - start
        value = -float(np.log(right).sum()) + PENALTY * float((away**2).sum())
        return value, ((shares - shares * wanted / right).T @ asked + 2 * PENALTY * away).ravel()

    found = minimize(
        objective, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return SentenceClassifier(found.x.reshape(start.shape).astype(np.float32), owners)


def named_sentences(
    document: Document, questions: Sequence[Question]
) -> list[tuple[int, int, list[int]]]:
    """Return which questions name a sentence of an article of several, and which they name.

    For each: its place among ``questions``, the position of its article, and the places of the
    sentences among all of the document.
    """
    owners, positions = sentence_owners(document), positions_of(document)
    counts, first = np.bincount(owners), np.searchsorted(owners, np.arange(len(positions)))
    found = []
    for row, question in enumerate(questions):
        at = positions[question.gold[0]] if len(question.gold) == 1 else None
        if at is None or counts[at] < 2:
            continue
        if marked := [int(first[at]) + n for n in question.mark if n < counts[at]]:
            found.append((row, at, marked))
    return found
