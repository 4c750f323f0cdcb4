"""Hold everything that is measured of one system on one question set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.evaluation.calibration import Bin, reliability
from retrieval.evaluation.case import Case
from retrieval.evaluation.figures import Figures, figures_of
from retrieval.evaluation.group import ALL, groups_of
from retrieval.evaluation.interval import Interval, intervals_of
from retrieval.evaluation.mistake import Confusion, Mistake, confusions_of, mistakes_of
from retrieval.evaluation.risk import RiskCoverage, risk_coverage
from retrieval.evaluation.scores import Scores, score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the cases of a system, their scores, and figures with intervals by group."""

    system: str
    cases: tuple[Case, ...]
    scores: Scores
    figures: dict[str, Figures]
    intervals: dict[str, dict[str, Interval | None]]
    reliability: tuple[Bin, ...]
    risk_coverage: RiskCoverage | None
    confusions: tuple[Confusion, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def overall(self) -> Figures:
        """Return the figures of all cases."""
        return self.figures[ALL]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data for JSON."""
        return {
            "groups": {
                name: figures.to_dict() | {"intervals": _rounded(self.intervals[name])}
                for name, figures in self.figures.items()
            },
            "reliability": [b.to_dict() for b in self.reliability],
            "risk_coverage": self.risk_coverage.to_dict() if self.risk_coverage else None,
            "confusions": [confusion.to_dict() for confusion in self.confusions],
            "mistakes": [mistake.to_dict() for mistake in self.mistakes],
        }


def evaluate(system: str, cases: Sequence[Case]) -> Evaluation:
    """Return everything that is measured of ``cases``, which ``system`` answered."""
    scores = score(cases)
    parts = {group.name: scores.take(group.rows(cases)) for group in groups_of(cases)}
    return Evaluation(
        system,
        tuple(cases),
        scores,
        {name: figures_of(part) for name, part in parts.items()},
        {name: intervals_of(part) for name, part in parts.items()},
        reliability(scores.confidence, scores.right),
        risk_coverage(scores.confidence, scores.right),
        confusions_of(cases),
        mistakes_of(cases),
    )


def _rounded(intervals: dict[str, Interval | None]) -> dict[str, list[float] | None]:
    return {
        name: None if found is None else [round(found[0], 4), round(found[1], 4)]
        for name, found in intervals.items()
    }
