"""Choose what an epoch is worth: what was learned best is rehearsed less often.

After a first pass many questions are answered well and teach little more, and each costs as much
time as any other. The half with the lower losses comes up again by chance, the other half always
(selective backpropagation, Jiang et al. 2019, with two rates). A question that was left out keeps
its loss while others go down, and so comes up again in its turn.
"""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus import Question

if TYPE_CHECKING:
    import torch

REHEARSED = 0.25


class Selection:
    """Hold the loss that every training question had when it was last seen."""

    def __init__(self, questions: Sequence[Question]) -> None:
        """Take all questions; none has been seen yet."""
        import torch

        self._questions = questions
        self._rows = {id(question): row for row, question in enumerate(questions)}
        self._losses = torch.full((len(questions),), float("inf"))

    @property
    def losses(self) -> "torch.Tensor":
        """Return the losses, shape (questions,), to be kept between epochs."""
        return self._losses

    def choose(self, generator: random.Random) -> list[Question]:
        """Return the questions of the next epoch, in their order: all that were not yet seen."""
        middle = float(self._losses.median()) if len(self._losses) else 0.0
        return [
            question
            for question, loss in zip(self._questions, self._losses.tolist(), strict=True)
            if loss >= middle or generator.random() < REHEARSED
        ]

    def keep(self, batch: Sequence[Question], losses: "torch.Tensor") -> None:
        """Remember the losses of a batch, shape (batch,)."""
        import torch

        rows = torch.tensor([self._rows[id(question)] for question in batch])
        self._losses[rows] = losses.detach()
