"""The gate before all handlers: whom the bot serves, and what is meant for it."""

import logging

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.incoming import is_meant_for_others
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, Services, services_of

_log = logging.getLogger(__name__)


async def gate(update: Update, context: Context) -> None:
    """Stop an update from a chat or person that is not on the list, where there is one.

    Raises ApplicationHandlerStop for it. In private it is told so; elsewhere nothing is said. A
    group's command that is not meant for us is stopped as well, without a word.
    """
    services = services_of(context)
    if update.message and is_meant_for_others(update.message, services.username, context.bot.id):
        raise ApplicationHandlerStop
    allowed = services.settings.allowed_chats
    user, chat = update.effective_user, update.effective_chat
    present = {found.id for found in (user, chat) if found is not None}
    if not allowed or present & allowed:
        return
    try:
        await _refuse(update, services)
    except Exception as error:
        # Whatever fails here, nobody gets in by it.
        _log.warning("a refusal could not be said (%s)", type(error).__name__)
    raise ApplicationHandlerStop


async def _refuse(update: Update, services: Services) -> None:
    message = update.message
    if update.callback_query is not None:
        await update.callback_query.answer()
    elif message is not None and message.chat.type == message.chat.PRIVATE:
        _ = await services.words(update.effective_user)
        await reply(message, [plain(_("This bot serves a closed circle."))])
