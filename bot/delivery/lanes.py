"""Handle the updates of many chats at once, those of one chat in order.

What was handled is recorded before it counts as done, so that a batch that comes back after a crash
is not answered twice. An update that was begun several times and never ended, because it takes the
process down each time, is passed over with an apology.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.store.updates import Updates

MOST_TRIES = 3
_RETRY_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Lanes:
    """Hold the updates in hand, a queue for each chat."""

    def __init__(
        self,
        handle: Callable[[Update], Awaitable[None]],
        give_up: Callable[[Update], Awaitable[None]],
        record: Updates,
    ) -> None:
        """Take what handles an update, what apologises for one, and the durable record."""
        self._handle = handle
        self._give_up = give_up
        self._record = record
        self._lanes: dict[tuple[int, bool], deque[Update]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._done: set[int] = set()
        self._last = 0
        self.changed = asyncio.Event()
        self.confirmed = 0
        """What Telegram was last told: nothing below it comes back."""

    @property
    def is_busy(self) -> bool:
        """Tell whether an update is in hand."""
        return bool(self._in_hand)

    @property
    def offset(self) -> int:
        """Return the offset that confirms exactly what is done: nothing in hand lies below it."""
        return min(self._in_hand, default=self._last + 1 if self._last else 0)

    async def put(self, updates: list[Update]) -> int:
        """Take updates in, and return how many of them are new: neither in hand nor done."""
        new = [u for u in updates if u.update_id not in self._in_hand | self._done]
        handled = await self._record.handled([u.update_id for u in new]) if new else set()
        self._done |= handled
        for update in updates:
            self._last = max(self._last, update.update_id)
        new = [update for update in new if update.update_id not in handled]
        for update in new:
            self._in_hand.add(update.update_id)
            self._enqueue(update)
        self._done = {number for number in self._done if number >= self.offset}
        return len(new)

    async def drain(self, seconds: float) -> bool:
        """Wait until nothing is in hand, for ``seconds`` at most; tell whether that came about."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        late = list(self._running)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    def _enqueue(self, update: Update) -> None:
        # An inline query, and a button under a message sent by one, come from a person alone.
        place = update.effective_chat or update.effective_user
        # Who types in another chat does not wait behind what they ask here.
        lane = (place.id if place else 0, update.inline_query is not None)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, lane: tuple[int, bool]) -> None:
        """Handle the updates of one lane until it is empty."""
        queue = self._lanes[lane]
        try:
            while queue:
                await self._finish(queue[0])
                queue.popleft()
        finally:
            del self._lanes[lane]

    async def _finish(self, update: Update) -> None:
        """Handle one update to its end, however often the record fails meanwhile."""
        number = update.update_id
        tries = await self._recorded(lambda: self._record.begin(number))
        if tries > MOST_TRIES:
            _log.error("an update is passed over: begun %s times and never ended", tries - 1)
            await self._give_up(update)
        else:
            await self._handle(update)
        await self._recorded(lambda: self._record.finish(number, self.confirmed))
        self._in_hand.discard(number)
        self._done.add(number)
        self.changed.set()

    async def _recorded(self, write: Callable[[], Awaitable[int]]) -> int:
        """Return what ``write`` returns; where the disk is full, wait for room."""
        while True:
            try:
                return await write()
            except Exception as error:
                _log.error("an update cannot be recorded (%s); trying again", type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
