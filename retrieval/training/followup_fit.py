"""Fit how far a turn leans on those before it: the gate of `retrieval.conversation.followup`."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import minimize

from corpus import Dialogue
from retrieval.clean import clean
from retrieval.conversation import ConversationState
from retrieval.conversation.followup import (
    FEATURES,
    READINGS,
    FollowUpWeights,
    Matrix,
    Readings,
)
from retrieval.retriever import Retriever
from retrieval.search import positions_of

# Some hundred turns for 75 weights: they are held close to 0.
PENALTY = 0.3


def fit_follow_up(
    retriever: Retriever, dialogues: Iterable[Dialogue]
) -> tuple[FollowUpWeights, int]:
    """Return the weights under which the labels of the turns are most likely, and how many turns.

    Each turn is taken as it would come after right answers to all turns before it. Steps, calls
    for further articles and articles by number say by themselves what they mean, and are left out.
    """
    turns = [turn for dialogue in dialogues for turn in turns_of(retriever, dialogue)]
    if not turns:
        return FollowUpWeights(), 0
    return fit_gate([r for r, _ in turns], np.stack([wanted for _, wanted in turns])), len(turns)


def fit_gate(readings: Sequence[Readings], wanted: Matrix) -> FollowUpWeights:
    """Return the gate that gives right classes the highest likelihood.

    ``wanted``, shape (turns, articles + 2), is 1 where a class is right.
    """
    features = np.stack([r.features for r in readings])
    right = (np.stack([r.shares for r in readings]) * wanted[:, None]).sum(2) + 1e-4
    shape = (len(READINGS), len(FEATURES))

    def objective(flat: Matrix) -> tuple[float, Matrix]:
        gate = flat.reshape(shape)
        logits = features @ gate.T
        trust = np.exp(logits - logits.max(1, keepdims=True))
        trust /= trust.sum(1, keepdims=True)
        likelihood = (trust * right).sum(1, keepdims=True)
        slope = (trust - trust * right / likelihood).T @ features + 2 * PENALTY * gate
        value = -float(np.log(likelihood).sum()) + PENALTY * float((gate**2).sum())
        return value, slope.ravel()

    found = minimize(objective, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B")
    return FollowUpWeights(tuple(tuple(map(float, row)) for row in found.x.reshape(shape)))


def turns_of(retriever: Retriever, dialogue: Dialogue) -> Iterable[tuple[Readings, Matrix]]:
    """Yield the readings and right classes of each turn that may lean on those before it."""
    positions = positions_of(retriever.document)
    state = ConversationState()
    for turn in dialogue.turns:
        conversation = retriever.conversation(state)
        readings = conversation.readings(turn.text)
        if readings is not None:
            classes = np.zeros(len(positions) + 2)
            classes[[positions[n] for n in turn.gold] or [-1, -2]] = 1.0
            yield readings, classes
        if turn.gold:
            is_question = readings is not None or state.anchor is None
            state = conversation.after(turn.gold, clean(turn.text).text if is_question else "")
