"""The record of a question that was searched for and weighed, before anything is decided."""

from dataclasses import dataclass, replace

from retrieval.answer import Note
from retrieval.evidence import Evidence
from retrieval.fusion import Fused
from retrieval.search import Search


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold a cleaned question, what the legs found for it, and the probabilities they make.

    ``may_answer`` is False where the question asks for an article of another law.
    """

    text: str
    language: str
    search: Search
    evidence: Evidence
    fused: Fused
    notes: tuple[Note, ...] = ()
    may_answer: bool = True

    def again_as(self, text: str) -> "Weighed":
        """Return the same under the words that were really typed."""
        return replace(self, text=text)
