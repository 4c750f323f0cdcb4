"""Find where the articles of a source begin, and refuse numbering with gaps or repeats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import NumberingError, SourceError
from corpus.numerals import CHINESE_NUMERAL, parse_number
from corpus.source import Line

# What a style needs behind the number keeps a sentence that merely begins with a reference
# (第三條所定…, Article 5 shall…) from being taken for the start of an article.
_STYLES = {
    "第N條": re.compile(rf"^第\s*(\d+|{CHINESE_NUMERAL}+)\s*[條条](?:\s+|$|[：:、.．]|(?=[（(【]))"),
    "Article N": re.compile(r"^(?:Article|Art\.|Section|§|Rule)\s*(\d+|[IVXLC]+)(?:[.:：)]|\s*[—–-]|$)\s*", re.I),
    "N.": re.compile(r"^(\d{1,4})\s*(?:[.．](?!\d)|[、)）])\s*"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleStart:
    """Hold the index of the line an article begins on, its number and the text behind it."""

    index: int
    number: int
    rest: str


def find_article_starts(lines: Sequence[Line]) -> tuple[ArticleStart, ...]:
    """Return where each article begins, in order.

    The style (第N條, "Article N", "N.") is the first of them that the source uses from number 1
    on. Raises SourceError where there is none, NumberingError where numbers are missing, repeat
    or go back, naming the lines.
    """
    for pattern in _STYLES.values():
        starts = _starts(lines, pattern)
        if len(starts) >= 2 and starts[0].number == 1:
            _check(lines, starts)
            return starts
    for pattern in _STYLES.values():
        if len(starts := _starts(lines, pattern)) >= 2:
            _check(lines, starts)
    raise SourceError(
        "No numbered articles were found; expected lines that begin with one of: "
        + ", ".join(_STYLES)
        + ", counting from 1."
    )


def begins_article(text: str) -> bool:
    """Tell whether a line begins as an article does, in any of the styles."""
    return any(pattern.match(text) for pattern in _STYLES.values())


def _starts(lines: Sequence[Line], pattern: re.Pattern[str]) -> tuple[ArticleStart, ...]:
    starts = []
    for index, line in enumerate(lines):
        match = pattern.match(line.text)
        number = parse_number(match[1]) if match else None
        if match and number is not None:
            starts.append(ArticleStart(index, number, line.text[match.end() :]))
    return tuple(starts)


def _check(lines: Sequence[Line], starts: Sequence[ArticleStart]) -> None:
    problems = []
    expected, seen = 1, dict[int, int]()
    for start in starts:
        at = lines[start.index].number
        if start.number in seen:
            problems.append(f"line {at}: article {start.number} repeats line {seen[start.number]}")
        elif start.number != expected:
            missing = (
                f"article {expected} is missing"
                if start.number == expected + 1
                else f"articles {expected}-{start.number - 1} are missing"
                if start.number > expected
                else f"expected {expected}"
            )
            problems.append(f"line {at}: article {start.number} found, {missing}")
        seen.setdefault(start.number, at)
        expected = start.number + 1
    if problems:
        raise NumberingError(
            "The numbering of the source has gaps or repeats:\n  "
            + "\n  ".join(problems)
            + "\nExpected 1, 2, 3, … Correct the source; where such a line is no article, join it "
            "to the line before it."
        )
