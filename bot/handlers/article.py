"""/article N: show an article by its number."""

from telegram import Update

from bot.handlers.context import Context, brain_of, reply, words_for
from bot.markup import plain
from bot.reply import render_answer


async def article(update: Update, context: Context) -> None:
    """Show the articles that the command's words name, or say how to name one."""
    message = update.effective_message
    if message is None:
        return
    _ = words_for(update)
    brain = brain_of(context)
    document = brain.retriever.document
    asked = " ".join(context.args or ())
    answer = await brain.ask(message.chat_id, asked) if asked else None
    # "/article apples" names no article: only what was found by number is shown.
    if answer is None or not (answer.confidence == 1.0 or answer.notes):
        usage = _(
            "Which article? For example /article 15. This document has articles {first}–{last}; 0 is the preface."
        )
        text = usage.format(first=document.first_number, last=document.last_number)
        await reply(message, [plain(text)])
        return
    await reply(message, render_answer(answer, document.title, _))
