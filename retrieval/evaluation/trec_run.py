"""Write and read TREC runs: ``question Q0 article rank score tag``, one line an article shown.

A run holds an order and nothing else: neither status nor confidence. Read back, a question with a
line is answered, with its first article cited and the others related, and one without is not
found; its confidence says no more than that.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from corpus import Dialogue, Document, Question
from retrieval.evaluation.case import case_key, case_keys
from retrieval.evaluation.errors import PredictionsError
from retrieval.evaluation.prediction import Prediction

_FIELDS = 6
_MAX_REPORTED = 20


def encode_run(predictions: Sequence[Prediction], document: Document, tag: str) -> str:
    """Return the run of ``predictions``; scores fall with rank, for readers that sort by them."""
    ids = {article.number: article.id for article in document}
    return "".join(
        f"{case_key(p.id, p.turn)} Q0 {ids[number]} {rank} {1 / rank:.6f} {tag}\n"
        for p in predictions
        for rank, number in enumerate(p.ranked, start=1)
    )


def read_run(
    path: Path, items: Sequence[Question | Dialogue], document: Document
) -> list[Prediction]:
    """Return the predictions that a run makes for ``items``, in their order.

    Articles are named by id or by number, and ranked by score as trec_eval does. Raises
    PredictionsError, naming every line that is wrong (up to 20 of them).
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PredictionsError(f"{path}: cannot be read ({error}).") from error
    numbers = {a.id: a.number for a in document} | {str(a.number): a.number for a in document}
    asked = set(case_keys(items))
    shown: dict[str, dict[int, float]] = defaultdict(dict)
    problems: list[str] = []
    for at, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != _FIELDS:
            problems.append(f"line {at}: expected {_FIELDS} fields, found {len(fields)}")
            continue
        question, _, article, _, score, _ = fields
        if question not in asked:
            problems.append(f"line {at}: {question!r} is not in the question set")
        elif article not in numbers:
            problems.append(f"line {at}: the document has no article {article!r}")
        elif numbers[article] in shown[question]:
            problems.append(f"line {at}: {article!r} is shown twice for {question!r}")
        elif (value := _number(score)) is None:
            problems.append(f"line {at}: expected a number as score, found {score!r}")
        else:
            shown[question][numbers[article]] = value
    if problems:
        more = len(problems) - _MAX_REPORTED
        told = problems[:_MAX_REPORTED] + ([f"… and {more} more"] if more > 0 else [])
        raise PredictionsError(f"{path}: not a run of these questions:\n  " + "\n  ".join(told))
    return [
        _prediction(identity, turn, shown.get(case_key(identity, turn), {}))
        for item in items
        for identity, turn in (
            [(item.id, None)]
            if isinstance(item, Question)
            else [(item.id, n) for n in range(len(item.turns))]
        )
    ]


def _prediction(identity: str, turn: int | None, scores: dict[int, float]) -> Prediction:
    ranked = tuple(sorted(scores, key=lambda number: -scores[number]))
    if not ranked:
        return Prediction(identity, "not_found", (), (), 0.0, turn)
    return Prediction(identity, "answered", ranked[:1], ranked[1:], 1.0, turn)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
