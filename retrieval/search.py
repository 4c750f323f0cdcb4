"""Gather what every leg of retrieval finds for one question."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from corpus import Document, Pack, Question
from retrieval.artefacts import ArtefactStore, Progress
from retrieval.build import build, known_questions
from retrieval.dense import DenseIndex
from retrieval.encoder import Encoder, OnnxEncoder
from retrieval.engines import FaissIndex, VectorIndex
from retrieval.evidence import Evidence
from retrieval.fusion import FILE as FUSION_FILE
from retrieval.fusion import FusionWeights
from retrieval.glossary import Glossary
from retrieval.known import KnownQuestions
from retrieval.lexical import LexicalIndex
from retrieval.passages import cut_passages

GLOSSARY_FILE = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Search:
    """Hold the loaded legs of one document; safe to use from several threads."""

    encoder: Encoder
    dense: DenseIndex
    lexical: LexicalIndex
    glossary: Glossary
    weights: FusionWeights
    known: KnownQuestions | None = None

    def find(self, question: str, leave_out: int | None = None) -> Evidence:
        """Return what speaks for each article, for a cleaned, non-empty question.

        ``leave_out`` is the row of a known question to ignore: itself, when fitting weights.
        """
        vector = self.encoder.encode_queries([question])[0]
        names = self.glossary.terms_in(question)
        # The document's own words for an acronym count as if they had been typed.
        lexical = self.lexical.scores(" ".join([question, *names]))
        dense = self.dense.scores(vector)
        if self.known is None:
            return Evidence(dense, lexical, names)
        known, near, off = self.known.scores(vector, leave_out)
        return Evidence(dense, lexical, names, known, near, off)


def load_search(pack: Pack, model: str, store: ArtefactStore, progress: Progress) -> Search:
    """Return the legs of ``pack`` under ``model``, building what is missing or damaged first."""
    built = build(pack, model, store, progress)
    # The encoder spends its loading time outside the interpreter lock; the rest is Python.
    with ThreadPoolExecutor(max_workers=1) as pool:
        encoder = pool.submit(OnnxEncoder.load, built.encoder)
        questions = known_questions(pack)
        passages = FaissIndex.load(built.vectors / "passages.faiss")
        known = FaissIndex.load(built.vectors / "known.faiss") if questions else None
        return assemble(
            pack, passages, questions, known, LexicalIndex(pack.document), encoder.result()
        )


def search_in_memory(pack: Pack, encoder: Encoder) -> Search:
    """Return the legs of ``pack`` under any encoder, with vectors made now and kept nowhere."""
    questions = known_questions(pack)
    texts = [passage.text for passage in cut_passages(pack.document)]
    passages = FaissIndex.build(encoder.encode_passages(texts))
    known = (
        FaissIndex.build(encoder.encode_queries([q.text for q in questions])) if questions else None
    )
    return assemble(pack, passages, questions, known, LexicalIndex(pack.document), encoder)


def assemble(
    pack: Pack,
    passages: VectorIndex,
    questions: tuple[Question, ...],
    known: VectorIndex | None,
    lexical: LexicalIndex,
    encoder: Encoder,
) -> Search:
    """Return the legs of ``pack`` over vectors that are ready."""
    positions = positions_of(pack.document)
    glossary, weights = pack.file(GLOSSARY_FILE), pack.file(FUSION_FILE)
    return Search(
        encoder=encoder,
        dense=DenseIndex(passages, cut_passages(pack.document), positions),
        lexical=lexical,
        glossary=Glossary.read(glossary) if glossary else Glossary(),
        weights=FusionWeights.read(weights) if weights else FusionWeights(),
        known=KnownQuestions(known, questions, positions) if known else None,
    )


def positions_of(document: Document) -> dict[int, int]:
    """Return the position in the document of each article number."""
    return {article.number: position for position, article in enumerate(document)}
