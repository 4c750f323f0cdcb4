"""/article N: show an article by its number; buttons that go to one."""

from telegram import Message, Update

from bot.answering import show
from bot.markup import plain
from bot.press import Press
from bot.reply import pack_blocks, render_article
from bot.sending import reply
from bot.services import Context, Sender, Services, services_of
from retrieval import Citation


async def article(update: Update, context: Context) -> None:
    """Show the articles that the command's words name, or say how to name one."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    user, document = update.effective_sender, services.document
    person, chat = services.person(user), services.place(message)
    asked = " ".join(context.args or ())
    if asked:
        state = await services.store.conversations.get(person, chat)
        answer, state = await services.brain.ask(asked, state)
        # "/article apples" shows nothing that was searched.
        if answer.is_by_number:
            await show(services, message, user, answer)
            await services.store.conversations.put(person, chat, state)
            return
    _ = await services.words(user)
    usage = _(
        "Which article? For example /article 15. This document has articles {first}–{last}; 0 is the preface."
    )
    text = usage.format(first=document.first_number, last=document.last_number)
    await reply(message, [plain(text)])


async def show_article(
    services: Services, message: Message, user: Sender | None, number: int
) -> None:
    """Show article ``number``, or say which there are."""
    person, chat = services.person(user), services.place(message)
    state = await services.store.conversations.get(person, chat)
    answer, state = await services.brain.ask(str(number), state)
    await show(services, message, user, answer)
    await services.store.conversations.put(person, chat, state)


async def press_article(press: Press) -> None:
    """Show the article of a button in place of the one above it."""
    found = press.services.document.get(press.callback.number)
    if found is None:
        _ = press.words
        await press.done(_("This document no longer has that article."), alert=True)
        return
    texts = pack_blocks(render_article(Citation(found), press.words))
    await press.change(texts, press.services.keyboards.article(found, press.words))
    await press.done()
