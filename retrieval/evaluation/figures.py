"""Measure predictions against labels: what was right first, and what was rightly refused.

An answerable question counts as right at rank k where the k-th article shown is one of its gold
articles. An unanswerable one is rightly refused where its status is not "answered".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus import Dialogue, Question
from retrieval.evaluation.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one labelled question, or turn of a dialogue, beside what was answered."""

    id: str
    lang: str
    kind: str
    gold: tuple[int, ...]
    prediction: Prediction

    @property
    def rank(self) -> int | None:
        """Return the rank, from 1, of the first gold article shown, or None."""
        shown = self.prediction.ranked
        return next((i for i, number in enumerate(shown, start=1) if number in self.gold), None)

    @property
    def needs_all(self) -> bool:
        """Tell whether every gold article is needed."""
        return self.kind == "multi" or (self.kind == "reference" and len(self.gold) > 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of a group of questions; a share is None where nothing is counted in it.

    ``top1``, ``top3`` and ``mrr`` are over the articles shown; ``answered_right`` asks more: the
    first article cited is right and the status is "answered". ``all_of_gold`` is over questions
    that need every gold article, among the first five shown.
    """

    answerable: int
    top1: float | None
    top3: float | None
    mrr: float | None
    answered_right: float | None
    false_refusals: float | None
    all_of_gold: float | None
    unanswerable: int
    refused: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data, rounded to four places."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def cases(items: Iterable[Question | Dialogue], predictions: Sequence[Prediction]) -> list[Case]:
    """Return labels and predictions side by side; they must be of the same questions, in order."""
    labels: list[tuple[str, int | None, str, str, tuple[int, ...]]] = []
    for item in items:
        if isinstance(item, Question):
            labels.append((item.id, None, item.lang, item.kind, item.gold))
        else:
            for number, turn in enumerate(item.turns):
                labels.append((item.id, number, item.lang, item.kind, turn.gold))
    asked = [(identity, turn) for identity, turn, *_ in labels]
    if asked != [(p.id, p.turn) for p in predictions]:
        raise ValueError(
            f"{len(predictions)} predictions are not those of the {len(labels)} questions, in order."
        )
    return [
        Case(identity, lang, kind, gold, prediction)
        for (identity, _, lang, kind, gold), prediction in zip(labels, predictions, strict=True)
    ]


def measure(group: Sequence[Case]) -> Figures:
    """Return the figures of one group of cases."""
    answerable = [c for c in group if c.gold]
    unanswerable = [c for c in group if not c.gold]
    ranks = [c.rank for c in answerable]
    needs_all = [c for c in answerable if c.needs_all]
    return Figures(
        answerable=len(answerable),
        top1=_share(rank == 1 for rank in ranks),
        top3=_share(rank is not None and rank <= 3 for rank in ranks),
        mrr=_share(1 / rank if rank else 0.0 for rank in ranks),
        answered_right=_share(
            c.prediction.status == "answered"
            and c.prediction.cited[:1] == c.prediction.ranked[:1]
            and c.rank == 1
            for c in answerable
        ),
        false_refusals=_share(c.prediction.status != "answered" for c in answerable),
        all_of_gold=_share(set(c.gold) <= set(c.prediction.ranked[:5]) for c in needs_all),
        unanswerable=len(unanswerable),
        refused=_share(c.prediction.status != "answered" for c in unanswerable),
    )


def measure_groups(group: Sequence[Case]) -> dict[str, Figures]:
    """Return the figures of all cases, then by language, then by kind, largest group first."""
    figures = {"all": measure(group)}
    keys: tuple[tuple[str, Callable[[Case], str]], ...] = (
        ("lang", lambda c: c.lang),
        ("kind", lambda c: c.kind),
    )
    for name, key in keys:
        parts: dict[str, list[Case]] = defaultdict(list)
        for case in group:
            parts[key(case)].append(case)
        for value, part in sorted(parts.items(), key=lambda p: (-len(p[1]), p[0])):
            figures[f"{name}={value}"] = measure(part)
    return figures


def _share(values: Iterable[float]) -> float | None:
    found = [float(v) for v in values]
    return sum(found) / len(found) if found else None
