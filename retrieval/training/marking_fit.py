"""Fit what speaks for a sentence, on questions that name the sentence which answers them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Document, Question
from retrieval.clean import clean
from retrieval.marking import FITTED, MarkWeights, mark_columns
from retrieval.passages import positions_of
from retrieval.search import Search
from retrieval.training.logit import Matrix, maximise

ALSO = 0.2
"""A second sentence is marked from this share of the best one's probability on.

Of questions held out from training, 95 in 100 then have a right sentence marked, and 20 a second one;
with 0.4 they are 93 and 11, with 0.1 97 and 33.
"""
_LEAST = 50
_PENALTY = 1e-3
# What stands in for the sentences that an article has fewer than the longest: never chosen.
_NEVER = -10.0


def fit_marking(
    search: Search, document: Document, questions: Sequence[Question]
) -> tuple[MarkWeights, int]:
    """Return the weights under which the named sentences are most likely, and how many questions.

    Below 50 such questions the weights stay as they are.
    """
    rows = [row for row in (_row(search, document, q) for q in questions) if row is not None]
    if len(rows) < _LEAST:
        return MarkWeights(), len(rows)
    longest = max(len(columns) for columns, _marked in rows)
    design = np.zeros((len(rows), longest, len(FITTED)))
    wanted = np.zeros((len(rows), longest))
    for at, (columns, marked) in enumerate(rows):
        design[at, : len(columns)] = columns
        design[at, len(columns) :] = _NEVER
        wanted[at, list(marked)] = 1.0
    found = maximise(design, wanted, np.array([0.0, 1.0, 1.0, 1.0]), penalty=_PENALTY)
    fitted = dict(zip(FITTED, map(float, found), strict=True))
    return replace(MarkWeights(**fitted), also=ALSO), len(rows)


def _row(
    search: Search, document: Document, question: Question
) -> tuple[Matrix, tuple[int, ...]] | None:
    """Return the columns of the sentences of a question's article, and which are right."""
    article = document.get(question.gold[0]) if len(question.gold) == 1 else None
    if article is None or not question.mark:
        return None
    position = positions_of(document)[article.number]
    text = clean(question.text).text
    evidence = search.find(text)
    likely = search.likely_sentences(evidence, position)
    _passages, columns = mark_columns(
        text, article, position, search.dense, evidence.dense, evidence.names, likely
    )
    marked = tuple(n for n in question.mark if n < len(columns))
    return (columns, marked) if len(columns) > 1 and marked else None
