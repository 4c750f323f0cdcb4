"""Cut questions into batches of similar length, so that little of a batch is padding."""

import random
from collections.abc import Sequence

from corpus import Question

# Batches sorted by length within a window stay random enough and waste little.
_WINDOW = 16


def batches(
    questions: Sequence[Question], size: int, generator: random.Random
) -> list[list[Question]]:
    """Return every question once, in random batches of ``size`` of similar length."""
    order = list(questions)
    generator.shuffle(order)
    found: list[list[Question]] = []
    for start in range(0, len(order), size * _WINDOW):
        window = sorted(order[start : start + size * _WINDOW], key=lambda q: len(q.text))
        found += [window[i : i + size] for i in range(0, len(window), size)]
    generator.shuffle(found)
    return found
