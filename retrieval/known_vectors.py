"""Keep the vectors of the known questions in the pack, so that a first run need not make them.

One byte a number, with one scale a row: a question's own vector and its kept one differ by a
cosine of about 0.0001. They belong to one built encoder, whose name stands in the file; for any
other they are left aside. Questions that came later are simply not in it.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ArtefactError

FILE = "known.safetensors"
_MOST = 127


def write_known_vectors(
    path: Path, encoder: str, texts: Sequence[str], vectors: NDArray[np.float32]
) -> None:
    """Write the vectors of ``texts``, shape (texts, dimension), made by the encoder of that key."""
    from safetensors.numpy import save

    scales = np.maximum(np.abs(vectors).max(1), np.float32(1e-12)) / _MOST
    tensors = {
        "vectors": np.rint(vectors / scales[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
        "texts": _hashes(texts),
    }
    temporary = path.with_suffix(".new")
    temporary.write_bytes(save(tensors, metadata={"encoder": encoder}))
    temporary.replace(path)


class KnownVectors:
    """Hold vectors by the text they are of."""

    def __init__(self, vectors: NDArray[np.float32], texts: NDArray[np.uint64]) -> None:
        """Take unit rows and the hash of each row's text."""
        self._vectors = vectors
        self._rows = {int(value): row for row, value in enumerate(texts)}

    @classmethod
    def read(cls, path: Path, encoder: str) -> "KnownVectors | None":
        """Return what `write_known_vectors` wrote, or None where there is none for that encoder.

        Raises ArtefactError for a file that is damaged.
        """
        from safetensors import SafetensorError, safe_open

        if not path.is_file():
            return None
        try:
            with safe_open(path, framework="numpy") as stored:
                if (stored.metadata() or {}).get("encoder") != encoder:
                    return None
                whole, scales, texts = (
                    stored.get_tensor(name) for name in ("vectors", "scales", "texts")
                )
            vectors = whole.astype(np.float32) * scales[:, None]
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))
            return cls(vectors.astype(np.float32), texts)
        except (OSError, SafetensorError, ValueError, IndexError) as error:
            raise ArtefactError(
                f"{path}: damaged ({error}). Put the pack's file back, or remove it: the vectors "
                "are then made anew, which takes a minute or two."
            ) from error

    def complete(
        self, texts: Sequence[str], encode: Callable[[Sequence[str]], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """Return a row for each of ``texts``: the one kept, or what ``encode`` makes of it."""
        rows = [self._rows.get(int(value)) for value in _hashes(texts)]
        missing = [at for at, row in enumerate(rows) if row is None]
        found = np.empty((len(texts), self._vectors.shape[1]), np.float32)
        kept = [at for at, row in enumerate(rows) if row is not None]
        found[kept] = self._vectors[[row for row in rows if row is not None]]
        if missing:
            found[missing] = encode([texts[at] for at in missing])
        return found


def _hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    digests = [hashlib.sha256(text.encode()).digest()[:8] for text in texts]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)
