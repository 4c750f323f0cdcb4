"""Render answers as Telegram messages: pure functions from records to HTML.

Every message fits Telegram's limit. An article is shown whole, in as many messages as it needs;
its text with the markup taken out is the document's, byte for byte.
"""

from collections.abc import Sequence

from bot import wording
from bot.markup import MAX_UNITS, bold, plain, quote, split, utf16_length
from bot.translations import Translate
from corpus import Article
from retrieval import Answer, Citation

# Room kept in a message beside an article's text, for its heading and the words around it.
_AROUND = 600
_MAX_RELATED_TITLE = 24


def render_answer(answer: Answer, title: str, _: Translate) -> list[str]:
    """Return the messages, in Telegram's HTML, that show ``answer``."""
    head = [bold(wording.headline(answer, _)), *map(plain, wording.notes(answer, title, _))]
    blocks = ["\n".join(head)]
    for citation in answer.citations:
        blocks += render_article(citation, _)
    further = answer.related
    if answer.status == "related" and further:
        blocks += render_article(Citation(further[0].article), _)
        further = further[1:]
    if further:
        blocks.append(_render_related([c.article for c in further], _))
    return pack_blocks(blocks)


def render_article(citation: Citation, _: Translate) -> list[str]:
    """Return the blocks that show one article: heading and text, the marked sentences bold."""
    article = citation.article
    pieces = list(split(article.text, citation.spans, MAX_UNITS - _AROUND))
    blocks = []
    for number, (text, spans) in enumerate(pieces, start=1):
        heading = wording.heading(article)
        if len(pieces) > 1:
            heading = f"{heading} ({number}/{len(pieces)})"
        blocks.append(f"{bold(heading[: _AROUND // 2])}\n{quote(text, spans)}")
    facts = wording.facts(article, _)
    if facts:
        blocks[-1] += "\n" + "\n".join(f"<i>{plain(fact)}</i>" for fact in facts)
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


def _render_related(articles: Sequence[Article], _: Translate) -> str:
    lines = [plain(_("See also:"))]
    for article in articles:
        heading = wording.heading(article)
        if article.section is None:
            heading = f"{heading} · {article.text[:_MAX_RELATED_TITLE].splitlines()[0]}…"
        lines.append(f"• {plain(heading[:120])}")
    return "\n".join(lines)
