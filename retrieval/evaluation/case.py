"""Put labels and what was answered side by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Dialogue, Question
from retrieval.evaluation.prediction import Prediction

_NEAR_MISS = re.compile(r"near[ _-]?miss(es)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one labelled question, or turn of a dialogue, beside what was answered."""

    id: str
    lang: str
    kind: str
    gold: tuple[int, ...]
    prediction: Prediction
    text: str = ""
    ok: tuple[int, ...] = ()
    mark: tuple[int, ...] = ()
    near: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return what names the case in a file: the id, and ``#turn`` for a turn."""
        return case_key(self.id, self.prediction.turn)

    @property
    def rank(self) -> int | None:
        """Return the rank, from 1, of the first gold article shown, or None."""
        shown = self.prediction.ranked
        return next((i for i, number in enumerate(shown, start=1) if number in self.gold), None)

    @property
    def needs_all(self) -> bool:
        """Tell whether every gold article is needed."""
        return self.kind == "multi" or (self.kind == "reference" and len(self.gold) > 1)

    @property
    def is_near_miss(self) -> bool:
        """Tell whether nothing answers it although the document speaks of the topic."""
        return not self.gold and _NEAR_MISS.fullmatch(self.kind) is not None

    @property
    def is_answered(self) -> bool:
        """Tell whether an answer was given, right or wrong."""
        return self.prediction.status == "answered"

    @property
    def is_answered_right(self) -> bool:
        """Tell whether an answer was given whose first article is a gold one."""
        return self.is_answered and self.prediction.cited[:1] != () and self.rank == 1

    @property
    def is_marked_right(self) -> bool:
        """Tell whether the right article came first with a sentence marked that answers."""
        marked = self.prediction.marked or ()
        return self.is_answered_right and not set(self.mark).isdisjoint(marked)

    @property
    def is_nearest_offered(self) -> bool:
        """Tell whether, without an answer, an article that speaks of it was offered first."""
        return not self.is_answered and not set(self.near).isdisjoint(self.prediction.related[:1])

    @property
    def has_all(self) -> bool:
        """Tell whether every gold article is among the first five shown."""
        return set(self.gold) <= set(self.prediction.ranked[:5])


def case_key(identity: str, turn: int | None) -> str:
    """Return one text for a question, or for a turn of a dialogue."""
    return identity if turn is None else f"{identity}#{turn}"


def case_keys(items: Iterable[Question | Dialogue]) -> list[str]:
    """Return the key of every question and every turn, in order."""
    keys = []
    for item in items:
        if isinstance(item, Question):
            keys.append(item.id)
        else:
            keys += [case_key(item.id, turn) for turn in range(len(item.turns))]
    return keys


def cases(items: Sequence[Question | Dialogue], predictions: Sequence[Prediction]) -> list[Case]:
    """Return labels and predictions side by side; they must be of the same questions, in order."""
    if case_keys(items) != [case_key(p.id, p.turn) for p in predictions]:
        raise ValueError(
            f"{len(predictions)} predictions are not those of the {len(case_keys(items))} "
            "questions, in order."
        )
    found: list[Case] = []
    left = iter(predictions)
    for item in items:
        labelled = (item,) if isinstance(item, Question) else item.turns
        found += [
            Case(
                item.id,
                item.lang,
                item.kind,
                one.gold,
                next(left),
                one.text,
                one.ok,
                *((one.mark, one.near) if isinstance(one, Question) else ()),
            )
            for one in labelled
        ]
    return found
