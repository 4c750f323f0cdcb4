"""Find the page furniture of a source: running headers and footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numbering import begins_article
from corpus.source import Line

# "… Page 3", "Page 3 of 9", "第 3 頁", "- 3 -": a page number wherever it stands.
_PAGE_NUMBER = re.compile(
    r"^(?P<footer>.*?)\s*(?:\bpage\s*\d+(?:\s*(?:of|/)\s*\d+)?|第\s*\d+\s*[頁页](?:\s*[,，/]?\s*共\s*\d+\s*[頁页])?)$"
    r"|^[-–—]\s*\d+\s*[-–—]$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\d{1,4}(?:\s*/\s*\d{1,4})?$")
# The words of a sentence that was broken behind a reference ("…, as shown on page 3").
_RUNNING_TEXT = re.compile(
    r"[，。；、]|\b(?:see|on|at|to|from|of|and|in|per|cf\.?|the|this)$|[見见於于在自至到如和與与及]$",
    re.IGNORECASE,
)
_MAX_FOOTER = 80


@dataclass(frozen=True, slots=True)
class Furniture:
    """Hold one dropped line, why it was dropped, and the words beside its page number."""

    line: int
    text: str
    reason: str
    footer: str = ""


def find_furniture(lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """Return the lines that belong to the page and not to the text, in order."""
    edges = _page_edges(lines)
    repeated = Counter(_without_digits(lines[i].text) for i in edges)
    found: list[Furniture] = []
    for i, line in enumerate(lines):
        if not line.text or line.is_heading or len(line.text) > _MAX_FOOTER:
            continue
        match = _PAGE_NUMBER.match(line.text)
        footer = (match["footer"] or "").strip(" \t\u3000-–—|·") if match else ""
        if match and not _RUNNING_TEXT.search(footer):
            found.append(Furniture(line.number, line.text, "page number", footer))
        elif i in edges and _BARE_NUMBER.match(line.text):
            found.append(Furniture(line.number, line.text, "page number"))
        elif begins_article(line.text):
            continue
        elif i in edges and repeated[_without_digits(line.text)] >= 3:
            found.append(Furniture(line.number, line.text, "running header or footer"))
    return tuple(found)


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of each page's first and last line; none where pages are unknown."""
    if not lines or lines[-1].page == 1:
        return set()
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i, line in enumerate(lines):
        if line.text:
            first.setdefault(line.page, i)
            last[line.page] = i
    return {*first.values(), *last.values()}


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text)
