"""Decide what a turn leans on: nothing, the questions before it, or the article shown last.

A turn can be read in several ways: alone; joined to the question before it, or to the two before
it; as asking about the article shown last; as asking what no article says. Each reading gives its
probabilities, and a gate that looks at the turn and at how the readings agree says how far each is
to be trusted: a mixture of experts (Jacobs et al. 1991) whose gate is fitted on labelled dialogues
by `tiaowen train` and lies in the pack as `followup.json`.
"""

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.conversation.cues import Cues
from retrieval.errors import ArtefactError
from retrieval.fusion import Fused

FILE = "followup.json"
VERSION = 2
READINGS = ("alone", "joined", "joined to two", "article", "nothing")
FEATURES = (
    "always", "leans", "short", "alone best", "alone none", "alone off", "joined best",
    "joined none", "joined off", "alone of article", "joined of article", "alone of joined best",
    "agree", "alone is article", "joined is article",
)  # fmt: skip
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FollowUpWeights:
    """Hold the weights of the gate, a row for each reading and a column for each feature.

    The default reads every turn alone; it serves a pack without labelled dialogues.
    """

    gate: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def read(cls, path: Path) -> "FollowUpWeights":
        """Return the weights stored at ``path``; raise ArtefactError where it is no such file."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] != VERSION:
                raise ValueError(f"format version {data['version']}, expected {VERSION}")
            stored = data["weights"]
            gate = tuple(tuple(float(stored[r][f]) for f in FEATURES) for r in READINGS)
            if not all(math.isfinite(weight) for row in gate for weight in row):
                raise ValueError("a weight is not a finite number")
            return cls(gate)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArtefactError(
                f"{path}: not a file of follow-up weights ({error!r}). Make it again with: "
                "tiaowen train"
            ) from error

    def to_json(self, **facts: object) -> str:
        """Return the file that `read` reads, with ``facts`` about how it was made beside it."""
        rows = {
            r: dict(zip(FEATURES, row, strict=True))
            for r, row in zip(READINGS, self.gate, strict=True)
        }
        data = {"format": "tiaowen-followup", "version": VERSION, "weights": rows}
        return json.dumps(data | facts, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Readings:
    """Hold what each reading of a turn gives, and what the gate looks at.

    ``shares`` has shape (readings, articles + 2), each row summing to 1, the last two columns being
    "of the field but not said" and "nothing to do with it"; ``features`` has one value a feature.
    """

    shares: Matrix
    features: Matrix


def read_turn(
    alone: Fused, joined: Fused, joined_to_two: Fused, article: int, cues: Cues
) -> Readings:
    """Return the readings of a turn; ``article`` is the position of the article shown last."""
    first, second, third = _shares(alone), _shares(joined), _shares(joined_to_two)
    shown, nothing = np.zeros_like(first), np.zeros_like(first)
    shown[article] = 1.0
    nothing[-2:] = 0.5
    best, joined_best = int(first[:-2].argmax()), int(second[:-2].argmax())
    features = (
        1.0, cues.leans, cues.short, first[best], first[-2:].sum(), first[-1], second[joined_best],
        second[-2:].sum(), second[-1], first[article], second[article], first[joined_best],
        best == joined_best, best == article, joined_best == article,
    )  # fmt: skip
    return Readings(np.stack([first, second, third, shown, nothing]), np.array(features, float))


def resolve(readings: Readings, alone: Fused, weights: FollowUpWeights) -> Fused:
    """Return the probabilities of a turn in its conversation."""
    if not weights.gate:
        return alone
    logits = np.array(weights.gate) @ readings.features
    trust = np.exp(logits - logits.max())
    trust /= trust.sum()
    shares = trust @ readings.shares
    return replace(
        alone,
        scores=np.log(shares[:-2] + 1e-12),
        probabilities=shares[:-2],
        near=float(shares[-2]),
        off=float(shares[-1]),
    )


def _shares(fused: Fused) -> Matrix:
    shares = np.append(fused.probabilities, [fused.near, fused.off]).astype(float)
    return shares / max(float(shares.sum()), 1e-12)
