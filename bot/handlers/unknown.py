"""Commands that nothing here answers."""

from telegram import Update

from bot.handlers.start import show_help
from bot.services import Context


async def unknown(update: Update, context: Context) -> None:
    """Say how to ask; in a group only where the command names this bot.

    Telegram shows a bot every command of a group, those meant for other bots included.
    """
    message = update.effective_message
    if message is None or not message.text:
        return
    name = message.text.split(maxsplit=1)[0].partition("@")[2]
    is_ours = name.lower() == context.bot.username.lower()
    if is_ours or (not name and message.chat.type == message.chat.PRIVATE):
        await show_help(update, context)
