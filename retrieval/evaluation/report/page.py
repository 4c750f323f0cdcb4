"""Lay the report out: a page that a person reads from top to bottom."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from corpus import Document, __version__
from retrieval.evaluation.evaluation import Evaluation
from retrieval.evaluation.gate import GateResult
from retrieval.evaluation.group import ALL
from retrieval.evaluation.report.confusion_plot import MOST, confusion_plot
from retrieval.evaluation.report.curve_plot import reliability_plot, risk_coverage_plot
from retrieval.evaluation.report.interval_plot import Row, interval_plot
from retrieval.evaluation.report.mistakes import mistakes_section
from retrieval.evaluation.report.style import STYLE
from retrieval.evaluation.table import NAMES

FILE_NAME = "report.html"
_TILES = (
    ("answered_right", "answered, the right article first"),
    ("false_refusals", "answerable, but not answered"),
    ("refused_near_misses", "near misses rightly refused"),
    ("refused_others", "other unanswerable rightly refused"),
    ("calibration_error", "expected calibration error"),
)
_BY = {"lang": "language", "kind": "kind"}
_WORST = 12


def write_report(
    folder: Path,
    document: Document,
    files: Sequence[Path],
    systems: Sequence[Evaluation],
    gate: Sequence[GateResult] = (),
    why: Mapping[str, str] | None = None,
) -> Path:
    """Write the report into ``folder``, made where it is not there; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / FILE_NAME
    names = [file.name for file in files]
    page.write_text(render_report(document, names, systems, gate, why), encoding="utf-8")
    return page


def render_report(
    document: Document,
    names: Sequence[str],
    systems: Sequence[Evaluation],
    gate: Sequence[GateResult] = (),
    why: Mapping[str, str] | None = None,
) -> str:
    """Return the page: the first system in full, a second one, the baseline, beside it.

    ``names`` are the question sets'; ``why`` explains answers, by the key of their case.
    """
    main, baseline = systems[0], systems[1] if len(systems) > 1 else None
    title = f"{document.title}: how well it is answered"
    sections = (
        _head(document, names, main, title),
        _tiles(main),
        _gate(gate),
        _figures(main, baseline),
        *(_groups(main, baseline, field) for field in _BY),
        _confidence(main, baseline),
        _confusions(main, document),
        mistakes_section(main.mistakes, document, why or {}),
    )
    body = "\n".join(part for part in sections if part)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _head(document: Document, names: Sequence[str], main: Evaluation, title: str) -> str:
    asked = main.overall
    return (
        f'<h1 lang="{escape(document.language)}">{escape(title)}</h1>\n'
        f'<p class="soft">{escape(", ".join(names))}: {asked.answerable} questions that the '
        f"document answers, {asked.unanswerable} that nothing in it answers · document "
        f"{escape(document.id)} · tiaowen {escape(__version__)}. Intervals are 95 % bootstrap "
        "intervals over questions.</p>"
    )


def _tiles(main: Evaluation) -> str:
    figures, intervals = main.overall.to_dict(), main.intervals[ALL]
    tiles = []
    for key, words in _TILES:
        value, between = figures[key], intervals[key]
        if value is None:
            continue
        show = _plain if key == "calibration_error" else _percent
        spread = "" if between is None else f"{show(between[0])} – {show(between[1])}"
        tiles.append(
            f'<div class="tile"><b>{show(value)}</b><span>{words}</span><span>{spread}</span></div>'
        )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _gate(gate: Sequence[GateResult]) -> str:
    if not gate:
        return ""
    held = sum(result.holds for result in gate)
    rows = "".join(
        f"<tr><td>{escape(r.line.group.name)}</td><td>{NAMES[r.line.figure]}</td>"
        f'<td class="number">{"at least" if r.line.side == "floors" else "at most"} '
        f"{r.line.bound:g}</td>"
        f'<td class="number">{"no question" if r.value is None else f"{r.value:.4f}"}</td>'
        f'<td class="{"holds" if r.holds else "broken"}">{"holds" if r.holds else "broken"}</td></tr>'
        for r in sorted(gate, key=lambda r: r.holds)
    )
    return (
        f"<h2>Gate: {held} of {len(gate)} lines hold</h2>\n"
        '<table class="narrow"><tr><th>group</th><th>figure</th><th class="number">asked</th>'
        f'<th class="number">found</th><th></th></tr>{rows}</table>'
    )


