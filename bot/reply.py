"""Render answers as Telegram messages: pure functions from records to HTML.

Every message fits Telegram's limit. An article is shown whole, in as many messages as it needs;
its text with the markup taken out is the document's, byte for byte.
"""

from collections.abc import Sequence

from bot import wording
from bot.markup import MAX_UNITS, bold, clip, plain, quote, split, utf16_length
from bot.translations import Translate
from corpus import Document
from retrieval import Answer, Citation

# Room for an article's heading, and for the facts below its text; the text has the rest.
_HEADING, _FACTS = 300, 294
_TEXT = MAX_UNITS - _HEADING - _FACTS - 2
MAX_TITLE = 300


def render_answer(answer: Answer, document: Document, _: Translate) -> list[str]:
    """Return the messages, in Telegram's HTML, that show ``answer`` from ``document``.

    What else is related stands on the buttons below them.
    """
    notes = [
        *wording.original(answer, document.language, _),
        *wording.notes(answer, clip(document.title, MAX_TITLE), _),
    ]
    head = [bold(wording.headline(answer, _)), *map(plain, notes)]
    blocks = ["\n".join(head)]
    for citation in answer.citations:
        blocks += render_article(citation, _)
    if answer.status == "related" and answer.related:
        blocks += render_article(Citation(answer.related[0].article), _)
    return pack_blocks(blocks)


def render_article(citation: Citation, _: Translate) -> list[str]:
    """Return the blocks that show one article: heading and text, the marked sentences bold."""
    article = citation.article
    pieces = list(split(article.text, citation.spans, _TEXT))
    blocks = []
    for number, (text, spans) in enumerate(pieces, start=1):
        part = f" ({number}/{len(pieces)})" if len(pieces) > 1 else ""
        heading = clip(wording.heading(article), _HEADING - len(part)) + part
        blocks.append(f"{bold(heading)}\n{quote(text, spans)}")
    if facts := clip("\n".join(wording.facts(article, _)), _FACTS):
        # Facts are few and short: where one of them answers, their lines are marked together.
        blocks[-1] += f"\n<i>{(bold if citation.facts else plain)(facts)}</i>"
    return blocks


def pack_blocks(blocks: Sequence[str]) -> list[str]:
    """Join blocks into as few messages as fit, in order.

    What counts is the text behind the markup, which is never longer than the markup itself.
    """
    messages: list[str] = []
    for block in blocks:
        if messages and utf16_length(messages[-1]) + 2 + utf16_length(block) <= MAX_UNITS:
            messages[-1] += "\n\n" + block
        else:
            messages.append(block)
    return messages
