"""Fit the model that reads moves (`retrieval.conversation.moves`): python -m retrieval.training.moves_fit.

Labelled wordings lie beside that module; questions of the bundled pack are what is no move.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from corpus import open_pack
from retrieval.clean import clean
from retrieval.conversation.moves import (
    BUCKETS,
    KINDS,
    LONGEST,
    WEIGHTS,
    move_features,
    move_scale,
)
from retrieval.known import JOINT, known_questions

WORDINGS = WEIGHTS.with_name("moves.jsonl")
_PENALTY = 3e-5
_COUNTED = ("next", "previous")
# Wordings of moves count more, for questions are many times as many.
_WORTH = 3
# Of the kinds of training questions, the one that calls for further articles.
FURTHER = "further"


def kind_of(record: dict[str, Any]) -> str:
    """Return the kind, one of `KINDS`, of a labelled wording."""
    move = str(record["move"]).replace("_", " ")
    count = int(record.get("n", 1))
    if move in _COUNTED and count > 1:
        return f"{move} 2" if count == 2 else f"{move} n"
    return move


def read_wordings(path: Path) -> list[tuple[str, str]]:
    """Return the wordings of a file and their kinds."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(record["text"], kind_of(record)) for record in records]


def fit_moves(wordings: Sequence[tuple[str, str]]) -> NDArray[np.float16]:
    """Return the weights, shape (buckets + 1, kinds), the last row being the biases."""
    rows = [move_features(clean(text).text) for text, _ in wordings]
    labels = np.array([KINDS.index(kind) for _, kind in wordings])
    indices = np.concatenate(rows)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    values = np.concatenate([np.full(len(row), move_scale(len(row))) for row in rows])
    design = csr_matrix((values, indices, starts), shape=(len(rows), BUCKETS))
    wanted = np.eye(len(KINDS))[labels]

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(BUCKETS + 1, len(KINDS))
        logits = design @ weights[:-1] + weights[-1]
        logits -= logits.max(1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(1, keepdims=True)
        value = -np.log((shares * wanted).sum(1) + 1e-300).sum() / len(rows)
        slope = (shares - wanted) / len(rows)
        gradient = np.vstack([design.T @ slope, slope.sum(0)])
        gradient[:-1] += 2 * _PENALTY / 100 * weights[:-1]
        return value + _PENALTY / 100 * float((weights[:-1] ** 2).sum()), gradient.ravel()

    start = np.zeros((BUCKETS + 1) * len(KINDS))
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: NDArray[np.float64] = found.x
    return weights.reshape(BUCKETS + 1, len(KINDS)).astype(np.float16)


def questions_as_wordings() -> list[tuple[str, str]]:
    """Return the short questions of the bundled pack, and what follows up on them: none is a move."""
    turns = {
        question.text.rpartition(JOINT)[2]
        for question in known_questions(open_pack("hague-2014"))
        if question.kind != FURTHER
    }
    return [(turn, "none") for turn in sorted(turns) if len(turn) <= LONGEST]


def numbers_as_wordings() -> list[tuple[str, str]]:
    """Return articles asked for by number: they are shown, and nothing is stepped over."""
    forms = (
        "第{}條",
        "article {}",
        "第{}条说什么",
        "直接看第 {} 條",
        "{}",
        "no. {} please",
        "第{}条を見せて",
    )
    return [(form.format(number), "none") for number in range(1, 37) for form in forms]


def main() -> int:
    """Fit the weights and write them beside the wordings."""
    wordings = read_wordings(WORDINGS)
    weights = fit_moves([*wordings * _WORTH, *questions_as_wordings(), *numbers_as_wordings()])
    np.save(WEIGHTS, weights, allow_pickle=False)
    sys.stderr.write(f"{WEIGHTS.name}: fitted on {len(wordings):,} wordings\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
