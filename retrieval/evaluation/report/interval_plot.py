"""Draw figures by group: a dot at the value, a line over its interval, the number beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.evaluation.interval import Interval
from retrieval.evaluation.report.svg import Scale, circle, line, svg, text

_ROW, _TOP, _BOTTOM = 24, 8, 26
_WIDTH, _LEFT, _RIGHT = 520, 150, 62


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one group: its name, how many questions count, and the value of each system."""

    name: str
    count: int
    value: float
    interval: Interval | None
    beside: float | None = None


def interval_plot(title: str, rows: Sequence[Row]) -> str:
    """Return the plot of ``rows``, the first on top; ``beside`` is drawn hollow."""
    height = _TOP + _ROW * len(rows) + _BOTTOM
    x = Scale(_LEFT, _WIDTH - _RIGHT)
    foot = _TOP + _ROW * len(rows)
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(line(x(tick), _TOP, x(tick), foot, "grid"))
        parts.append(text(x(tick), foot + 17, f"{tick:.0%}", "tick", "middle"))
    for at, row in enumerate(rows):
        y = _TOP + _ROW * (at + 0.5)
        parts.append(text(_LEFT - 50, y + 4, row.name, "label", "end"))
        parts.append(text(_LEFT - 10, y + 4, str(row.count), "tick", "end"))
        if row.interval is not None:
            parts.append(line(x(row.interval[0]), y, x(row.interval[1]), y, "whisker"))
        if row.beside is not None:
            parts.append(circle(x(row.beside), y, 4.5, "hollow", f"baseline {row.beside:.1%}"))
        parts.append(circle(x(row.value), y, 5, "dot", _hint(row)))
        parts.append(text(_WIDTH - _RIGHT + 14, y + 4, f"{row.value:.1%}", "value"))
    return svg(_WIDTH, height, title, parts)


def _hint(row: Row) -> str:
    between = "" if row.interval is None else f" ({row.interval[0]:.1%} – {row.interval[1]:.1%})"
    return f"{row.name}: {row.value:.1%}{between}, {row.count} questions"
