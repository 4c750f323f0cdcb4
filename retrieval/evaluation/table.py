"""Print figures as a table of plain text."""

from collections.abc import Mapping

from retrieval.evaluation.figures import Figures

_COLUMNS = {
    "answerable": "n",
    "top1": "top-1",
    "top3": "top-3",
    "mrr": "MRR",
    "answered_right": "answered right",
    "false_refusals": "false refusals",
    "all_of_gold": "all of gold",
    "unanswerable": "n none",
    "refused": "refused",
}


def format_table(figures: Mapping[str, Figures]) -> str:
    """Return a table with one line a group; a dash where nothing is counted."""
    rows = [["", *_COLUMNS.values()]]
    for name, group in figures.items():
        values = group.to_dict()
        rows.append([name, *(_cell(values[key]) for key in _COLUMNS)])
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
