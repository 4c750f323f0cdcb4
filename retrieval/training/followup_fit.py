"""Fit how far a turn leans on the one before: a conditional logit on labelled dialogues."""

from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from corpus import Dialogue
from retrieval.clean import clean
from retrieval.conversation import ConversationState
from retrieval.conversation.cues import read_cues
from retrieval.conversation.followup import FollowUpWeights, follow_up_columns
from retrieval.conversation.more import find_more
from retrieval.conversation.steps import find_step
from retrieval.retriever import Retriever
from retrieval.search import positions_of
from retrieval.training.logit import Matrix, maximise

# A few hundred turns for a dozen weights: they are held closer to 0 than those of the legs.
_PENALTY = 0.5
_START = FollowUpWeights(alone=0.5, joined=0.3, joined_leans=0.2)


def fit_follow_up(
    retriever: Retriever, dialogues: Iterable[Dialogue]
) -> tuple[FollowUpWeights, int]:
    """Return the weights under which the labels of the turns are most likely, and how many turns.

    Each turn is taken as it would come after right answers to all turns before it. Steps, calls
    for further articles and articles by number say by themselves what they mean, and are left out.
    """
    designs: list[Matrix] = []
    wanted: list[Matrix] = []
    for dialogue in dialogues:
        for design, classes in _turns(retriever, dialogue):
            designs.append(design)
            wanted.append(classes)
    if not designs:
        return FollowUpWeights(), 0
    names = [f.name for f in fields(FollowUpWeights)]
    start = np.array([getattr(_START, name) for name in names])
    found = maximise(np.stack(designs), np.stack(wanted), start, penalty=_PENALTY)
    return FollowUpWeights(**dict(zip(names, map(float, found), strict=True))), len(designs)


def _turns(retriever: Retriever, dialogue: Dialogue) -> Iterable[tuple[Matrix, Matrix]]:
    positions = positions_of(retriever.document)
    state = ConversationState()
    for turn in dialogue.turns:
        text = clean(turn.text).text
        conversation = retriever.conversation(state)
        is_led = state.anchor is not None and bool(find_step(text) or find_more(text))
        alone = None if is_led else retriever.weigh(text)
        if alone is not None and state.anchor is not None:
            joined = retriever.weigh(f"{conversation.context} {text}") or alone
            design = follow_up_columns(
                alone.fused, joined.fused, positions[state.anchor], read_cues(text)
            )
            classes = np.zeros(len(positions) + 2)
            classes[[positions[n] for n in turn.gold] or [-1, -2]] = 1.0
            yield design, classes
        if turn.gold:
            state = _after(state, turn.gold, "" if alone is None else text)


def _after(state: ConversationState, gold: tuple[int, ...], question: str) -> ConversationState:
    """Return where a right answer brings a conversation."""
    first = gold[0] if state.first is None else state.first
    return ConversationState(gold[0], first, question, gold)
