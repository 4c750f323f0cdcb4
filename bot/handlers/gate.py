"""The gate before all handlers: whom the bot serves."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def gate(update: Update, context: Context) -> None:
    """Stop an update from a chat or person that is not on the list, where there is one.

    Raises ApplicationHandlerStop for it. In private it is told so; elsewhere nothing is said.
    """
    services = services_of(context)
    allowed = services.settings.allowed_chats
    user, chat = update.effective_user, update.effective_chat
    present = {found.id for found in (user, chat) if found is not None}
    if not allowed or present & allowed:
        return
    message = update.message
    if message is not None and message.chat.type == message.chat.PRIVATE:
        _ = await services.words(user)
        await reply(message, [plain(_("This bot serves a closed circle."))])
    raise ApplicationHandlerStop
