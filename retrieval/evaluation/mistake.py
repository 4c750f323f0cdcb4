"""List what went wrong: each wrong answer, and which articles are taken for which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from retrieval.evaluation.case import Case

Fault = Literal["wrong_article", "not_answered", "not_all", "false_answer"]
FAULTS: tuple[Fault, ...] = ("wrong_article", "not_answered", "not_all", "false_answer")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Hold a case that was answered wrongly, and in what way.

    ``wrong_article``: answered, with another article first. ``not_answered``: an article answers
    it, and none was cited. ``not_all``: the first is right, but not every article needed is shown.
    ``false_answer``: nothing answers it, and an article was cited.
    """

    case: Case
    fault: Fault

    def to_dict(self) -> dict[str, Any]:
        """Return the mistake as plain data."""
        case = self.case
        return {
            **case.prediction.to_dict(),
            "fault": self.fault,
            "lang": case.lang,
            "kind": case.kind,
            "question": case.text,
            "gold": list(case.gold),
            "ok": list(case.ok),
        }


@dataclass(frozen=True, slots=True)
class Confusion:
    """Hold how often article ``shown`` came first where article ``gold`` was asked for."""

    gold: int
    shown: int
    count: int

    def to_dict(self) -> dict[str, int]:
        """Return the confusion as plain data."""
        return {"gold": self.gold, "shown": self.shown, "count": self.count}


def mistakes_of(cases: Sequence[Case]) -> tuple[Mistake, ...]:
    """Return every mistake: by fault in the order of ``FAULTS``, the surest first."""
    found = [Mistake(case, fault) for case in cases if (fault := _fault(case)) is not None]
    found.sort(key=lambda m: (FAULTS.index(m.fault), -m.case.prediction.confidence, m.case.key))
    return tuple(found)


def confusions_of(cases: Sequence[Case]) -> tuple[Confusion, ...]:
    """Return which article stands first in the place of which, the most frequent first.

    A question with several gold articles, none of them first, counts for the first of them.
    """
    counts = Counter(
        (case.gold[0], case.prediction.ranked[0])
        for case in cases
        if case.gold and case.prediction.ranked and case.rank != 1
    )
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Confusion(gold, shown, count) for (gold, shown), count in ordered)


def _fault(case: Case) -> Fault | None:
    if not case.gold:
        return "false_answer" if case.is_answered else None
    if not case.is_answered:
        return "not_answered"
    if not case.is_answered_right:
        return "wrong_article"
    return "not_all" if case.needs_all and not case.has_all else None
