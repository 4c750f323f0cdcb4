"""Edited questions: the earlier answer is edited."""

from telegram import Update

from bot.answering import answer_message
from bot.handlers.article import show_named
from bot.handlers.ask import asked_by_command
from bot.incoming import read_incoming
from bot.services import Context, services_of

_LATE_SECONDS = 15 * 60


async def edited(update: Update, context: Context) -> None:
    """Turn the answer to a question into that of the question as it reads now.

    Telegram reports an edit for a first reaction as well; one that changes no word changes nothing.
    A message that had no answer gets one while it is new.
    """
    message, services = update.edited_message, services_of(context)
    if message is None:
        return
    text = message.text or message.caption or ""
    named = ""
    if text.startswith("/"):
        question = asked_by_command(message, services.username)
        named = asked_by_command(message, services.username, "/article")
    else:
        incoming = read_incoming(message, services.username, context.bot.id)
        question = incoming.text if incoming else ""
    if not question and not named:
        return
    asked = services.store.key("message", message.chat_id, message.message_id)
    earlier = await services.store.answers.get(asked)
    if earlier is None and message.edit_date is not None:
        age = (message.edit_date - message.date).total_seconds()
        if age > _LATE_SECONDS:
            return
    if earlier is not None and earlier.text == services.store.key("text", named or question):
        return
    if named:
        await show_named(services, message, update.effective_sender, named, earlier)
    else:
        is_own = question in text and message.forward_origin is None
        await answer_message(
            services, message, update.effective_sender, question, earlier, may_keep=is_own
        )
