"""Record what was answered to each question of a question set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus import Dialogue, Question
from retrieval.answer import Answer, Status
from retrieval.passages import passages_of
from retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Prediction:
    """Hold the article numbers shown for one question, or for one turn of a dialogue.

    ``marked`` are the sentences, counted from 0, that were marked in the first article cited; None
    where that is not known: a predictions file does not say it.
    """

    id: str
    status: Status
    cited: tuple[int, ...]
    related: tuple[int, ...]
    confidence: float
    turn: int | None = None
    marked: tuple[int, ...] | None = None

    @property
    def ranked(self) -> tuple[int, ...]:
        """Return every article shown, in the order shown."""
        return self.cited + self.related

    def to_dict(self) -> dict[str, Any]:
        """Return the prediction as a line of a predictions file."""
        turn = {} if self.turn is None else {"turn": self.turn}
        return {
            "id": self.id,
            **turn,
            "status": self.status,
            "cited": list(self.cited),
            "related": list(self.related),
            "confidence": round(self.confidence, 6),
        }


def predict(
    retriever: Retriever,
    items: Sequence[Question | Dialogue],
    progress: Callable[[str, float], None],
) -> list[Prediction]:
    """Return what ``retriever`` answers to each question and to each turn of each dialogue."""
    predictions = []
    for done, item in enumerate(items):
        progress("asking", done / len(items))
        if isinstance(item, Question):
            predictions.append(prediction_of(item.id, retriever.ask(item.text)))
        else:
            conversation = retriever.conversation()
            for turn, said in enumerate(item.turns):
                predictions.append(prediction_of(item.id, conversation.ask(said.text), turn))
    progress("asking", 1.0)
    return predictions


def prediction_of(identity: str, answer: Answer, turn: int | None = None) -> Prediction:
    """Return the prediction that an answer makes."""
    return Prediction(
        identity,
        answer.status,
        tuple(c.article.number for c in answer.citations),
        tuple(c.article.number for c in answer.related),
        answer.confidence,
        turn,
        _marked_sentences(answer),
    )


def _marked_sentences(answer: Answer) -> tuple[int, ...]:
    if not answer.citations:
        return ()
    first = answer.citations[0]
    passages = [p for p in passages_of(first.article) if p.kind != "article"]
    return tuple(
        number
        for number, passage in enumerate(passages)
        if passage.span in first.spans or passage.fact in first.facts
    )
