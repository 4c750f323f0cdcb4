"""/toc: the sections as buttons, and the articles of each."""

from telegram import Update

from bot.keyboards import articles_on
from bot.markup import bold, clip, plain
from bot.press import Press
from bot.reply import MAX_TITLE
from bot.sending import reply
from bot.services import Context, services_of
from bot.translations import Translate
from corpus import Document


async def toc(update: Update, context: Context) -> None:
    """Show the table of contents."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _ = await services.words(update.effective_sender)
    await reply(message, [contents_text(services.document, _)], services.keyboards.contents())


async def press_toc(press: Press) -> None:
    """Show the table of contents in place of what is there."""
    keyboard = press.services.keyboards.contents(max(0, press.callback.number))
    await press.show([contents_text(press.services.document, press.words)], keyboard)
    await press.done()


async def press_section(press: Press) -> None:
    """Show the articles of a section in place of the table of contents."""
    _, document = press.words, press.services.document
    number, page, *_rest = (*press.callback.numbers, -1, 0)
    if not 0 <= number < len(document.sections):
        await press.done(_("This document no longer has that section."), alert=True)
        return
    page = max(0, page)
    keyboard = press.services.keyboards.section(number, _, page)
    await press.show([section_text(document, number, page)], keyboard)
    await press.done()


def contents_text(document: Document, _: Translate) -> str:
    """Return what stands above the sections."""
    choose = _("Choose a section:")
    return f"{bold(clip(document.title, MAX_TITLE))}\n{plain(choose)}"


def section_text(document: Document, number: int, page: int = 0) -> str:
    """Return a section's heading, and how each of the articles on a page of it begins."""
    section = document.sections[number]
    lines = [
        f"{bold(article.label)} {plain(clip(article.text.replace(chr(10), ' '), 60))}"
        for article in articles_on(document, number, page)[0]
    ]
    return "\n".join([bold(clip(section, MAX_TITLE)), *lines])
