"""Pictures, stickers, voice: one friendly line, where a person means us."""

from telegram import Update

from bot.incoming import read_incoming
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def other(update: Update, context: Context) -> None:
    """Say that only text is read."""
    message, services = update.effective_message, services_of(context)
    # The other pictures of an album that has its caption, and what was posted with a bot's help.
    if message is None or message.media_group_id is not None or message.via_bot is not None:
        return
    if read_incoming(message, services.username, context.bot.id) is None:
        return
    _ = await services.words(update.effective_sender)
    await reply(message, [plain(_("I can only read text. Type your question, and I will look."))])
