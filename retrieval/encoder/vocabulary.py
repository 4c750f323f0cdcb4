"""Write the answering-time tokenizer of a model: a sentencepiece model wherever that is the same.

Any fast tokenizer over a Unigram vocabulary can be tried as a sentencepiece model. Whether it is
the same is not argued but tested: it must give the same ids on the check sentences.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.encoder.card import SENTENCEPIECE_FILE, TOKENIZER_FILE
from retrieval.encoder.errors import UnknownModel
from retrieval.encoder.pieces import SpecialIds, sentencepiece_model
from retrieval.encoder.tokenizer import open_tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)


def write_tokenizer(
    model: "SentenceTransformer", folder: Path, max_seq_length: int, sentences: Sequence[str]
) -> str:
    """Write the tokenizer of `model` into `folder` and return the name of its file.

    Raises:
        UnknownModel: the model has no fast tokenizer.
    """
    tokenizer = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise UnknownModel("This model has no fast tokenizer (tokenizer.json); choose another.")
    serialised = _as_sentencepiece(tokenizer, json.loads(backend.to_str()))
    if serialised is not None:
        path = folder / SENTENCEPIECE_FILE
        path.write_bytes(serialised)
        written = open_tokenizer(folder, SENTENCEPIECE_FILE, max_seq_length)
        if written.encode(sentences) == _original_ids(model, max_seq_length, sentences):
            return SENTENCEPIECE_FILE
        logger.info("As a sentencepiece model this vocabulary gives other ids; using tokenizers.")
        path.unlink()
    backend.save(str(folder / TOKENIZER_FILE))
    return TOKENIZER_FILE


def _original_ids(
    model: "SentenceTransformer", max_seq_length: int, sentences: Sequence[str]
) -> list[list[int]]:
    encoded = model.tokenizer(list(sentences), truncation=True, max_length=max_seq_length)
    return [list(ids) for ids in encoded["input_ids"]]


def _as_sentencepiece(tokenizer: Any, content: dict[str, Any]) -> bytes | None:
    if content["model"].get("type") != "Unigram":
        return None
    pieces = [(str(piece), float(score)) for piece, score in content["model"]["vocab"]]
    ids = (tokenizer.bos_token_id, tokenizer.eos_token_id, tokenizer.pad_token_id)
    unk = content["model"].get("unk_id")
    if (
        None in (*ids, unk)
        or len({*ids, unk}) != 4
        or len({text for text, _ in pieces}) < len(pieces)
    ):
        return None
    control = [position for position in tokenizer.all_special_ids if position < len(pieces)]
    return sentencepiece_model(pieces, SpecialIds(*ids, unk), control)
