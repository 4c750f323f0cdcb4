"""/article N: show an article by its number."""

from telegram import Update

from bot.handlers.context import Context, brain_of, reply, words_for
from bot.markup import plain
from bot.reply import render_answer
from retrieval import Answer


async def article(update: Update, context: Context) -> None:
    """Show the articles that the command's words name, or say how to name one."""
    message = update.effective_message
    if message is None:
        return
    _ = words_for(update)
    brain = brain_of(context)
    document = brain.retriever.document
    asked = " ".join(context.args or ())
    answer = await brain.ask(message.chat_id, asked, is_by_number) if asked else None
    if answer is None or not is_by_number(answer):
        usage = _(
            "Which article? For example /article 15. This document has articles {first}–{last}; 0 is the preface."
        )
        text = usage.format(first=document.first_number, last=document.last_number)
        await reply(message, [plain(text)])
        return
    await reply(message, render_answer(answer, document.title, _))


def is_by_number(answer: Answer) -> bool:
    """Tell whether the articles were named: "/article apples" shows nothing that was searched."""
    codes = {note.code for note in answer.notes}
    return answer.confidence == 1.0 or not codes.isdisjoint({"out_of_range", "other_law"})
