"""Draw which article is shown in the place of which, as a matrix of shaded cells."""

from collections import Counter
from collections.abc import Sequence

from retrieval.evaluation.mistake import Confusion
from retrieval.evaluation.report.svg import line, rect, svg, text

MOST = 40
_CELL, _LEFT, _TOP = 19, 62, 58


def confusion_plot(confusions: Sequence[Confusion]) -> str:
    """Return a matrix: a row for the article asked for, a column for the one that came first.

    Only articles that are confused have a row, at most the 40 that are so most often.
    """
    involved: Counter[int] = Counter()
    for found in confusions:
        involved[found.gold] += found.count
        involved[found.shown] += found.count
    ordered = sorted(number for number, _ in involved.most_common(MOST))
    place = {number: at for at, number in enumerate(ordered)}
    span = _CELL * len(ordered)
    most = max((found.count for found in confusions), default=1)
    parts = [
        text(_LEFT + span / 2, 16, "article shown first", "axis", "middle"),
        f'<g transform="rotate(-90 14 {_TOP + span / 2:.1f})">'
        f"{text(14, _TOP + span / 2, 'article asked for', 'axis', 'middle')}</g>",
    ]
    for number, at in place.items():
        middle = _CELL * (at + 0.5)
        parts.append(text(_LEFT + middle, _TOP - 7, str(number), "tick", "middle"))
        parts.append(text(_LEFT - 7, _TOP + middle + 4, str(number), "tick", "end"))
    for at in range(len(ordered) + 1):
        parts.append(line(_LEFT, _TOP + at * _CELL, _LEFT + span, _TOP + at * _CELL, "grid"))
        parts.append(line(_LEFT + at * _CELL, _TOP, _LEFT + at * _CELL, _TOP + span, "grid"))
    for found in confusions:
        if found.gold not in place or found.shown not in place:
            continue
        x, y = _LEFT + place[found.shown] * _CELL, _TOP + place[found.gold] * _CELL
        hint = f"{found.count} × article {found.shown} first where {found.gold} was asked for"
        shade = 0.25 + 0.75 * found.count / most
        parts.append(rect(x + 1, y + 1, _CELL - 2, _CELL - 2, "cell", opacity=shade, hint=hint))
        if found.count > 1:
            kind = "count strong" if shade > 0.6 else "count"
            parts.append(text(x + _CELL / 2, y + 13.5, str(found.count), kind, "middle"))
    return svg(_LEFT + span + 12, _TOP + span + 12, "Articles that are confused", parts)
