"""Tell from a question's vector alone which sentence of an article answers it.

A linear classifier, one row of weights a sentence, compared within an article (softmax). It is
fitted by `tiaowen train` on questions that name the sentence, begins at the vectors of the
sentences themselves, and lies in the pack as `sentences.safetensors`.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from retrieval.errors import ArtefactError
from retrieval.passages import cut_passages, positions_of

FILE = "sentences.safetensors"
_NAME = "weights"


class SentenceClassifier:
    """Hold a row of weights for each sentence of a document, in the order of its passages."""

    def __init__(self, weights: NDArray[np.float32], owners: NDArray[np.int64]) -> None:
        """Take weights (sentences, dimension) and the position of each sentence's article."""
        self.weights = weights
        self._rows = {int(at): np.flatnonzero(owners == at) for at in np.unique(owners)}

    @classmethod
    def read(cls, path: Path, document: Document) -> "SentenceClassifier":
        """Return the classifier stored at ``path``; raise ArtefactError where it is none of it."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        owners = sentence_owners(document)
        try:
            weights = load_file(path)[_NAME].astype(np.float32)
            if weights.ndim != 2 or len(weights) != len(owners):
                raise ValueError(f"shape {weights.shape}, expected {len(owners)} rows")
            if not np.isfinite(weights).all():
                raise ValueError("a weight is not a finite number")
        except (OSError, SafetensorError, ValueError, KeyError) as error:
            raise ArtefactError(
                f"{path}: no classifier of this document's sentences ({error!r}). Make it again "
                "with: tiaowen train"
            ) from error
        return cls(weights, owners)

    def save(self, path: Path) -> None:
        """Write the weights to ``path`` in half precision, whole or not at all."""
        from safetensors.numpy import save

        temporary = path.with_suffix(".new")
        temporary.write_bytes(save({_NAME: self.weights.astype(np.float16)}))
        temporary.replace(path)

    def log_shares(self, query: NDArray[np.float32], position: int) -> NDArray[np.float32]:
        """Return the logarithm of the chance of each sentence of the article at ``position``.

        ``query`` is a unit vector of shape (dimension,).
        """
        logits = self.weights[self._rows[position]] @ query
        logits -= logits.max()
        shares: NDArray[np.float32] = logits - np.log(np.exp(logits).sum())
        return shares


def sentence_owners(document: Document) -> NDArray[np.int64]:
    """Return the position of the article of each sentence, in the order of the passages."""
    positions = positions_of(document)
    return np.array([positions[p.article] for p in cut_passages(document) if p.kind != "article"])
