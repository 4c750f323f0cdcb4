"""Plain messages: every text is a question."""

import re

from telegram import Update

from bot.handlers.context import Context, brain_of, reply, words_for
from bot.reply import render_answer


async def question(update: Update, context: Context) -> None:
    """Answer the message with the articles that answer it."""
    message = update.effective_message
    if message is None or not message.text:
        return
    brain = brain_of(context)
    # In a group the bot is called by its name, which is no part of the question.
    name = re.compile(rf"@{re.escape(context.bot.username)}\b", re.IGNORECASE)
    answer = await brain.ask(message.chat_id, name.sub(" ", message.text))
    title = brain.retriever.document.title
    await reply(message, render_answer(answer, title, words_for(update, answer.language)))
