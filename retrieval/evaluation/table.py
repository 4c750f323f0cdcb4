"""Print figures as a table of plain text."""

from collections.abc import Mapping, Sequence

from retrieval.evaluation.comparison import Comparison
from retrieval.evaluation.evaluation import Evaluation
from retrieval.evaluation.figures import Figures

# What a figure is called where a person reads it, and what it is.
NAMES = {
    "answered_right": "answered right",
    "top1": "top-1",
    "top3": "top-3",
    "mrr": "MRR",
    "ndcg10": "nDCG@10",
    "all_of_gold": "all of gold",
    "marked_right": "sentence marked",
    "false_refusals": "false refusals",
    "refused": "refused",
    "refused_near_misses": "near misses refused",
    "nearest_offered": "nearest offered",
    "refused_others": "others refused",
    "false_answers": "false answers",
    "handled_right": "handled right",
    "calibration_error": "calibration error",
    "risk_area": "risk-coverage area",
}
_COLUMNS = {
    "answerable": "n",
    "top1": NAMES["top1"],
    "top3": NAMES["top3"],
    "mrr": NAMES["mrr"],
    "ndcg10": NAMES["ndcg10"],
    "answered_right": NAMES["answered_right"],
    "false_refusals": NAMES["false_refusals"],
    "all_of_gold": NAMES["all_of_gold"],
    "unanswerable": "n none",
    "refused": NAMES["refused"],
}


def format_table(figures: Mapping[str, Figures]) -> str:
    """Return a table with one line a group; a dash where nothing is counted."""
    rows = [["", *_COLUMNS.values()]]
    for name, group in figures.items():
        values = group.to_dict()
        rows.append([name, *(_cell(values[key]) for key in _COLUMNS)])
    return align(rows)


def format_overall(evaluation: Evaluation) -> str:
    """Return a table with one line a figure over all questions: value and 95 % interval."""
    figures, intervals = evaluation.overall.to_dict(), evaluation.intervals["all"]
    rows = [["", "all", "95 % interval"]]
    for key, name in NAMES.items():
        if figures[key] is None:
            continue
        found = intervals[key]
        between = "–" if found is None else f"{found[0]:.3f} – {found[1]:.3f}"
        rows.append([name, _cell(figures[key]), between])
    return align(rows)


def format_comparison(comparisons: Mapping[str, Comparison]) -> str:
    """Return a table with one line a figure, and below it what each test found."""
    rows = [["", "n", "A", "B", "B - A", "95 % interval", "p", "differ"]]
    for key, found in comparisons.items():
        between = (
            "–"
            if found.interval is None
            else f"{found.interval[0]:+.3f} – {found.interval[1]:+.3f}"
        )
        rows.append(
            [
                NAMES[key],
                str(found.count),
                _cell(found.first),
                _cell(found.second),
                f"{found.difference:+.3f}",
                between,
                f"{found.p:.4f}",
                str(found.differing),
            ]
        )
    sentences = [f"{NAMES[key]}: {found.sentence}" for key, found in comparisons.items()]
    return "\n".join([align(rows), "", *sentences])


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return ``rows`` in columns as wide as their widest cell, the first flush left."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for row in rows
    )


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
