"""Fit how far a turn leans on those before it: the pool of `retrieval.conversation.followup`."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import minimize

from corpus import Dialogue
from retrieval.clean import clean
from retrieval.conversation import ConversationState
from retrieval.conversation.followup import (
    COLUMNS,
    FEATURES,
    FollowUpWeights,
    Matrix,
    Turn,
)
from retrieval.passages import positions_of
from retrieval.retriever import Retriever

# Some thousand turns for 120 weights: they are held close to where they begin. Of 3, 10, 30, 100 and
# 300, cross-validation over the training dialogues likes 30 best.
PENALTY = 30.0
# Where they begin: the readings count as they do on average, whatever the turn looks like.
_START = {"alone": 0.3, "joined": 0.5, "joined to two": 0.2}


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
    return fit_pool([t for t, _ in turns], np.stack([wanted for _, wanted in turns])), len(turns)


def fit_pool(turns: Sequence[Turn], wanted: Matrix) -> FollowUpWeights:
    """Return the weights that give right classes the highest likelihood.

    ``wanted``, shape (turns, articles + 2), is 1 where a class is right.
    """
    features = np.stack([turn.features for turn in turns])
    columns = np.stack([turn.columns for turn in turns])
    shape = (len(COLUMNS), len(FEATURES))
    start = np.zeros(shape)
    start[:, 0] = [_START.get(column, 0.0) for column in COLUMNS]

    def objective(flat: Matrix) -> tuple[float, Matrix]:
        pool = flat.reshape(shape)
        scores = np.einsum("nk,nkc->nc", features @ pool.T, columns)
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        right = (shares * wanted).sum(1, keepdims=True) + 1e-12
        away = pool - start
        slope = np.einsum("nc,nkc->nk", shares - shares * wanted / right, columns).T @ features
        value = -float(np.log(right).sum()) + PENALTY * float((away**2).sum())
        return value, (slope + 2 * PENALTY * away).ravel()

    found = minimize(objective, start.ravel(), jac=True, method="L-BFGS-B")
    return FollowUpWeights(tuple(tuple(map(float, row)) for row in found.x.reshape(shape)))


def turns_of(retriever: Retriever, dialogue: Dialogue) -> Iterable[tuple[Turn, Matrix]]:
    """Yield what is pooled and the right classes of each turn that may lean on those before it."""
    positions = positions_of(retriever.document)
    state = ConversationState()
    for turn in dialogue.turns:
        conversation = retriever.conversation(state)
        read = conversation.read(turn.text)
        if read is not None:
            classes = np.zeros(len(positions) + 2)
            classes[[positions[n] for n in turn.gold] or [-1, -2]] = 1.0
            yield read, classes
        if turn.gold:
            is_question = read is not None or state.anchor is None
            state = conversation.after(turn.gold, clean(turn.text).text if is_question else "")
