"""Draw with SVG: the few elements that the plots are made of, as text.

Colours are the page's: an element names a class, and the style sheet decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Scale:
    """Map values in [``low``, ``high``] onto pixels from ``start`` to ``end``."""

    start: float
    end: float
    low: float = 0.0
    high: float = 1.0

    def __call__(self, value: float) -> float:
        """Return the pixel of ``value``."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a drawing that says what it shows to those who cannot see it."""
    body = "\n".join(parts)
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'role="img" aria-label="{escape(title)}">\n{body}\n</svg>'
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Return words whose baseline is at (x, y)."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return a straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def circle(x: float, y: float, radius: float, kind: str, hint: str = "") -> str:
    """Return a disc; ``hint`` is shown where the pointer rests on it."""
    inside = f"<title>{escape(hint)}</title>" if hint else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" class="{kind}">{inside}</circle>'


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    kind: str,
    *,
    opacity: float = 1,
    hint: str = "",
) -> str:
    """Return a rectangle; ``hint`` is shown where the pointer rests on it."""
    inside = f"<title>{escape(hint)}</title>" if hint else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'class="{kind}" fill-opacity="{opacity:.2f}">{inside}</rect>'
    )


def polyline(points: Iterable[tuple[float, float]], kind: str) -> str:
    """Return a line through ``points``."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" class="{kind}" fill="none"/>'
