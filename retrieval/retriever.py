"""Answer questions about a document: the facade of the library.

A question walks through `ask` from top to bottom: clean, direct reference, search, fuse, decide,
mark. Each step takes and returns a small record.
"""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import Document, open_pack
from corpus.language import detect_language
from retrieval.answer import Answer, Citation, Note
from retrieval.artefacts import ArtefactStore, Progress, no_progress
from retrieval.clean import MAX_CHARACTERS, clean
from retrieval.conversation import Conversation, ConversationState
from retrieval.conversation.followup import FollowUpWeights
from retrieval.decision import MAX_CITED, SHOWN, Decision, decide, further
from retrieval.encoder import Encoder
from retrieval.evidence import Evidence
from retrieval.explanation import Explanation, explain
from retrieval.fusion import Fused, fuse
from retrieval.marking import mark
from retrieval.reference import Reference, find_reference
from retrieval.search import Search, load_search
from retrieval.settings import RetrievalSettings
from retrieval.weighed import Weighed


class Retriever:
    """Find the articles of one document that answer a question.

    Thread-safe and deterministic: the same question to the same pack has the same answer.
    """

    def __init__(self, document: Document, search: Callable[[], Search]) -> None:
        """Take the document, and what loads its search: called once, when first needed."""
        self.document = document
        self._numbers = tuple(article.number for article in document)
        self._load = search
        self._loaded: Search | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls,
        pack: str | Path | None = None,
        *,
        settings: RetrievalSettings | None = None,
        progress: Progress = no_progress,
        lazy: bool = False,
    ) -> "Retriever":
        """Return a retriever for a pack, named by id or path; the bundled one by default.

        What is not built yet is built now, which takes about a minute the first time and is
        reported to ``progress``; with ``lazy``, when a question first needs it. Raises PackError
        for a pack that cannot be opened and RetrievalError for what cannot be built.
        """
        settings = settings or RetrievalSettings.read()
        opened = open_pack(str(pack) if pack is not None else settings.pack)
        store = ArtefactStore(settings.cache_dir)
        retriever = cls(
            opened.document, lambda: load_search(opened, settings.model, store, progress)
        )
        if not lazy:
            retriever.prepare()
        return retriever

    def prepare(self) -> None:
        """Build and load what answering needs, where that has not happened yet."""
        self._search()

    @property
    def encoder(self) -> Encoder:
        """Return what turns texts into vectors here."""
        return self._search().encoder

    @property
    def provenance(self) -> tuple[tuple[str, str], ...]:
        """Return what answers are made from, each by name and hash."""
        return self._search().provenance

    def ask(self, question: str, *, top: int = SHOWN, why: bool = False) -> Answer:
        """Return what the document says to ``question``, with at most ``top`` articles in all.

        With ``why``, the answer to a question that was searched for carries an explanation.

        Any text is a question: what cannot be answered comes back as status "not_found", with a
        note where there is something to say about it.
        """
        if not isinstance(question, str):
            raise TypeError(f"question: expected str, found {type(question).__name__}")
        if top < 1:
            raise ValueError(f"top: expected 1 or more, found {top}")
        cleaned = clean(question)
        text, language = cleaned.text, detect_language(cleaned.text)
        if not text:
            return Answer("", "not_found", 0.0, language=language, notes=(Note("empty"),))
        notes = (Note("cut", (("limit", MAX_CHARACTERS),)),) if cleaned.was_cut else ()
        reference = find_reference(text, self._numbers, (self.document.title,))
        if reference:
            return self._follow(text, reference, language, notes, top)
        weighed = self._weigh(text, language, notes, reference)
        return self.answer_from(weighed, top=top, why=why)

    def weigh(self, question: str) -> Weighed | None:
        """Return ``question`` searched for and weighed, before anything is decided.

        None where there is nothing to search for: it is empty or names articles by number.
        """
        cleaned = clean(question)
        reference = find_reference(cleaned.text, self._numbers, (self.document.title,))
        if reference or not cleaned.text:
            return None
        notes = (Note("cut", (("limit", MAX_CHARACTERS),)),) if cleaned.was_cut else ()
        return self._weigh(cleaned.text, detect_language(cleaned.text), notes, reference)

    def answer_from(
        self,
        weighed: Weighed,
        fused: Fused | None = None,
        *,
        top: int = SHOWN,
        most: int = MAX_CITED,
        is_asked_for_more: bool = False,
        why: bool = False,
    ) -> Answer:
        """Return the answer to a weighed question; ``fused`` takes the place of its own weights.

        At most ``most`` articles are cited. With ``is_asked_for_more``, the nearest articles left
        are cited whatever they are, with a note.
        """
        text, search, evidence = weighed.text, weighed.search, weighed.evidence
        fused = fused or weighed.fused
        decide_it = further if is_asked_for_more else decide
        decision = decide_it(
            fused, search.weights, shown=top, most=most, may_answer=weighed.may_answer
        )
        notes = weighed.notes
        if is_asked_for_more:
            notes = (*notes, Note("more" if decision.cited else "no_more"))
        cited = tuple(
            self._cite(text, position, float(fused.probabilities[position]), search, evidence)
            for position in decision.cited
        )
        related = tuple(
            Citation(self.document.articles[position], (), float(fused.probabilities[position]))
            for position in decision.related
        )
        return Answer(
            question=text,
            status=decision.status,
            confidence=decision.confidence,
            citations=cited,
            related=related,
            language=weighed.language,
            notes=notes,
            explanation=self._explain(text, search, evidence, fused, decision) if why else None,
        )

    def ask_many(self, questions: Iterable[str], *, top: int = SHOWN) -> list[Answer]:
        """Return the answer to each question, in order, exactly as `ask` would give them."""
        return [self.ask(question, top=top) for question in questions]

    def conversation(self, state: ConversationState | None = None) -> Conversation:
        """Return a conversation in which a question may lean on the one before.

        ``state`` is that of an earlier conversation, from which it goes on.
        """
        return Conversation(self, state)

    @property
    def follow_up_weights(self) -> FollowUpWeights:
        """Return what decides how far a turn of a conversation leans on the one before."""
        return self._search().follow_up

    def _weigh(
        self, text: str, language: str, notes: tuple[Note, ...], reference: Reference
    ) -> Weighed:
        if reference.names_other_law:
            notes = (*notes, Note("other_law"))
        search = self._search()
        evidence = search.find(text)
        return Weighed(
            text,
            language,
            search,
            evidence,
            fuse(evidence, search.weights_for(text)),
            notes,
            may_answer=not reference.names_other_law,
        )

    def _search(self) -> Search:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _explain(
        self, question: str, search: Search, evidence: Evidence, fused: Fused, decision: Decision
    ) -> Explanation:
        # Where nothing is shown, the nearest article is what asks for an explanation.
        nearest = (int(fused.scores.argmax()),)
        shown = decision.cited + decision.related or nearest
        return explain(question, self.document, search, evidence, fused, shown)

    def _cite(
        self, question: str, position: int, score: float, search: Search, evidence: Evidence
    ) -> Citation:
        article = self.document.articles[position]
        likely = search.likely_sentences(evidence, position)
        marks = mark(
            question,
            article,
            position,
            search.dense,
            evidence.dense,
            evidence.names,
            likely,
            search.marking,
        )
        return Citation(article, marks.spans, score, marks.facts)

    def _follow(
        self,
        question: str,
        reference: Reference,
        language: str,
        notes: tuple[Note, ...],
        top: int,
    ) -> Answer:
        """Return the articles that the question names by number."""
        if reference.out_of_range:
            first, last = self.document.first_number, self.document.last_number
            notes = (*notes, Note("out_of_range", (("first", first), ("last", last))))
        if not reference.numbers:
            return Answer(question, "not_found", 0.0, language=language, notes=notes)
        positions = [self._numbers.index(n) for n in reference.numbers]
        if reference.asks_more:
            search = self._search()
            evidence = search.find(reference.rest)
            cited = tuple(self._cite(reference.rest, p, 1.0, search, evidence) for p in positions)
        else:
            cited = tuple(Citation(self.document.articles[p], (), 1.0) for p in positions)
        sections = {c.article.section for c in cited} - {None}
        related = tuple(
            Citation(article)
            for article in self.document
            if article.section in sections and article.number not in reference.numbers
        )
        return Answer(
            question=question,
            status="answered",
            confidence=1.0,
            # Whoever names articles gets them all, however many they are.
            citations=cited,
            related=related[: max(0, top - len(cited))],
            language=language,
            notes=notes,
        )
