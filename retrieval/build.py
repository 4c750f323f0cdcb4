"""Build what answering needs and find it again: the encoder, and the vectors of a pack."""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Pack
from corpus.questions import question_from_dict, question_to_dict
from retrieval.adapter import Adapter, find_adapter, merge_adapter
from retrieval.artefacts import ArtefactStore, Progress, content_key
from retrieval.association import AssociationTable
from retrieval.encoder import (
    OnnxEncoder,
    build_encoder,
    build_from,
    default_threads,
    load_sentence_transformer,
    model_fingerprint,
)
from retrieval.encoder.loading import encode_untuned
from retrieval.encoder.quiet import quiet
from retrieval.engines import FaissIndex
from retrieval.known import FILE as KNOWN_FILE
from retrieval.known import KnownIndex, known_questions
from retrieval.known_vectors import FILE as KNOWN_VECTORS_FILE
from retrieval.known_vectors import KnownVectors, write_known_vectors
from retrieval.lexical import LexicalIndex
from retrieval.passages import cut_passages, positions_of

# Raised whenever the same input gives other files than before.
ENCODER_VERSION = "2"
VECTORS_VERSION = "8"
_PASSAGES, _LEXICAL = "passages.faiss", "lexical.npz"
_KNOWN, _JOINED, _QUESTIONS = "known.faiss", "known-joined.faiss", "known.json"
_ASSOCIATION = "association.npy"
_BATCH = 64
_Encoding = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Keys:
    """Hold the names under which the built files of one pack and model are kept."""

    encoder: str
    vectors: str


@dataclass(frozen=True, slots=True)
class Built:
    """Hold where the built files of one pack and model lie, and what they were made from.

    ``fingerprint`` is that of the model, followed by the adapter's where one is in it.
    """

    encoder: Path
    vectors: Path
    fingerprint: str
    is_tuned: bool

    def passages(self) -> FaissIndex:
        """Return the index of the document's passages."""
        return FaissIndex.load(self.vectors / _PASSAGES)

    def lexical(self) -> LexicalIndex:
        """Return the index of the document's words."""
        return LexicalIndex.load(self.vectors / _LEXICAL)

    def known(self) -> KnownIndex | None:
        """Return the index of the known questions, or None without any."""
        if not (self.vectors / _KNOWN).is_file():
            return None
        stored = json.loads((self.vectors / _QUESTIONS).read_bytes())
        questions = tuple(question_from_dict(record) for record in stored)
        joined = self.vectors / _JOINED
        return KnownIndex(
            FaissIndex.load(self.vectors / _KNOWN),
            FaissIndex.load(joined) if joined.is_file() else None,
            questions,
        )

    def association(self) -> AssociationTable | None:
        """Return the table of the known questions' words, or None without any."""
        path = self.vectors / _ASSOCIATION
        return AssociationTable.load(path) if path.is_file() else None


def artefact_keys(pack: Pack, model: str) -> Keys:
    """Return the names of what answering over ``pack`` with ``model`` needs."""
    fingerprint = model_fingerprint(model)
    adapter = find_adapter(pack, fingerprint)
    tuned = [adapter.sha256] if adapter else []
    encoder = content_key(["encoder", ENCODER_VERSION, fingerprint, *tuned])
    known = [_hash_of(pack, name) for name in (KNOWN_FILE, KNOWN_VECTORS_FILE)]
    vectors = content_key(["vectors", VECTORS_VERSION, encoder, pack.sha256, *known])
    return Keys(encoder, vectors)


def _hash_of(pack: Pack, name: str) -> str:
    path = pack.file(name)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def build(pack: Pack, model: str, store: ArtefactStore, progress: Progress) -> Built:
    """Return the built files of ``pack`` and ``model``, making those that are not intact.

    Raises EncoderError where the model cannot be built and ArtefactError where the cache cannot
    be written.
    """
    adapter = find_adapter(pack, model_fingerprint(model))
    keys = artefact_keys(pack, model)
    encoder = _encoder(model, adapter, keys.encoder, store, progress)
    vectors = store.get(
        "vectors",
        keys.vectors,
        lambda out, say: _build_vectors(pack, model, adapter, encoder, out, say),
        progress,
    )
    return Built(encoder, vectors, _tuned_fingerprint(model, adapter), adapter is not None)