def _figures(main: Evaluation, baseline: Evaluation | None) -> str:
    figures, intervals = main.overall.to_dict(), main.intervals[ALL]
    plain = baseline.overall.to_dict() if baseline else {}
    rows = []
    for key, name in NAMES.items():
        if figures[key] is None:
            continue
        between = intervals[key]
        spread = "–" if between is None else f"{between[0]:.3f} – {between[1]:.3f}"
        cells = [f"{figures[key]:.3f}", spread]
        if baseline:
            cells.append("–" if plain[key] is None else f"{plain[key]:.3f}")
        numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
        rows.append(f"<tr><td>{name}</td>{numbers}</tr>")
    beside = f'<th class="number">{escape(baseline.system)}</th>' if baseline else ""
    return (
        '<h2>All figures</h2>\n<table class="narrow"><tr><th></th>'
        f'<th class="number">{escape(main.system)}</th><th class="number">95 % interval</th>'
        f"{beside}</tr>{''.join(rows)}</table>\n"
        '<p class="soft">Top-1, top-3, MRR and nDCG@10 count every article shown, cited or only '
        "offered; “answered right” asks for an answer whose first article is right. All of gold: "
        "every article needed is among the first five. Calibration and risk-coverage are over all "
        "questions; one that nothing answers is never right.</p>"
    )


def _groups(main: Evaluation, baseline: Evaluation | None, field: str) -> str:
    plots = (
        (
            "answered_right",
            "answerable",
            "Answered, the right article first",
            "answerable questions",
        ),
        ("refused", "unanswerable", "Rightly refused", "questions that nothing answers"),
    )
    drawn = []
    for figure, counted, words, over in plots:
        rows = _rows(main, baseline, field, figure, counted)
        if rows:
            drawn.append(
                f"<figure><figcaption>{words}<span>{over}; the number of them beside the name"
                f"</span></figcaption>{interval_plot(f'{words} by {_BY[field]}', rows)}</figure>"
            )
    key = _key(main, baseline)
    return f'<h2>By {_BY[field]}</h2>\n{key}<div class="plots">{"".join(drawn)}</div>'


def _key(main: Evaluation, baseline: Evaluation | None) -> str:
    if baseline is None:
        return ""
    return (
        f'<p class="soft"><span class="key main"></span>{escape(main.system)} &nbsp; '
        f'<span class="key other"></span>{escape(baseline.system)}</p>'
    )


def _rows(
    main: Evaluation, baseline: Evaluation | None, field: str, figure: str, counted: str
) -> list[Row]:
    rows = []
    for name, figures in main.figures.items():
        value = getattr(figures, figure)
        if not name.startswith(f"{field}=") or value is None:
            continue
        beside = getattr(baseline.figures[name], figure) if baseline else None
        words = name.removeprefix(f"{field}=").replace("_", " ")
        interval = main.intervals[name][figure]
        rows.append(Row(words, getattr(figures, counted), value, interval, beside))
    return sorted(rows, key=lambda row: -row.count)


def _confidence(main: Evaluation, baseline: Evaluation | None) -> str:
    if main.risk_coverage is None:
        return ""
    curves = {main.system: main.risk_coverage}
    if baseline and baseline.risk_coverage:
        curves[baseline.system] = baseline.risk_coverage
    error = main.overall.calibration_error or 0.0
    areas = ", ".join(f"{escape(name)} {curve.area:.3f}" for name, curve in curves.items())
    return (
        f'<h2>What confidence is worth</h2>\n{_key(main, baseline)}<div class="plots">'
        f"<figure><figcaption>Reliability<span>Bins of equal size; on the dashed line, confidence "
        f"is the share right. Expected calibration error {error:.3f}.</span></figcaption>"
        f"{reliability_plot(main.reliability)}</figure>"
        f"<figure><figcaption>Risk against coverage<span>The share wrong if only the surest were "
        f"answered; lower is better. Area: {areas}; {main.risk_coverage.best_area:.3f} is the least "
        f"for these answers.</span></figcaption>{risk_coverage_plot(curves)}</figure></div>"
    )


def _confusions(main: Evaluation, document: Document) -> str:
    if not main.confusions:
        return ""
    rows = "".join(
        f"<tr><td>{_article(document, c.gold)}</td><td>{_article(document, c.shown)}</td>"
        f'<td class="number">{c.count}</td></tr>'
        for c in main.confusions[:_WORST]
    )
    return (
        "<h2>Which articles are confused</h2>\n"
        '<p class="soft">Answerable questions whose nearest article is not a right one, by the '
        f"(first) right article; at most {MOST} articles are drawn.</p>"
        f'<div class="plots"><figure>{confusion_plot(main.confusions)}</figure>'
        '<table class="narrow"><tr><th>asked for</th><th>shown first</th><th class="number">times'
        f"</th></tr>{rows}</table></div>"
    )


def _article(document: Document, number: int) -> str:
    article = document.get(number)
    if article is None:
        return str(number)
    section = f"<small>{escape(article.section)}</small>" if article.section else ""
    return f'<span lang="{escape(document.language)}">{escape(article.label)}{section}</span>'


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _plain(value: float) -> str:
    return f"{value:.3f}"
