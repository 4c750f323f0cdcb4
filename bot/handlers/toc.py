"""/toc: the sections as buttons, and the articles of each."""

from telegram import Update

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
    keyboards = press.services.keyboards
    await press.change([contents_text(press.services.document, press.words)], keyboards.contents())
    await press.done()


async def press_section(press: Press) -> None:
    """Show the articles of a section in place of the table of contents."""
    _, document, number = press.words, press.services.document, press.callback.number
    if not 0 <= number < len(document.sections):
        await press.done(_("This document no longer has that section."), alert=True)
        return
    await press.change(
        [section_text(document, number)], press.services.keyboards.section(number, _)
    )
    await press.done()


def contents_text(document: Document, _: Translate) -> str:
    """Return what stands above the sections."""
    choose = _("Choose a section:")
    return f"{bold(clip(document.title, MAX_TITLE))}\n{plain(choose)}"


def section_text(document: Document, number: int) -> str:
    """Return a section's heading, and how each of its articles begins."""
    section = document.sections[number]
    lines = [
        f"{bold(article.label)} {plain(clip(article.text.replace(chr(10), ' '), 60))}"
        for article in document
        if article.section == section
    ]
    return "\n".join([bold(clip(section, MAX_TITLE)), *lines[:30]])
