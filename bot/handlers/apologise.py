"""What is said when a handler failed."""

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.markup import plain
from bot.sending import reply
from bot.services import Context, spoken_by
from bot.translations import translation

_log = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log what went wrong in a handler, by its kind alone, and tell the person."""
    _log.error("an update could not be answered: %s", type(context.error).__name__)
    if not isinstance(update, Update):
        return
    # What failed may be the database, so nothing of it is asked here.
    _ = translation(spoken_by(update.effective_sender))
    sorry = _("Something went wrong here. Please ask again in a moment.")
    try:
        if update.callback_query is not None:
            await update.callback_query.answer(sorry)
        elif update.effective_message is not None:
            await reply(update.effective_message, [plain(sorry)])
    except TelegramError as error:
        _log.error("nor could that be said: %s", type(error).__name__)
