"""Decide what a turn leans on: nothing, the question before it, or the article shown last.

Each class (an article, or none) is scored by what it gets from the turn alone, from the turn
joined to what it may lean on, and by being the article shown last. How much each counts depends on
the cues of the turn. It is one conditional logit (McFadden 1974), whose weights are fitted on
labelled dialogues by `tiaowen train` and lie in the pack as `followup.json`.
"""

from dataclasses import dataclass, fields, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from retrieval.conversation.cues import Cues
from retrieval.fusion import Fused
from retrieval.weights import Weights

FILE = "followup.json"
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class FollowUpWeights(Weights):
    """Hold the weight of each column: at all, more where the turn leans, more where it is short.

    The defaults follow a turn alone; they serve a pack without labelled dialogues.
    """

    FORMAT: ClassVar[str] = "followup"

    alone: float = 1.0
    alone_leans: float = 0.0
    alone_short: float = 0.0
    joined: float = 0.0
    joined_leans: float = 0.0
    joined_short: float = 0.0
    anchor: float = 0.0
    anchor_leans: float = 0.0
    anchor_short: float = 0.0
    none: float = 0.0
    none_leans: float = 0.0
    none_short: float = 0.0


def follow_up_columns(alone: Fused, joined: Fused, anchor: int, cues: Cues) -> NDArray[np.float64]:
    """Return what the weights multiply, shape (articles + 2, weights), in their order.

    ``anchor`` is the position of the article shown last.
    """
    classes = len(alone.probabilities) + 2
    is_anchor = np.zeros(classes)
    is_anchor[anchor] = 1.0
    is_none = np.zeros(classes)
    is_none[-2:] = 1.0
    base = (_log(alone), _log(joined), is_anchor, is_none)
    return np.stack([column * cue for column in base for cue in (1.0, cues.leans, cues.short)], 1)


def resolve(
    alone: Fused, joined: Fused, anchor: int, cues: Cues, weights: FollowUpWeights
) -> Fused:
    """Return the probabilities of a turn in its conversation."""
    columns = follow_up_columns(alone, joined, anchor, cues)
    logits = columns @ np.array([getattr(weights, f.name) for f in fields(weights)])
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    return replace(
        alone,
        scores=logits[:-2],
        probabilities=shares[:-2],
        near=float(shares[-2]),
        off=float(shares[-1]),
    )


def _log(fused: Fused) -> NDArray[np.float64]:
    logs: NDArray[np.float64] = np.log(
        np.append(fused.probabilities, [fused.near, fused.off]) + _FLOOR
    )
    return logs
