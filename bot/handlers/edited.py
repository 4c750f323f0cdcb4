"""Edited questions: the earlier answer is edited."""

from telegram import Update

from bot.answering import answer_message
from bot.handlers.ask import words_of_command
from bot.incoming import read_incoming
from bot.services import Context, services_of


async def edited(update: Update, context: Context) -> None:
    """Turn the answer to a question into that of the question as it reads now."""
    message, services = update.edited_message, services_of(context)
    if message is None:
        return
    text = message.text or message.caption or ""
    if text.startswith("/"):
        command, words = words_of_command(text)
        if command.partition("@")[0] != "/ask" or not words:
            return
        text = words
    else:
        incoming = read_incoming(message, services.username, context.bot.id)
        if incoming is None or not incoming.text:
            return
        text = incoming.text
    asked = services.store.key("message", message.chat_id, message.message_id)
    earlier = await services.store.answers.get(asked)
    await answer_message(services, message, update.effective_user, text, earlier)
