"""The records of an answer: what a caller of the library, the terminal and the bot show."""

from dataclasses import dataclass
from typing import Any, Literal

from corpus import Article
from retrieval.explanation import Explanation

Status = Literal["answered", "related", "not_found"]
NoteCode = Literal[
    "empty", "cut", "out_of_range", "past_end", "other_law", "more", "no_more", "in_context"
]


@dataclass(frozen=True, slots=True)
class Citation:
    """Hold an article shown as an answer.

    ``spans`` are (start, end) offsets into ``article.text``: the sentences to mark, in order; none
    where the article is not the answer or was asked for whole. ``facts`` are the names, in
    ``article.metadata``, of what answers and stands outside the text.
    ``score`` is the fused score, comparable within one answer only; 1.0 for a direct reference.
    """

    article: Article
    spans: tuple[tuple[int, int], ...] = ()
    score: float = 0.0
    facts: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[str, ...]:
        """Return the text of each marked sentence."""
        return tuple(self.article.text[start:end] for start, end in self.spans)

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as plain data for JSON."""
        return {
            "article": self.article.to_dict(),
            "spans": [list(span) for span in self.spans],
            **({"facts": list(self.facts)} if self.facts else {}),
            "score": round(self.score, 6),
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Say something about the question that the reader should know.

    ``empty``: nothing was asked. ``cut``: only the first ``limit`` characters were read.
    ``out_of_range``: the document has articles ``first`` to ``last`` only; ``past_end``: so has it,
    and a step led past one of them. ``other_law``: the article number asked for is another law's.
    ``more``: these are further articles on what was asked before; ``no_more``: there are none
    left. ``in_context``: the question was read as a follow-up to the one ``earlier``.
    """

    code: NoteCode
    values: tuple[tuple[str, int | str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the note as plain data for JSON."""
        return {"code": self.code, **dict(self.values)}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what the document says to a question.

    ``status``: "answered" (``citations`` answer it), "related" (the document speaks of the topic
    but does not say this; ``related`` is the offer) or "not_found". ``confidence`` is the
    probability in [0, 1] that the first citation answers (in the other statuses: that the nearest
    article would have). ``language`` is that of the question, for choosing words around it.
    ``explanation`` says why, where that was asked for and the question was searched for.
    """

    question: str
    status: Status
    confidence: float
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    language: str = "und"
    notes: tuple[Note, ...] = ()
    explanation: Explanation | None = None

    @property
    def is_by_number(self) -> bool:
        """Tell whether articles were named by number, or stepped to, and none was searched for."""
        codes = {note.code for note in self.notes}
        return self.confidence == 1.0 or not codes.isdisjoint(
            {"out_of_range", "past_end", "other_law"}
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data for JSON."""
        why = {"explanation": self.explanation.to_dict()} if self.explanation else {}
        return {
            "question": self.question,
            "status": self.status,
            "confidence": round(self.confidence, 6),
            "citations": [citation.to_dict() for citation in self.citations],
            "related": [citation.to_dict() for citation in self.related],
            "language": self.language,
            "notes": [note.to_dict() for note in self.notes],
            **why,
        }
