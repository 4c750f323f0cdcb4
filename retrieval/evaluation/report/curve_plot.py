"""Draw what confidence is worth: the reliability of its bins, and risk against coverage."""

from collections.abc import Mapping, Sequence

from retrieval.evaluation.calibration import Bin
from retrieval.evaluation.report.svg import Scale, circle, line, polyline, svg, text
from retrieval.evaluation.risk import RiskCoverage

_SIZE, _LEFT, _BOTTOM, _TOP, _RIGHT = 400, 58, 48, 14, 18
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability_plot(bins: Sequence[Bin]) -> str:
    """Return the share right of each bin against its mean confidence; on the diagonal is ideal."""
    x, y = _scales(1.0)
    parts = _axes(x, y, _TICKS, "mean confidence", "share right")
    parts.append(line(x(0), y(0), x(1), y(1), "ideal"))
    parts.append(polyline([(x(b.confidence), y(b.right)) for b in bins], "curve"))
    for b in bins:
        hint = (
            f"{b.count} questions, confidence {b.low:.2f} – {b.high:.2f}: mean {b.confidence:.2f}, "
            f"right {b.right:.2f}"
        )
        parts.append(circle(x(b.confidence), y(b.right), 5, "dot", hint))
    return svg(_SIZE, _SIZE, "Reliability: share right against confidence", parts)


def risk_coverage_plot(curves: Mapping[str, RiskCoverage]) -> str:
    """Return, for each system, the share wrong among the surest; lower is better."""
    highest = max((max(c.risk) for c in curves.values()), default=0.0)
    top = next(bound for bound in (0.05, 0.1, 0.2, 0.4, 1.0) if highest <= bound)
    x, y = _scales(top)
    ticks = tuple(top * share for share in _TICKS)
    parts = _axes(x, y, ticks, "coverage: the surest share of questions", "share wrong")
    for at, curve in enumerate(curves.values()):
        step = max(1, len(curve.risk) // 400)
        points = list(zip(curve.coverage, curve.risk, strict=True))
        kept = points[:-1:step] + points[-1:]
        kind = "curve" if at == 0 else "curve other"
        parts.append(polyline([(x(c), y(r)) for c, r in kept], kind))
    return svg(_SIZE, _SIZE, "Risk against coverage", parts)


def _scales(top: float) -> tuple[Scale, Scale]:
    return Scale(_LEFT, _SIZE - _RIGHT), Scale(_SIZE - _BOTTOM, _TOP, 0.0, top)


def _axes(x: Scale, y: Scale, y_ticks: Sequence[float], below: str, beside: str) -> list[str]:
    parts = []
    for tick in _TICKS:
        parts.append(line(x(tick), y.start, x(tick), y.end, "grid"))
        parts.append(text(x(tick), y.start + 17, f"{tick:.0%}", "tick", "middle"))
    digits = 0 if y.high >= 0.4 else 1
    for tick in y_ticks:
        parts.append(line(x.start, y(tick), x.end, y(tick), "grid"))
        parts.append(text(x.start - 8, y(tick) + 4, f"{tick:.{digits}%}", "tick", "end"))
    parts.append(text((x.start + x.end) / 2, _SIZE - 8, below, "axis", "middle"))
    middle = (y.start + y.end) / 2
    parts.append(
        f'<g transform="rotate(-90 12 {middle:.1f})">{text(12, middle, beside, "axis", "middle")}</g>'
    )
    return parts
