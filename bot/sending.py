"""Send, edit and delete messages, waiting when Telegram asks to."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.delivery import seconds_of

T = TypeVar("T")
_ATTEMPTS = 5
_FIRST_DELAY = 0.5
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = logging.getLogger(__name__)


async def reply(
    message: Message, texts: Sequence[str], keyboard: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Send ``texts`` in order, the first as a reply to ``message``, the last with the buttons.

    Returns what was sent. Being a reply keeps the question beside its answer: in a group others
    can interrupt, and a button that asks why finds the question there.
    """
    sent = []
    for position, text in enumerate(texts):
        is_last = position == len(texts) - 1
        answers = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        send = partial(
            message.reply_text,
            text,
            parse_mode=ParseMode.HTML,
            reply_parameters=answers if position == 0 or is_last else None,
            reply_markup=keyboard if is_last else None,
            link_preview_options=_NO_PREVIEW,
        )
        sent.append(await patiently(send))
    return sent


async def edit(
    message: Message,
    numbers: Sequence[int],
    texts: Sequence[str],
    keyboard: InlineKeyboardMarkup | None,
) -> list[int]:
    """Turn the earlier answers ``numbers`` to ``message`` into ``texts``; return what stands now.

    Surplus messages are deleted, missing ones sent. One that is gone is sent anew.
    """
    bot, chat = message.get_bot(), message.chat_id
    standing: list[int] = []
    for position, text in enumerate(texts):
        markup = keyboard if position == len(texts) - 1 else None
        if position < len(numbers):
            number = numbers[position]
            change = partial(
                bot.edit_message_text,
                text,
                chat,
                number,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )
            try:
                await patiently(change)
                standing.append(number)
                continue
            except BadRequest as error:
                if "not modified" in error.message.lower():
                    standing.append(number)
                    continue
        standing += [sent.message_id for sent in await reply(message, [text], markup)]
    for number in numbers[len(texts) :]:
        try:
            await patiently(partial(bot.delete_message, chat, number))
        except BadRequest as error:
            _log.info("an earlier part of an answer stays: %s", error.message)
    return standing


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Return what ``call`` returns, tried a bounded number of times.

    Waits as long as Telegram asks, and a little longer each time where it could not be reached or
    did not work. A call that timed out is not repeated: it may have been done.
    """
    for attempt in range(_ATTEMPTS - 1):
        try:
            return await call()
        except RetryAfter as wait:
            delay = seconds_of(wait)
        except (BadRequest, TimedOut):
            raise
        except NetworkError:
            delay = _FIRST_DELAY * 2**attempt * random.uniform(0.8, 1.2)
        _log.info("trying again in %.1f s", delay)
        await asyncio.sleep(delay)
    return await call()
