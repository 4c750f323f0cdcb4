"""Split a text into sentences that keep their offsets."""

import re

# A sentence ends at 。！？ (with the quotation marks and brackets that close behind it), at a full
# stop followed by space, or at a line break. A clause closed by ； stays with its sentence.
_END = re.compile(r"[。！？!?]+[」』》〉）)\]”’\"']*|\.[”’\"')\]]*(?=\s|$)|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|arts|no|nos|para|paras|e\.g|i\.e|cf|vs|mr|ms|dr|st)|\b[A-Z])\.$", re.I
)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATION.search(text, start, match.start() + 1):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