def keep_known_vectors(
    pack: Pack, model: str, store: ArtefactStore, progress: Progress
) -> NDArray[np.float32]:
    """Write the vectors of the pack's known questions into the pack, for first runs to come.

    Those that are there already, by the same encoder, are kept. Returns them as they were written,
    a unit row a question.
    """
    adapter = find_adapter(pack, model_fingerprint(model))
    key = artefact_keys(pack, model).encoder
    folder = _encoder(model, adapter, key, store, progress)
    texts = [q.text for q in known_questions(pack)]
    path = pack.path / KNOWN_VECTORS_FILE
    vectors = _encode_known(folder, texts, KnownVectors.read(path, key), progress)
    write_known_vectors(path, key, texts, vectors)
    return _encode_known(folder, texts, KnownVectors.read(path, key), progress)


def _encoder(
    model: str, adapter: Adapter | None, key: str, store: ArtefactStore, progress: Progress
) -> Path:
    return store.get(
        "encoder", key, lambda out, say: _build_encoder(model, adapter, out, say), progress
    )


def _build_encoder(model: str, adapter: Adapter | None, out: Path, progress: Progress) -> None:
    if adapter is None:
        build_encoder(model, out, progress)
        return
    progress("opening the model", 0.0)
    with quiet():
        opened = load_sentence_transformer(model)
    merge_adapter(opened, adapter.path)
    build_from(opened, model, _tuned_fingerprint(model, adapter), out, progress)


def _tuned_fingerprint(model: str, adapter: Adapter | None) -> str:
    fingerprint = model_fingerprint(model)
    return f"{fingerprint}+{adapter.sha256}" if adapter else fingerprint


def _build_vectors(
    pack: Pack,
    model: str,
    adapter: Adapter | None,
    encoder_folder: Path,
    out: Path,
    progress: Progress,
) -> None:
    encoder = OnnxEncoder.load(encoder_folder)
    progress("encoding the document", 0.0)
    passages = [passage.text for passage in cut_passages(pack.document)]
    vectors = _encode(_passage_encoder(model, adapter, encoder), passages, progress)
    FaissIndex.build(vectors).save(out / _PASSAGES)
    LexicalIndex.build(pack.document).save(out / _LEXICAL)
    questions = known_questions(pack)
    if questions:
        texts = [q.text for q in questions]
        kept = KnownVectors.read(pack.path / KNOWN_VECTORS_FILE, encoder_folder.name)
        vectors = _encode_known(encoder_folder, texts, kept, progress)
        known = KnownIndex.build(vectors, questions)
        known.whole.save(out / _KNOWN)
        if known.joined is not None:
            known.joined.save(out / _JOINED)
        table = AssociationTable.build(questions, positions_of(pack.document))
        table.save(out / _ASSOCIATION)
        stored = [question_to_dict(q) for q in known.questions]
        (out / _QUESTIONS).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


def _passage_encoder(model: str, adapter: Adapter | None, encoder: OnnxEncoder) -> _Encoding:
    if adapter is None:
        return encoder.encode_passages
    with quiet():
        untuned = load_sentence_transformer(model)
    return lambda texts: encode_untuned(untuned, texts)


def _encode_known(
    encoder: Path, texts: Sequence[str], kept: KnownVectors | None, progress: Progress
) -> NDArray[np.float32]:
    def encode(those: Sequence[str]) -> NDArray[np.float32]:
        # Where there are many, texts side by side take less time than threads that share one.
        alone = OnnxEncoder.load(encoder, threads=1)
        with ThreadPoolExecutor(max_workers=default_threads()) as pool:

            def side_by_side(batch: Sequence[str]) -> NDArray[np.float32]:
                return np.concatenate(list(pool.map(alone.encode_queries, ([t] for t in batch))))

            return _encode(side_by_side, those, progress)

    return kept.complete(texts, encode) if kept else encode(texts)


def _encode(encode: _Encoding, texts: Sequence[str], progress: Progress) -> NDArray[np.float32]:
    rows = []
    for at in range(0, len(texts), _BATCH):
        progress(f"encoding {len(texts):,} texts", at / len(texts))
        rows.append(encode(texts[at : at + _BATCH]))
    progress(f"encoding {len(texts):,} texts", 1.0)
    return np.concatenate(rows)
