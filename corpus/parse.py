"""Parse a source into a document: preface, section headings, numbered articles.

It joins the lines that a PDF broke and drops page furniture. It never changes a word: what is
shown is the source's own spelling, its typing errors included.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import PREFACE_NUMBER, Article, Document
from corpus.errors import SourceError
from corpus.furniture import Furniture, find_furniture
from corpus.joining import join_lines
from corpus.language import detect_language
from corpus.numbering import find_article_starts
from corpus.source import Line, Source

_CLOSES = re.compile(r"[。！？：；.!?:;…][」』》）)\]”’\"']*$")
_ENDS_SENTENCE = re.compile(r"[。！？.!?…][」』》）)\]”’\"']*$")
_LIST_ITEM = re.compile(r"[(（]\w{1,4}[)）]|\w{1,2}[)）]|[-*•·‧–]\s|[①-⑳]")
_GOES_ON = re.compile(r"[，、,\-–—]$")
_MAX_HEADING = 40
_MAX_HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Say what the parser did: what it found, and each line it dropped and why."""

    articles: int
    has_preface: bool
    sections: tuple[str, ...]
    furniture: tuple[Furniture, ...]
    lines: int

    def __str__(self) -> str:
        dropped = "".join(f"\n  line {f.line}: {f.reason}: {f.text}" for f in self.furniture)
        preface = "a preface and " if self.has_preface else ""
        return (
            f"{self.lines} lines read: {preface}{self.articles} articles, numbered without gaps, "
            f"under {len(self.sections)} section headings; {len(self.furniture)} lines of page "
            f"furniture dropped{':' if dropped else ''}{dropped}"
        )


@dataclass(frozen=True, slots=True)
class ParseSettings:
    """Hold what a parser cannot know from the source alone.

    ``footer_is`` names what the running footer holds (such as "translator"); the footer's words
    are then kept as that metadata of the preface.
    """

    id: str
    title: str | None = None
    language: str | None = None
    footer_is: str | None = None


def parse(source: Source, settings: ParseSettings) -> tuple[Document, ParseReport]:
    """Return the document that ``source`` holds, and the report of what was done.

    Raises SourceError where there is nothing to parse and NumberingError, with line numbers, where
    article numbers have gaps or repeats.
    """
    furniture = find_furniture(source.lines)
    dropped = {f.line for f in furniture}
    lines = [line for line in source.lines if line.text and line.number not in dropped]
    if not lines:
        raise SourceError(f"{source.name}: the file holds no text.")
    starts = find_article_starts(lines)

    preface_lines, headings = _split_headings(lines[: starts[0].index], _CLOSES)
    if headings and not preface_lines:  # what opens a source is its title
        preface_lines, headings = headings[:1], headings[1:]
    section = _section(headings)
    blocks: list[_Block] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.index if following else len(lines)
        body, headings = _split_headings(lines[start.index + 1 : end], _ENDS_SENTENCE, start.rest)
        text = join_lines([start.rest, *(line.text for line in body)])
        if not text:
            raise SourceError(
                f"line {lines[start.index].number}: article {start.number} has a number but no text."
            )
        blocks.append(_Block(start.number, section, text))
        section = _section(headings) or section
    # No article follows the last one, so what looks like a heading there is a caption.
    captions = [Furniture(line.number, line.text, "caption") for line in headings]

    language = settings.language or detect_language("".join(block.text for block in blocks))
    footers = list(dict.fromkeys(f.footer for f in furniture if f.footer))
    metadata = {settings.footer_is: " / ".join(footers)} if settings.footer_is and footers else {}
    preface = _paragraphs(preface_lines)
    if preface:
        blocks.insert(0, _Block(PREFACE_NUMBER, None, preface))
    articles = tuple(
        Article(
            id=f"{settings.id}/{block.number}",
            number=block.number,
            label=_label(block.number, language),
            section=block.section,
            text=block.text,
            metadata=metadata if block.number == PREFACE_NUMBER else {},
        )
        for block in blocks
    )
    title = settings.title or (preface_lines[0].text if preface_lines else source.name)
    document = Document(settings.id, title, language, articles)
    report = ParseReport(
        articles=len(starts),
        has_preface=bool(preface),
        sections=document.sections,
        furniture=(*furniture, *captions),
        lines=len(source.lines),
    )
    return document, report


@dataclass(frozen=True, slots=True)
class _Block:
    number: int
    section: str | None
    text: str


def _split_headings(
    lines: Sequence[Line], closes: re.Pattern[str], before: str = ""
) -> tuple[list[Line], list[Line]]:
    """Part the heading lines that end a block from the text before them.

    A heading is marked as one by the source's format, or is one of a few short lines that end no
    sentence, are no items of a list and follow a line that ``closes`` matches. ``before`` is the
    text that stands before the block's lines.
    """
    cut = end = len(lines)
    while end > 0 and (lines[end - 1].is_heading or _may_be_heading(lines[end - 1].text)):
        end -= 1
        previous = lines[end - 1].text if end else before
        if lines[end].is_heading or closes.search(previous):
            cut = end
        elif cut - end >= _MAX_HEADING_LINES:
            break
    return list(lines[:cut]), list(lines[cut:])


def _may_be_heading(text: str) -> bool:
    return (
        len(text) <= _MAX_HEADING
        and not _GOES_ON.search(text)
        and not _CLOSES.search(text)
        and not _LIST_ITEM.match(text)
    )


def _section(headings: Sequence[Line]) -> str | None:
    return " › ".join(line.text for line in headings) or None


def _paragraphs(lines: Sequence[Line]) -> str:
    """Join lines into paragraphs, one a line; title lines at the top stay lines of their own."""
    paragraphs: list[list[str]] = [[]]
    in_title = True
    for line in lines:
        in_title = in_title and len(line.text) <= _MAX_HEADING * 2 and _is_title_line(line.text)
        paragraphs[-1].append(line.text)
        if in_title or _CLOSES.search(line.text):
            paragraphs.append([])
    return "\n".join(join_lines(p) for p in paragraphs if p)


def _is_title_line(text: str) -> bool:
    """Tell a title line (no sentence punctuation inside) from the first line of running text."""
    return not re.search(r"[，。；、]", text)


def _label(number: int, language: str) -> str:
    if language.startswith("zh"):
        preface, article = "前言", f"第 {number} {'条' if language == 'zh-Hans' else '條'}"
    elif language == "ja":
        preface, article = "前文", f"第 {number} 条"
    else:
        preface, article = "Preface", f"Article {number}"
    return preface if number == PREFACE_NUMBER else article
