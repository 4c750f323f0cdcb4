"""Gather what every leg of retrieval finds for one question."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import Pack
from retrieval.artefacts import ArtefactStore, Progress
from retrieval.association import AssociationTable
from retrieval.build import build
from retrieval.conversation.followup import FILE as FOLLOW_UP_FILE
from retrieval.conversation.followup import FollowUpWeights
from retrieval.dense import DenseIndex
from retrieval.encoder import Encoder, OnnxEncoder
from retrieval.engines import FaissIndex, VectorIndex
from retrieval.evidence import Evidence
from retrieval.fusion import FILE as FUSION_FILE
from retrieval.fusion import JOINED_FILE, FusionWeights
from retrieval.glossary import Glossary
from retrieval.known import KnownIndex, KnownQuestions, is_joined, known_questions
from retrieval.lexical import LexicalIndex
from retrieval.marking import FILE as MARKING_FILE
from retrieval.marking import MarkWeights
from retrieval.passages import cut_passages, positions_of
from retrieval.sentence_classifier import FILE as SENTENCES_FILE
from retrieval.sentence_classifier import SentenceClassifier

GLOSSARY_FILE = "glossary.toml"
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Search:
    """Hold the loaded legs of one document; safe to use from several threads.

    ``joined_weights`` weigh the legs for a follow-up behind the question it leans on; None: as for
    any question. ``provenance`` names what they were made from, by hash.
    """

    encoder: Encoder
    dense: DenseIndex
    lexical: LexicalIndex
    glossary: Glossary
    weights: FusionWeights
    joined_weights: FusionWeights | None = None
    known: KnownQuestions | None = None
    association: AssociationTable | None = None
    sentences: SentenceClassifier | None = None
    follow_up: FollowUpWeights = FollowUpWeights()  # noqa: RUF009  a frozen record
    marking: MarkWeights = MarkWeights()  # noqa: RUF009  likewise
    provenance: tuple[tuple[str, str], ...] = ()

    def find(self, question: str) -> Evidence:
        """Return what speaks for each article, for a cleaned, non-empty question."""
        vector = self.encoder.encode_queries([question])[0]
        names = self.glossary.terms_in(question)
        # The document's own words for an acronym count as if they had been typed.
        lexical = self.lexical.scores(" ".join([question, *names]))
        dense = self.dense.scores(vector)
        if self.known is None:
            return Evidence(dense, lexical, names, vector=vector)
        hits = self.known.hits(vector, with_joined=is_joined(question))
        known, near, off = self.known.scores(hits)
        words = self.association.scores(question) if self.association else None
        return Evidence(dense, lexical, names, known, near, off, words, hits, vector)

    def weights_for(self, question: str) -> FusionWeights:
        """Return the weights of the legs for a cleaned question."""
        joined = self.joined_weights if is_joined(question) else None
        return joined or self.weights

    def likely_sentences(self, evidence: Evidence, position: int) -> NDArray[np.float32] | None:
        """Return the log of the chance of each sentence of an article; None without a classifier."""
        if self.sentences is None or evidence.vector is None:
            return None
        return self.sentences.log_shares(evidence.vector, position)


def load_search(pack: Pack, model: str, store: ArtefactStore, progress: Progress) -> Search:
    """Return the legs of ``pack`` under ``model``, building what is missing or damaged first."""
    built = build(pack, model, store, progress)
    # The encoder spends its loading time outside the interpreter lock; the rest is Python.
    with ThreadPoolExecutor(max_workers=1) as pool:
        encoder = pool.submit(OnnxEncoder.load, built.encoder)
        search = assemble(
            pack,
            built.passages(),
            built.known(),
            built.association(),
            built.lexical(),
            encoder.result,
        )
    return replace(
        search,
        weights=fusion_weights(pack, is_tuned=built.is_tuned),
        joined_weights=_stored(pack, JOINED_FILE, FusionWeights.read, built.is_tuned, None),
        follow_up=_stored(
            pack, FOLLOW_UP_FILE, FollowUpWeights.read, built.is_tuned, FollowUpWeights()
        ),
        sentences=_stored(
            pack,
            SENTENCES_FILE,
            lambda path: SentenceClassifier.read(path, pack.document),
            built.is_tuned,
            None,
        ),
        marking=_stored(pack, MARKING_FILE, MarkWeights.read, built.is_tuned, MarkWeights()),
        provenance=(
            ("source", f"{pack.source.name} {pack.source.sha256}"),
            ("pack", f"{pack.id} {pack.sha256}"),
            ("encoder", built.fingerprint),
        ),
    )


def fusion_weights(pack: Pack, *, is_tuned: bool) -> FusionWeights:
    """Return the weights that the pack brings for its adapter, else the default ones.

    They were fitted with the adapter and fit no encoder without it.
    """
    return _stored(pack, FUSION_FILE, FusionWeights.read, is_tuned, FusionWeights())


def _stored(pack: Pack, name: str, read: Callable[[Path], W], is_tuned: bool, default: W) -> W:
    """Return the weights that the pack brings for its adapter, else the default ones."""
    stored = pack.file(name)
    return read(stored) if stored and is_tuned else default


def search_in_memory(pack: Pack, encoder: Encoder) -> Search:
    """Return the legs of ``pack`` under any encoder, with vectors made now and kept nowhere."""
    texts = [passage.text for passage in cut_passages(pack.document)]
    passages = FaissIndex.build(encoder.encode_passages(texts))
    questions = known_questions(pack)
    known = association = None
    if questions:
        known = KnownIndex.build(encoder.encode_queries([q.text for q in questions]), questions)
        association = AssociationTable.build(questions, positions_of(pack.document))
    lexical = LexicalIndex.build(pack.document)
    return assemble(pack, passages, known, association, lexical, lambda: encoder)


def assemble(
    pack: Pack,
    passages: VectorIndex,
    known: KnownIndex | None,
    association: AssociationTable | None,
    lexical: LexicalIndex,
    encoder: Callable[[], Encoder],
) -> Search:
    """Return the legs of ``pack`` over vectors that are ready, under the default weights."""
    positions = positions_of(pack.document)
    glossary = pack.file(GLOSSARY_FILE)
    return Search(
        dense=DenseIndex(passages, cut_passages(pack.document), positions),
        lexical=lexical,
        glossary=Glossary.read(glossary) if glossary else Glossary(),
        weights=FusionWeights(),
        known=KnownQuestions(known, positions) if known else None,
        association=association,
        encoder=encoder(),
    )
