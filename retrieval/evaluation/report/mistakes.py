"""Lay out every wrong answer, for a person to go through."""

from collections.abc import Mapping, Sequence
from html import escape

from corpus import Document
from retrieval.evaluation.case import Case
from retrieval.evaluation.mistake import FAULTS, Fault, Mistake

_HEADINGS: dict[Fault, str] = {
    "wrong_article": "Answered with another article first",
    "not_answered": "Not answered although an article answers it",
    "not_all": "Not every article that is needed is shown",
    "false_answer": "Answered although nothing answers it",
}


def mistakes_section(
    mistakes: Sequence[Mistake], document: Document, why: Mapping[str, str]
) -> str:
    """Return every wrong answer by its fault, the surest first; ``why`` is by case key."""
    parts = [f"<h2>Every wrong answer: {len(mistakes)}</h2>"]
    for fault in FAULTS:
        found = [m.case for m in mistakes if m.fault == fault]
        if found:
            rows = "\n".join(_row(case, document, why.get(case.key)) for case in found)
            parts.append(
                f"<details open><summary>{_HEADINGS[fault]}: {len(found)}</summary>\n"
                "<table><thead><tr><th>question</th><th>right</th><th>shown, in this order</th>"
                '<th>status</th><th class="number">confidence</th></tr></thead>\n'
                f"<tbody>\n{rows}\n</tbody></table></details>"
            )
    if not mistakes:
        parts.append("<p>There is none.</p>")
    return "\n".join(parts)


def _row(case: Case, document: Document, why: str | None) -> str:
    found = case.prediction
    gold = "".join(_chip(n, document, case, named=True) for n in case.gold) or "nothing"
    partly = "".join(_chip(n, document, case) for n in case.ok)
    partly = f"<small>partly: {partly}</small>" if partly else ""
    cited = "".join(_chip(n, document, case, named=True) for n in found.cited[:1])
    cited += "".join(_chip(n, document, case) for n in found.cited[1:])
    related = "".join(_chip(n, document, case) for n in found.related)
    related = f"<small>offered: {related}</small>" if related else ""
    explained = f"<details><summary>why</summary><pre>{escape(why)}</pre></details>" if why else ""
    return (
        f'<tr><td class="question"><span lang="{escape(case.lang)}" dir="auto">'
        f"{escape(case.text) or '(empty)'}</span>"
        f"<small>{escape(case.key)} · {escape(case.lang)} · {escape(case.kind)}</small>"
        f"{explained}</td><td>{gold}{partly}</td>"
        f"<td>{cited}{related or ('' if cited else 'nothing')}</td>"
        f'<td>{found.status.replace("_", " ")}</td><td class="number">{found.confidence:.2f}</td>'
        "</tr>"
    )


def _chip(number: int, document: Document, case: Case, *, named: bool = False) -> str:
    """Return an article's number, marked where it is right; its section on demand or below."""
    article = document.get(number)
    section = escape((article.section or article.label) if article else "")
    kind = "chip hit" if number in case.gold else "chip"
    below = f"<small>{section}</small>" if named and section else ""
    return f'<span class="{kind}" title="{section}">{number}</span>{below}'
