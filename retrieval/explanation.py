"""Say why an article was shown: words it shares, what each leg found, which questions are near."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus import Document
from retrieval.evidence import Evidence
from retrieval.fusion import Fused
from retrieval.lexical import indexed_text, shared_words

if TYPE_CHECKING:
    from retrieval.search import Search

_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold what each leg found for one article.

    ``words`` are those it shares with the question, as the document spells them; ``whole``, ``sentence`` and
    ``known`` are cosines, ``lexical`` is BM25, ``association`` what the question's words say by those of
    known questions and ``probability`` that of the fused score. ``known`` and ``association`` are
    None without known questions.
    """

    number: int
    words: tuple[str, ...]
    whole: float
    sentence: float
    lexical: float
    known: float | None
    association: float | None
    probability: float


@dataclass(frozen=True, slots=True)
class NearQuestion:
    """Hold a known question near to the one asked; ``gold`` is empty where nothing answers it."""

    text: str
    gold: tuple[int, ...]
    cosine: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold why an answer is what it is.

    ``names`` are the document's words for what the question calls otherwise; ``near_miss`` and
    ``off_topic`` the probabilities that the document does not say it or has nothing to do with it;
    ``threshold`` the least probability of all articles together that counts as an answer.
    ``provenance`` names the source, the pack and the encoder by hash.
    """

    reasons: tuple[Reason, ...]
    nearest: tuple[NearQuestion, ...]
    names: tuple[str, ...]
    near_miss: float
    off_topic: float
    threshold: float
    provenance: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain data for JSON."""
        return {
            "reasons": [
                {
                    "number": r.number,
                    "words": list(r.words),
                    "whole": round(r.whole, 4),
                    "sentence": round(r.sentence, 4),
                    "lexical": round(r.lexical, 4),
                    "known": None if r.known is None else round(r.known, 4),
                    "association": None if r.association is None else round(r.association, 4),
                    "probability": round(r.probability, 6),
                }
                for r in self.reasons
            ],
            "nearest": [
                {"question": q.text, "gold": list(q.gold), "cosine": round(q.cosine, 4)}
                for q in self.nearest
            ],
            "names": list(self.names),
            "near_miss": round(self.near_miss, 6),
            "off_topic": round(self.off_topic, 6),
            "threshold": round(self.threshold, 6),
            "provenance": dict(self.provenance),
        }


def explain(
    question: str,
    document: Document,
    search: "Search",
    evidence: Evidence,
    fused: Fused,
    positions: Sequence[int],
) -> Explanation:
    """Return why the articles at ``positions`` were shown for a cleaned ``question``."""
    words = " ".join([question, *evidence.names])
    reasons = tuple(
        Reason(
            number=document.articles[position].number,
            words=shared_words(words, indexed_text(document.articles[position])),
            whole=float(evidence.dense.article[position]),
            sentence=float(evidence.dense.sentence[position]),
            lexical=float(evidence.lexical[position]),
            known=None if evidence.known is None else float(evidence.known[position]),
            association=(
                None if evidence.association is None else float(evidence.association[position])
            ),
            probability=float(fused.probabilities[position]),
        )
        for position in positions
    )
    nearest: tuple[NearQuestion, ...] = ()
    if search.known is not None and evidence.hits is not None:
        nearest = tuple(
            NearQuestion(known.text, known.gold, cosine)
            for known, cosine in search.known.nearest(evidence.hits, _NEAREST)
        )
    return Explanation(
        reasons=reasons,
        nearest=nearest,
        names=evidence.names,
        near_miss=fused.near,
        off_topic=fused.off,
        threshold=search.weights.answered,
        provenance=search.provenance,
    )
