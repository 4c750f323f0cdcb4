"""/about: the document's preface, who translated it, and what exactly answers."""

from telegram import Update

from bot.markup import bold, clip, plain
from bot.reply import MAX_TITLE, pack_blocks, render_article
from bot.sending import reply
from bot.services import Context, services_of
from bot.translations import Translate
from corpus import PREFACE_NUMBER, Document
from corpus.version import __version__
from retrieval import Citation


async def about(update: Update, context: Context) -> None:
    """Show what the document is."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _ = await services.words(update.effective_sender)
    provenance = services.brain.retriever.provenance
    await reply(message, about_document(services.document, provenance, _))


def about_document(
    document: Document, provenance: tuple[tuple[str, str], ...], _: Translate
) -> list[str]:
    """Return the messages that tell what the document is, its preface word for word.

    ``provenance`` names, by hash, what the answers are made from.
    """
    counts = _("{articles} articles under {sections} headings, numbered {first}–{last}.").format(
        articles=sum(not article.is_preface for article in document),
        sections=len(document.sections),
        first=document.first_number,
        last=document.last_number,
    )
    blocks = [f"{bold(clip(document.title, MAX_TITLE))}\n{plain(counts)}"]
    if preface := document.get(PREFACE_NUMBER):
        blocks += render_article(Citation(preface), _)
    made_from = [f"tiaowen {__version__}", *(f"{name}: {value}" for name, value in provenance)]
    blocks.append("\n".join(f"<code>{plain(clip(line, 180))}</code>" for line in made_from))
    return pack_blocks(blocks)
