"""Poll Telegram for updates.

Telegram keeps an update until a higher offset is asked for, so the offset moves only when every
update below it has been handled. The library's own Updater confirms an update when it arrives, and
what a crash interrupts is lost; it is not used here.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.delivery.health import Health
from bot.delivery.lanes import Lanes
from bot.delivery.waiting import seconds_of
from bot.errors import TokenRefused

WANTED = ["message", "edited_message", "callback_query", "inline_query"]
_LONG_POLL_SECONDS = 25
_MIN_BACK_OFF, _MAX_BACK_OFF = 1.0, 30.0
# While an update is in hand, Telegram gives it out again at once: so often is it looked for others.
_LOOK_SECONDS = 1.0
# Telegram gives out so many at most.
_BATCH = 100
_STOP_SECONDS = 20.0
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Polling:
    """Fetch updates, hand them on, confirm them when they are done."""

    def __init__(
        self,
        application: "Application[Any, Any, Any, Any, Any, Any]",
        stopping: asyncio.Event,
        health: Health,
    ) -> None:
        self._bot = application.bot
        self._stopping = stopping
        self.health = health
        self._delay = _MIN_BACK_OFF

    @property
    def is_stopping(self) -> bool:
        """Tell whether the bot was told to stop."""
        return self._stopping.is_set()

    async def run(self, lanes: Lanes) -> None:
        """Hand updates to ``lanes`` until told to stop; then let them finish, within a bound.

        Raises TokenRefused where Telegram refuses the token; everything else is tried again, later
        and later up to half a minute.
        """
        while not self.is_stopping:
            lanes.changed.clear()
            offset = lanes.offset
            updates = await self.until_it_answers(partial(self._fetch, offset))
            if updates is None:
                break
            lanes.confirmed = offset
            if await lanes.put(list(updates)) == 0 and lanes.is_busy:
                await self._wait_for(lanes, updates)
            await self._while_full(lanes)
        if not await lanes.drain(_STOP_SECONDS):
            _log.warning(
                "what was not finished in %s s comes back at the next start", _STOP_SECONDS
            )
        if lanes.offset:
            await self._confirm(lanes.offset)

    async def _while_full(self, lanes: Lanes) -> None:
        """Wait while there is enough in hand, as long as some of it gets done."""
        while lanes.is_full and not self.is_stopping:
            lanes.changed.clear()
            await self._until(lanes.changed, _LOOK_SECONDS)
            if not lanes.changed.is_set():
                return

    async def _wait_for(self, lanes: Lanes, updates: Sequence[Update]) -> None:
        """Wait for the updates in hand, unless they keep those behind them from being given out."""
        await self._until(lanes.changed, _LOOK_SECONDS)
        if len(updates) < _BATCH or lanes.changed.is_set() or self.is_stopping:
            return
        try:
            await lanes.keep(updates)
        except Exception as error:
            _log.error("slow updates cannot be kept (%s); waiting for them", type(error).__name__)
            await self._until(lanes.changed, _LOOK_SECONDS)

    async def until_it_answers(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """Return what Telegram answers to a call, made as often as it takes; None when told to stop.

        Raises TokenRefused where Telegram refuses the token.
        """
        while not self.is_stopping:
            try:
                found = await call()
            except InvalidToken:
                raise TokenRefused from None
            except RetryAfter as wait:
                self.health.failed(wait)
                await self.pause(seconds_of(wait))
            except Conflict as error:
                self.health.failed(error)
                _log.warning("another instance polls with this token; trying again")
                await self.back_off()
            except TelegramError as error:
                self.health.failed(error)
                _log.warning("Telegram does not answer (%s); trying again", type(error).__name__)
                await self.back_off()
            else:
                self._delay = _MIN_BACK_OFF
                self.health.got_through()
                return found
        return None

    async def back_off(self) -> None:
        """Wait before the next try, each time about twice as long, up to half a minute."""
        # A little by chance, so that many that failed together do not come back together.
        await self.pause(self._delay * random.uniform(0.8, 1.2))
        self._delay = min(self._delay * 2, _MAX_BACK_OFF)

    async def pause(self, seconds: float) -> None:
        """Wait, no longer than until told to stop."""
        await self._until(self._stopping, seconds)

    async def _fetch(self, offset: int) -> Sequence[Update]:
        """Return the next updates, or none when told to stop meanwhile."""
        fetch = asyncio.ensure_future(
            self._bot.get_updates(offset, timeout=_LONG_POLL_SECONDS, allowed_updates=WANTED)
        )
        stop = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not fetch.done():
            fetch.cancel()
            return ()
        updates: Sequence[Update] = fetch.result()
        return updates

    async def _until(self, event: asyncio.Event, seconds: float) -> None:
        """Wait for ``event``, or to be told to stop, at most ``seconds``."""
        waiting = [asyncio.ensure_future(e.wait()) for e in {event, self._stopping}]
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    async def _confirm(self, offset: int) -> None:
        try:
            await self._bot.get_updates(offset, limit=1, timeout=0)
        except TelegramError as error:
            _log.warning("the last updates could not be confirmed (%s)", type(error).__name__)
