"""What every handler needs from an update: words in the reader's language, and a way to reply."""

import asyncio
import logging
from collections.abc import Sequence

from telegram import LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import RetryAfter
from telegram.ext import ContextTypes

from bot.brain import Brain
from bot.delivery import seconds_of
from bot.translations import Translate, translation, ui_language

BRAIN = "brain"
Context = ContextTypes.DEFAULT_TYPE
_ATTEMPTS = 5
_log = logging.getLogger(__name__)


def brain_of(context: Context) -> Brain:
    """Return the shared brain, which the application was given at its start."""
    brain: Brain = context.application.bot_data[BRAIN]
    return brain


def words_for(update: Update, language: str = "und") -> Translate:
    """Return the words for a reader who wrote in ``language``, else for their Telegram setting."""
    user = update.effective_user
    setting = ui_language((user.language_code if user else None) or "", fallback="zh-Hant")
    return translation(ui_language(language, fallback=setting))


async def reply(message: Message, texts: Sequence[str]) -> None:
    """Send ``texts`` in order; the first as a reply to ``message`` where others can interrupt.

    Waits as long as Telegram asks when it asks to, a bounded number of times.
    """
    in_group = message.chat.type != message.chat.PRIVATE
    for position, text in enumerate(texts):
        answers = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                await message.reply_text(
                    text,
                    parse_mode=ParseMode.HTML,
                    reply_parameters=answers if in_group and position == 0 else None,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
                break
            except RetryAfter as wait:
                if attempt == _ATTEMPTS:
                    raise
                delay = seconds_of(wait)
                _log.info("Telegram asks to wait %s s", delay)
                await asyncio.sleep(delay)
