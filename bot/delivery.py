"""Take updates from Telegram so that none is lost.

Telegram keeps an update until a higher offset is asked for, so the offset moves only when every
update below it has been handled. The library's own Updater confirms an update when it arrives, and
what a crash interrupts is lost; it is not used here.
"""

import asyncio
import logging
import os
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.errors import TokenRefused

# The library says how long to wait as a number, with a warning each time, unless told not to.
os.environ.setdefault("PTB_TIMEDELTA", "true")
_LONG_POLL_SECONDS = 25
_MIN_BACK_OFF, _MAX_BACK_OFF = 1.0, 30.0
_WANTED = ["message", "edited_message", "callback_query", "inline_query"]
_log = logging.getLogger(__name__)


class Polling:
    """Fetch updates, hand them to the application, confirm them when they are done."""

    def __init__(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        self._application = application
        self._stopping = asyncio.Event()
        self._delay = _MIN_BACK_OFF

    @property
    def is_stopping(self) -> bool:
        """Tell whether `stop` was called."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Take no more updates; those being handled are finished and confirmed."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop` is called.

        Raises TokenRefused where Telegram refuses the token; everything else is tried again, later
        and later up to half a minute.
        """
        offset = 0
        while not self.is_stopping:
            try:
                updates = await self._fetch(offset)
            except InvalidToken:
                raise TokenRefused from None
            except RetryAfter as wait:
                await self.pause(seconds_of(wait))
            except Conflict:
                _log.warning("another instance polls with this token; trying again")
                await self.back_off()
            except TelegramError as error:
                _log.warning("cannot fetch updates (%s); trying again", type(error).__name__)
                await self.back_off()
            else:
                self._delay = _MIN_BACK_OFF
                await self._handle(updates)
                offset = max([offset, *(update.update_id + 1 for update in updates)])
        if offset:
            await self._confirm(offset)

    async def back_off(self) -> None:
        """Wait before the next try, each time twice as long, up to half a minute."""
        await self.pause(self._delay)
        self._delay = min(self._delay * 2, _MAX_BACK_OFF)

    async def _fetch(self, offset: int) -> Sequence[Update]:
        """Return the next updates, or none when told to stop meanwhile."""
        fetch = asyncio.ensure_future(
            self._application.bot.get_updates(
                offset, timeout=_LONG_POLL_SECONDS, allowed_updates=_WANTED
            )
        )
        stop = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not fetch.done():
            fetch.cancel()
            return ()
        updates: Sequence[Update] = fetch.result()
        return updates

    async def _handle(self, updates: Sequence[Update]) -> None:
        """Handle a batch: chats at once, the updates of one chat in order."""
        by_chat: dict[int, list[Update]] = defaultdict(list)
        for update in updates:
            # An inline query, and a button under a message sent by one, come from a person alone.
            place = update.effective_chat or update.effective_user
            by_chat[place.id if place else 0].append(update)
        await asyncio.gather(*map(self._handle_in_order, by_chat.values()))

    async def _handle_in_order(self, updates: Sequence[Update]) -> None:
        for update in updates:
            await self._application.process_update(update)

    async def _confirm(self, offset: int) -> None:
        try:
            await self._application.bot.get_updates(offset, limit=1, timeout=0)
        except TelegramError as error:
            _log.warning("the last updates could not be confirmed (%s)", type(error).__name__)

    async def pause(self, seconds: float) -> None:
        """Wait, no longer than until `stop` is called."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def seconds_of(wait: RetryAfter) -> float:
    """Return how long Telegram asks to wait; the library gives a number or a timedelta."""
    after = wait.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()
