"""Plain messages: every text is a question."""

from telegram import Update

from bot.answering import answer_message
from bot.incoming import is_ours, read_incoming
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def question(update: Update, context: Context) -> None:
    """Answer the message with the articles that answer it."""
    message, services = update.effective_message, services_of(context)
    if message is None or services.long_messages.is_continuation(message):
        return
    services.albums.take(message)
    if is_ours(message, context.bot.id):
        return
    incoming = read_incoming(message, services.username, context.bot.id)
    if incoming is None:
        return
    # A message that only calls us by name is met with how to ask; so is one without a letter.
    if not incoming.text and not message.text:
        _ = await services.words(update.effective_sender)
        await reply(message, [plain(_("Please type a question."))])
        return
    text = incoming.text or (message.text or "")
    is_own = text in (message.text or message.caption or "") and message.forward_origin is None
    await answer_message(services, message, update.effective_sender, text, may_keep=is_own)
