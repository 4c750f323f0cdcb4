"""Drop activations at random, from a faster source of chance than torch has on a processor.

torch draws the mask of a dropout (Srivastava et al. 2014) one number after another from a Mersenne
twister, which took a third of every training step. Here masks are cut from a long row of chance
that is drawn once: only where a cut begins is drawn anew, from torch, so a seeded training stays one.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

_LEVELS = 256
# 32 MB: many more places to begin at than a training has steps, and few enough to stay near.
_ROW = 1 << 23
_SEED = 20140324


def speed_up_dropout(network: "torch.nn.Module") -> None:
    """Replace every dropout of ``network`` by one that does the same in less time.

    Its rate is rounded to a 256th. A dropout whose rate alone is read, as that of attention
    weights, is left as it is in effect.
    """
    import torch

    class FastDropout(torch.nn.Module):
        """Set a share ``p`` of a tensor to 0 and scale up the rest, while training."""

        def __init__(self, p: float) -> None:
            super().__init__()
            self.p = p
            self._dropped = round(p * _LEVELS)

        def forward(self, tensor: torch.Tensor) -> torch.Tensor:
            """Return the tensor with a random share of it dropped."""
            if not self.training or not self._dropped:
                return tensor
            row, count = _row(self._dropped), tensor.numel()
            if count > len(row):
                row = row.repeat(-(-count // len(row)) + 1)
            start = int(torch.randint(len(row) - count + 1, ()))
            return tensor * row[start : start + count].view(tensor.shape)

    for module in list(network.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, torch.nn.Dropout):
                setattr(module, name, FastDropout(child.p))


@cache
def _row(dropped: int) -> "torch.Tensor":
    """Return a long row of chance, 0 for ``dropped`` of 256 and for the others what scales them up."""
    import torch

    draws = np.random.Generator(np.random.SFC64(_SEED)).bytes(_ROW)
    kept = (np.frombuffer(draws, dtype=np.uint8) >= dropped).astype(np.float32)
    kept *= np.float32(_LEVELS / (_LEVELS - dropped))
    return torch.from_numpy(kept)
