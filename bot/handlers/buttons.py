"""Buttons: read what was pressed and hand it to what answers it."""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, Update

from bot.callback import Action, decode, document_tag
from bot.handlers.article import press_article
from bot.handlers.language import press_language
from bot.handlers.privacy import press_forget
from bot.handlers.start import press_example
from bot.handlers.toc import press_section, press_toc
from bot.handlers.vote import press_keep, press_vote
from bot.handlers.why import press_why
from bot.incoming import question_behind
from bot.press import Press
from bot.services import Context, services_of
from corpus.language import detect_language

_HANDLERS: dict[Action, Callable[[Press], Awaitable[None]]] = {
    "article": press_article,
    "why": press_why,
    "up": press_vote,
    "down": press_vote,
    "keep": press_keep,
    "section": press_section,
    "toc": press_toc,
    "example": press_example,
    "language": press_language,
    "forget": press_forget,
}


async def press(update: Update, context: Context) -> None:
    """Answer a button; one of another document, or not ours, is told so."""
    query, services = update.callback_query, services_of(context)
    if query is None:
        return
    _ = await services.words(query.from_user, _language_above(query, services.username))
    callback = decode(query.data or "")
    if callback is None:
        await query.answer(_("This button is no longer in use."), show_alert=True)
        return
    pressed = Press(query, callback, services, _)
    if callback.document != document_tag(services.document):
        await pressed.done(_("This button belongs to another document."), alert=True)
        return
    await _HANDLERS[callback.action](pressed)


def _language_above(query: CallbackQuery, username: str) -> str:
    """Return the language of the question above a button; "und" where there is none."""
    message = query.message
    question = question_behind(message, username) if isinstance(message, Message) else ""
    # A command's name is English whoever sends it.
    return "und" if question.startswith("/") else detect_language(question)
