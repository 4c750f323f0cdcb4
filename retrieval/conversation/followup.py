"""Decide what a turn leans on: nothing, the questions before it, or the article shown last.

A turn can be read in several ways: alone; joined to the question before it, or to the two before
it; joined to the heading of the article shown last. Each reading gives its probabilities. They
are pooled as a weighted sum of their logarithms (a logarithmic opinion pool, Genest and Zidek
1986), beside which articles were shown; each weight is itself a linear function of what the turn
looks like and of how the readings agree. Fitted on labelled dialogues by `tiaowen train`; it lies
in the pack as `followup.json`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.conversation.cues import Cues
from retrieval.errors import ArtefactError
from retrieval.fusion import LEAST, Fused

FILE = "followup.json"
VERSION = 3
READINGS = ("alone", "joined", "joined to two", "heading")
COLUMNS = (*READINGS, "article", "shown", "near", "off")
FEATURES = (
    "always", "leans", "short", "alone best", "alone none", "alone off", "joined best",
    "joined none", "joined off", "alone of article", "joined of article", "alone of joined best",
    "agree", "alone is article", "joined is article",
)  # fmt: skip
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FollowUpWeights:
    """Hold the weights of the pool, a row for each column and a value for each feature.

    The default reads every turn alone; it serves a pack without labelled dialogues.
    """

    pool: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def read(cls, path: Path) -> "FollowUpWeights":
        """Return the weights stored at ``path``; raise ArtefactError where it is no such file."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] != VERSION:
                raise ValueError(f"format version {data['version']}, expected {VERSION}")
            stored = data["weights"]
            pool = tuple(tuple(float(stored[c][f]) for f in FEATURES) for c in COLUMNS)
            if not all(math.isfinite(weight) for row in pool for weight in row):
                raise ValueError("a weight is not a finite number")
            return cls(pool)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArtefactError(
                f"{path}: not a file of follow-up weights ({error!r}). Make it again with: "
                "tiaowen train"
            ) from error

    def to_json(self, **facts: object) -> str:
        """Return the file that `read` reads, with ``facts`` about how it was made beside it."""
        rows = {
            c: {f: round(weight, 4) for f, weight in zip(FEATURES, row, strict=True)}
            for c, row in zip(COLUMNS, self.pool, strict=True)
        }
        data = {"format": "tiaowen-followup", "version": VERSION, "weights": rows}
        return json.dumps(data | facts, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold what is pooled for a turn, and what the weights depend on.

    ``columns`` has shape (COLUMNS, articles + 2), the last two classes being "of the field but not
    said" and "nothing to do with it"; ``features`` has one value a feature.
    """

    columns: Matrix
    features: Matrix


def read_turn(
    alone: Fused,
    joined: Fused | None,
    joined_to_two: Fused | None,
    heading: Fused | None,
    shown: Sequence[int],
    cues: Cues,
) -> Turn:
    """Return a turn as it reads in its conversation.

    ``shown`` are the positions of the articles shown for the question before, that shown last in
    front. A reading that is not to be had is None.
    """
    first = alone.shares
    second = first if joined is None else joined.shares
    third = second if joined_to_two is None else joined_to_two.shares
    fourth = first if heading is None else heading.shares
    article, best, joined_best = shown[0], int(first[:-2].argmax()), int(second[:-2].argmax())
    marks = np.zeros((4, len(first)))
    marks[0, article] = marks[2, -2] = marks[3, -1] = 1.0
    marks[1, list(shown)] = 1.0
    features = (
        1.0, cues.leans, cues.short, first[best], first[-2:].sum(), first[-1], second[joined_best],
        second[-2:].sum(), second[-1], first[article], second[article], first[joined_best],
        best == joined_best, best == article, joined_best == article,
    )  # fmt: skip
    readings = np.log(np.stack([first, second, third, fourth]) + LEAST)
    return Turn(np.concatenate([readings, marks]), np.array(features, dtype=np.float64))


def resolve(
    turn: Turn, alone: Fused, weights: FollowUpWeights, nearness: Matrix | None = None
) -> Fused:
    """Return the probabilities of a turn in its conversation.

    ``nearness`` is what orders the articles where none answers; by default as in ``alone``.
    """
    if not weights.pool:
        return alone
    logits = (np.array(weights.pool) @ turn.features) @ turn.columns
    return Fused.of(logits, alone.nearness if nearness is None else nearness)
