"""Hold a system to floors and ceilings by group, read from a TOML file.

    [floors.all]
    answered_right = 0.93
    refused_near_misses = 0.80

    [floors."lang=ja"]
    answered_right = 0.93

    [floors."lang!=zh-Hant,zh-Hans,en,ja"]
    top3 = 0.97

    [ceilings.all]
    false_refusals = 0.03
    false_answers = 0.10
    calibration_error = 0.05

A group is written as in `retrieval.evaluation.group`. A gate on recall alone is passed by always
answering, one on false answers alone by never answering: a file with one side only is refused. So
is one whose only recall is of articles shown, for that counts what is merely offered. A line whose
group has no question fails, for nothing was shown.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from retrieval.evaluation.case import Case
from retrieval.evaluation.errors import GateError
from retrieval.evaluation.figures import measure
from retrieval.evaluation.group import Group, parse_group

RECALL = ("top1", "top3", "mrr", "ndcg10", "answered_right", "all_of_gold")
WHOLE = ("handled_right",)
REFUSAL = ("refused", "refused_near_misses", "refused_others")
CEILED = ("false_answers", "false_refusals", "calibration_error", "risk_area")
SHOWING = ("marked_right", "nearest_offered")
_ALLOWED = {"floors": RECALL + REFUSAL + WHOLE + SHOWING, "ceilings": CEILED}

Side = Literal["floors", "ceilings"]


@dataclass(frozen=True, slots=True)
class GateLine:
    """Hold one demand: a figure of a group, and the bound that it must reach or keep under."""

    side: Side
    group: Group
    figure: str
    bound: float


@dataclass(frozen=True, slots=True)
class GateResult:
    """Hold what a demand found: the value, or None where the group has no question for it."""

    line: GateLine
    value: float | None

    @property
    def holds(self) -> bool:
        """Tell whether the demand is met."""
        if self.value is None:
            return False
        if self.line.side == "floors":
            return self.value >= self.line.bound
        return self.value <= self.line.bound

    @property
    def sentence(self) -> str:
        """Return the demand and what was found, in one line."""
        line = self.line
        demand = "at least" if line.side == "floors" else "at most"
        found = "no question counts" if self.value is None else f"{self.value:.4f}"
        if self.value is None and line.figure == "marked_right":
            found += " (a predictions file does not say what was marked)"
        return f"{line.group.name}: {line.figure} {found}, {demand} {line.bound:g} asked"

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "group": self.line.group.name,
            "figure": self.line.figure,
            "side": self.line.side,
            "bound": self.line.bound,
            "value": None if self.value is None else round(self.value, 4),
            "holds": self.holds,
        }


def read_gate(path: Path) -> tuple[GateLine, ...]:
    """Return the demands of a gate file; raise GateError naming everything wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GateError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GateError(f"{path}: not TOML ({error}).") from error
    problems = [
        f"{key}: expected [floors.GROUP] or [ceilings.GROUP]" for key in data.keys() - {*_ALLOWED}
    ]
    lines: list[GateLine] = []
    sides: tuple[Side, ...] = ("floors", "ceilings")
    for side in sides:
        table = data.get(side, {})
        if not isinstance(table, dict):
            problems.append(f"{side}: expected tables [{side}.GROUP]")
            continue
        for name, demands in table.items():
            read, wrong = _lines(side, name, demands)
            lines += read
            problems += wrong
    if not problems:
        problems = _missing_sides(lines)
    if problems:
        raise GateError(f"{path}: not a gate:\n  " + "\n  ".join(sorted(problems)))
    return tuple(lines)


def check_gate(lines: Sequence[GateLine], cases: Sequence[Case]) -> tuple[GateResult, ...]:
    """Return what each demand finds in ``cases``, in the order of the file."""
    measured = {
        line.group.name: measure([cases[row] for row in line.group.rows(cases)]) for line in lines
    }
    return tuple(
        GateResult(line, getattr(measured[line.group.name], line.figure)) for line in lines
    )


def _lines(side: Side, name: str, demands: Any) -> tuple[list[GateLine], list[str]]:
    if not isinstance(demands, dict):
        return [], [f"{side}.{name}: expected a table [{side}.GROUP], found {demands!r}"]
    try:
        group = parse_group(name)
    except ValueError as error:
        return [], [f"{side}: {error}"]
    lines, problems = [], []
    for figure, bound in demands.items():
        where = f"{side}.{name}.{figure}"
        if figure not in _ALLOWED[side]:
            problems.append(f"{where}: expected one of {', '.join(_ALLOWED[side])}")
        elif type(bound) not in (int, float) or not 0 <= bound <= 1:
            problems.append(f"{where}: expected a share from 0 to 1, found {bound!r}")
        else:
            lines.append(GateLine(side, group, figure, float(bound)))
    return lines, problems


def _missing_sides(lines: Sequence[GateLine]) -> list[str]:
    """Return what is missing of the two sides, which some one group must have.

    Else answering every question of another group would pass, or refusing it.
    """
    groups = dict.fromkeys(line.group.name for line in lines)
    missing = [_missing_of([line for line in lines if line.group.name == name]) for name in groups]
    return min(missing, key=len, default=_missing_of(()))


def _missing_of(lines: Sequence[GateLine]) -> list[str]:
    """Return what is missing in the demands of one group; a bound that everything meets is none."""
    bounds = {
        (line.side, line.figure)
        for line in lines
        if line.bound != (0.0 if line.side == "floors" else 1.0)
    }
    problems = []
    recall = any(("floors", figure) in bounds for figure in RECALL)
    answers = ("floors", "answered_right") in bounds or ("ceilings", "false_refusals") in bounds
    if not (recall and answers):
        problems.append(
            "refusing everything would pass; give a floor on answered_right, or one on "
            f"{', '.join(f for f in RECALL if f != 'answered_right')} together with a ceiling on "
            "false_refusals"
        )
    refusal = any(("floors", figure) in bounds for figure in REFUSAL)
    if not refusal and ("ceilings", "false_answers") not in bounds:
        problems.append(
            "answering everything would pass; give a ceiling on false_answers, or a floor on "
            f"{', '.join(REFUSAL)}"
        )
    return problems
