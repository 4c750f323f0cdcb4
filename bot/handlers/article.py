"""/article N: show an article by its number; buttons that go to one."""

import time

from telegram import Message, Update

from bot.answering import show_given
from bot.markup import plain
from bot.press import Press
from bot.reply import pack_blocks, render_article
from bot.sending import reply
from bot.services import Context, Sender, Services, services_of
from bot.store import GivenAnswer
from retrieval import Citation


async def article(update: Update, context: Context) -> None:
    """Show the articles that the command's words name, or say how to name one."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    user, document = update.effective_sender, services.document
    asked = " ".join(context.args or ())
    if asked and await show_named(services, message, user, asked):
        return
    _ = await services.words(user)
    usage = _(
        "Which article? For example /article 15. This document has articles {first}–{last}; 0 is the preface."
    )
    text = usage.format(first=document.first_number, last=document.last_number)
    await reply(message, [plain(text)])


async def show_named(
    services: Services,
    message: Message,
    user: Sender | None,
    asked: str,
    earlier: GivenAnswer | None = None,
) -> bool:
    """Show the articles that the words ``asked`` name, in place of an ``earlier`` answer.

    Returns False where they name none: "/article apples" shows nothing that was searched.
    """
    began = time.monotonic()
    person, chat = services.person(user), services.place(message)
    before = earlier.before if earlier else await services.store.conversations.get(person, chat)
    answer, state = await services.brain.ask(asked, before)
    if not answer.is_by_number:
        return False
    await show_given(services, message, user, asked, answer, before, earlier)
    await services.store.conversations.put(person, chat, state)
    await services.forget_again(person, began)
    return True


async def press_article(press: Press) -> None:
    """Show the article of a button in place of the one above it."""
    began = time.monotonic()
    found = press.services.document.get(press.callback.number)
    if found is None:
        _ = press.words
        await press.done(_("This document no longer has that article."), alert=True)
        return
    texts = pack_blocks(render_article(Citation(found), press.words))
    await press.show(texts, press.services.keyboards.article(found, press.words))
    if press.place:
        await _go_on_from(found.number, press, began)
    await press.done()


async def _go_on_from(number: int, press: Press, began: float) -> None:
    """Let "next" be the one behind the article that was opened."""
    services, person = press.services, press.services.person(press.user)
    conversations = services.store.conversations
    before = await conversations.get(person, press.place)
    await conversations.put(person, press.place, services.brain.opened(number, before))
    await services.forget_again(person, began)
