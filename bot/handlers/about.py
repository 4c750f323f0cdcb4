"""/about: the document's preface and who translated it."""

from telegram import Update

from bot.handlers.context import Context, brain_of, reply, words_for
from bot.markup import bold, clip, plain
from bot.reply import MAX_TITLE, pack_blocks, render_article
from bot.translations import Translate
from corpus import PREFACE_NUMBER, Document
from retrieval import Citation


async def about(update: Update, context: Context) -> None:
    """Show what the document is."""
    if update.effective_message:
        document = brain_of(context).retriever.document
        await reply(update.effective_message, about_document(document, words_for(update)))


def about_document(document: Document, _: Translate) -> list[str]:
    """Return the messages that tell what the document is, its preface word for word."""
    counts = _("{articles} articles under {sections} headings, numbered {first}–{last}.").format(
        articles=sum(not article.is_preface for article in document),
        sections=len(document.sections),
        first=document.first_number,
        last=document.last_number,
    )
    blocks = [f"{bold(clip(document.title, MAX_TITLE))}\n{plain(counts)}"]
    if preface := document.get(PREFACE_NUMBER):
        blocks += render_article(Citation(preface), _)
    return pack_blocks(blocks)
