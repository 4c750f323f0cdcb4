"""Turn texts into vectors at answering time, with onnxruntime and a tokenizer only.

Every text is a run of its own. With weights in 8 bits the ranges of the activations are taken over
the whole batch, so neighbours and padding would change a vector slightly; alone, a text has one
vector, and asking one question or many gives the same answers. On a CPU batches are no faster.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.card import MODEL_FILE, EncoderCard
from retrieval.encoder.errors import EncoderDamaged
from retrieval.encoder.tokenizer import Tokenizer, open_tokenizer

MOST_THREADS: Final = 2


class Encoder(Protocol):
    """Turn queries and passages into vectors of one space."""

    @property
    def dimension(self) -> int:
        """Return the length of the vectors."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n, dimension) array of unit rows."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n, dimension) array of unit rows."""
        ...


class OnnxEncoder:
    """Serve a folder written by `build_encoder`; safe to use from several threads."""

    def __init__(self, card: EncoderCard, tokenizer: Tokenizer, session: Any) -> None:
        self.card = card
        self._tokenizer = tokenizer
        self._session = session

    @classmethod
    def load(cls, folder: Path, threads: int | None = None) -> "OnnxEncoder":
        """Return the encoder in `folder`.

        `threads` work on one text together; by default two, or one where there is one processor.

        Raises:
            EncoderDamaged: a file is missing, unreadable, or does not belong to the others.
        """
        folder = Path(folder)
        card = EncoderCard.load(folder)
        # Both spend their time outside the interpreter lock: together they take as long as the
        # slower of the two.
        with ThreadPoolExecutor(max_workers=1) as pool:
            tokenizer = pool.submit(open_tokenizer, folder, card.tokenizer, card.max_seq_length)
            session = _open_session(folder / MODEL_FILE, threads or default_threads())
            _check(session, card)
            return cls(card, tokenizer.result(), session)

    @property
    def dimension(self) -> int:
        """Return the length of the vectors."""
        return self.card.dimension

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, (n, dimension), for questions."""
        return self._encode(texts, self.card.query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, (n, dimension), for passages of a document."""
        return self._encode(texts, self.card.passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for row, ids in enumerate(self._tokenizer.encode([prompt + text for text in texts])):
            input_ids = np.asarray([ids], np.int64)
            feed = {"input_ids": input_ids, "attention_mask": np.ones_like(input_ids)}
            vectors[row] = self._session.run(None, feed)[0][0]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, np.float32(1e-12))
        return vectors


def default_threads() -> int:
    """Return how many threads one text is worth: two, if there are two processors."""
    return max(1, min(MOST_THREADS, os.cpu_count() or 1))


def _open_session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph was optimised when it was built.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # An arena keeps the memory of the longest text ever seen; asking for it anew is no slower.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    # The runtime's exceptions share no base class but Exception.
    except Exception as error:
        raise EncoderDamaged(
            f"{path.name} cannot be opened ({type(error).__name__}: {error}). "
            "Remove the folder and build the encoder again."
        ) from error


def _check(session: Any, card: EncoderCard) -> None:
    inputs = sorted(value.name for value in session.get_inputs())
    width = session.get_outputs()[0].shape[-1]
    if inputs != ["attention_mask", "input_ids"] or width not in (card.dimension, None):
        raise EncoderDamaged(
            f"The graph takes {inputs} and returns {width} numbers; the card says "
            f"{card.dimension}. Remove the folder and build the encoder again."
        )
