"""Build what answering needs and find it again: the encoder, and the vectors of a pack."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Document, Pack, Question, read_questions, single_questions
from retrieval.artefacts import ArtefactStore, Progress, content_key
from retrieval.encoder import Encoder, OnnxEncoder, build_encoder, model_fingerprint
from retrieval.engines import FaissIndex
from retrieval.known import FILE as KNOWN_FILE
from retrieval.passages import cut_passages

# Raised whenever the same input gives other files than before.
ENCODER_VERSION = "1"
VECTORS_VERSION = "1"
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Built:
    """Hold where the built files of one pack and model lie."""

    encoder: Path
    vectors: Path


def known_questions(pack: Pack) -> tuple[Question, ...]:
    """Return the labelled questions that the pack keeps as evidence, empty where it has none."""
    path = pack.file(KNOWN_FILE)
    if path is None:
        return ()
    return tuple(q for q in single_questions(read_questions(path, pack.document)) if q.text.strip())


def build(pack: Pack, model: str, store: ArtefactStore, progress: Progress) -> Built:
    """Return the built files of ``pack`` and ``model``, making those that are not intact.

    Raises EncoderError where the model cannot be built and ArtefactError where the cache cannot
    be written.
    """
    fingerprint = model_fingerprint(model)
    encoder = store.get(
        "encoder",
        content_key(["encoder", ENCODER_VERSION, fingerprint]),
        lambda folder, report: _build_encoder(model, folder, report),
        progress,
    )
    questions = known_questions(pack)
    vectors = store.get(
        "vectors",
        content_key(
            [
                "vectors",
                VECTORS_VERSION,
                fingerprint,
                ENCODER_VERSION,
                pack.sha256,
                *(q.text for q in questions),
            ]
        ),
        lambda folder, report: _build_vectors(
            pack.document, questions, OnnxEncoder.load(encoder), folder, report
        ),
        progress,
    )
    return Built(encoder, vectors)


def _build_encoder(model: str, folder: Path, progress: Progress) -> None:
    build_encoder(model, folder, progress)


def _build_vectors(
    document: Document,
    questions: tuple[Question, ...],
    encoder: Encoder,
    folder: Path,
    progress: Progress,
) -> None:
    passages = [passage.text for passage in cut_passages(document)]
    texts = [q.text for q in questions]
    total = len(passages) + len(texts)
    done = 0
    for name, group, encode in (
        ("passages", passages, encoder.encode_passages),
        ("known", texts, encoder.encode_queries),
    ):
        rows = []
        for at in range(0, len(group), _BATCH):
            progress("encoding the document", done / total)
            batch = group[at : at + _BATCH]
            rows.append(encode(batch))
            done += len(batch)
        if rows:
            FaissIndex.build(np.concatenate(rows)).save(folder / f"{name}.faiss")
    progress("encoding the document", 1.0)
