"""The neighbour term of the objective: questions of the same article lie near each other.

Neighbourhood components analysis (Goldberger et al. 2004) over a memory bank (Wu et al. 2018): the
share of a question's neighbours, each weighted by its likeness, that have a right class. It trains
what the known questions are later searched with.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus import Question
from retrieval.training.objective import half_right, targets

if TYPE_CHECKING:
    import torch

_NEVER = -1e4
# A vector whose first values are all 0 is one not yet seen; to look at all of them takes longer.
_FEW = 8


class NeighbourBank:
    """Hold the vectors of all training questions as they were when last seen."""

    def __init__(
        self, dimension: int, questions: Sequence[Question], positions: dict[int, int]
    ) -> None:
        """Take all questions; nothing is known of any before it was seen once."""
        import torch

        self._vectors = torch.zeros(len(questions), dimension)
        self._rows = {id(question): row for row, question in enumerate(questions)}
        self._classes = targets(questions, positions)
        self._positions = positions

    @property
    def vectors(self) -> "torch.Tensor":
        """Return the vectors, to be kept between epochs; zeros for a question not yet seen."""
        return self._vectors

    def loss(
        self, queries: "torch.Tensor", batch: Sequence[Question], temperature: float
    ) -> "torch.Tensor":
        """Return the mean negative log share of neighbours with a right class.

        A question is no neighbour of itself; one that is only partly right counts neither way, nor
        does one not yet seen. A question without a right neighbour adds nothing.
        """
        import torch

        right = (targets(batch, self._positions) @ self._classes.T) > 0
        half = (half_right(batch, self._positions).float() @ self._classes.T) > 0
        left_out = (half & ~right) | ~self._vectors[:, :_FEW].any(1)
        left_out[torch.arange(len(batch)), self._places(batch)] = True
        likeness = ((queries / temperature) @ self._vectors.T).masked_fill_(left_out, _NEVER)
        of_right = likeness.masked_fill(~right, _NEVER)
        has_right = (right & ~left_out).any(1)
        lost = torch.logsumexp(likeness, 1) - torch.logsumexp(of_right, 1)
        return (lost * has_right).mean()

    def keep(self, queries: "torch.Tensor", batch: Sequence[Question]) -> None:
        """Remember the vectors of a batch, once the loss on it was followed backwards."""
        self._vectors[self._places(batch)] = queries.detach()

    def _places(self, batch: Sequence[Question]) -> "torch.Tensor":
        import torch

        return torch.tensor([self._rows[id(question)] for question in batch])
