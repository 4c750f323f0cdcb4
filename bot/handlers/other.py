"""Pictures, stickers, voice: one friendly line, where a person means us."""

from telegram import Update

from bot.incoming import is_ours, read_incoming
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def other(update: Update, context: Context) -> None:
    """Say that only text is read, once an album, and not where its caption was read."""
    message, services = update.effective_message, services_of(context)
    if message is None or is_ours(message, context.bot.id):
        return
    if read_incoming(message, services.username, context.bot.id) is None:
        return
    if not services.albums.take(message):
        return
    _ = await services.words(update.effective_sender)
    await reply(message, [plain(_("I can only read text. Type your question, and I will look."))])
