"""Handle the updates of many chats at once, those of one chat in order.

What was handled is recorded before it counts as done, so that a batch that comes back after a crash
is not answered twice. What was in hand when the process died is tried again one by one, before
anything else: one that takes the process down each time it is alone in hand is passed over, with an
apology, and no other for its sake.

Telegram gives out at most a hundred unconfirmed updates. Where slow ones fill that hundred, they are
kept in the database instead, and confirmed, so that those behind them are given out.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress

from telegram import Update

from bot import logs
from bot.store.updates import Updates

# The process may also be killed from outside, by chance three times at the same update: hardly four.
MOST_TRIES_ALONE = 3
_RETRY_SECONDS = 1.0
_ENOUGH = 40
# Whoever takes longer has not taken the process down, and keeps the others waiting no more.
_ALONE_SECONDS = 5.0
# Of what is delivered nothing is ever confirmed; Telegram repeats a delivery within a day.
_REMEMBERED = 100_000
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
        self._in_hand: dict[int, asyncio.Future[None]] = {}
        self._kept: set[int] = set()
        self._done: set[int] = set()
        self._suspects: set[int] = set()
        self._alone = asyncio.Lock()
        self._no_suspects = asyncio.Event()
        self._no_suspects.set()
        self._last = 0
        self.changed = asyncio.Event()
        self.confirmed = 0
        """What Telegram was last told: nothing below it comes back."""
        self.is_closed = False

    @property
    def is_busy(self) -> bool:
        """Tell whether an update is in hand."""
        return bool(self._in_hand)

    @property
    def is_full(self) -> bool:
        """Tell whether there is enough in hand for now: each look for more brings these again."""
        return len(self._in_hand) > _ENOUGH

    @property
    def offset(self) -> int:
        """Return the offset that confirms exactly what is done: nothing in hand lies below it."""
        waiting = self._in_hand.keys() - self._kept
        return min(waiting, default=self._last + 1 if self._last else 0)

    async def put(self, updates: list[Update]) -> int:
        """Take updates in, and return how many of them are new: neither in hand nor done."""
        new = [
            u for u in updates if u.update_id not in self._in_hand and u.update_id not in self._done
        ]
        seen = await self._record.seen([u.update_id for u in new]) if new else {}
        self._done |= {number for number, is_done in seen.items() if is_done}
        self._suspect(number for number, is_done in seen.items() if not is_done)
        for update in updates:
            self._last = max(self._last, update.update_id)
        new = [update for update in new if not seen.get(update.update_id)]
        for update in new:
            self._take(update)
        self._done = {number for number in self._done if number >= self.offset}
        return len(new)

    async def finished(self, update: Update) -> bool:
        """Take an update in if it is new, and wait until it is done; tell whether it is.

        It is not where the lanes were closed, or drained, before its end.
        """
        number = update.update_id
        if number not in self._in_hand:
            if number in self._done:
                return True
            seen = await self._record.seen([number])
            if seen.get(number):
                return True
            # Another delivery of the same may have come while the record was asked.
            if number not in self._in_hand:
                if self.is_closed:
                    return False
                self._suspect(seen)
                self._take(update)
        ended = self._in_hand[number]
        self.confirmed = max(self.confirmed, number - _REMEMBERED)
        await asyncio.wait([ended])
        return not ended.cancelled()

    def close(self) -> None:
        """Take no more updates by `finished`."""
        self.is_closed = True

    async def keep(self, updates: Sequence[Update]) -> None:
        """Write those of ``updates`` that are in hand into the database, from where they go on.

        They may then be confirmed, and come back after a crash all the same.
        """
        waiting = [
            u for u in updates if u.update_id in self._in_hand and u.update_id not in self._kept
        ]
        await self._record.keep([(u.update_id, u.to_json()) for u in waiting])
        self._kept |= {u.update_id for u in waiting if u.update_id in self._in_hand}

    def resume(self, updates: Sequence[Update]) -> None:
        """Go on with what an earlier process kept and did not finish."""
        self._suspect(update.update_id for update in updates)
        for update in updates:
            self._kept.add(update.update_id)
            self._take(update)

    def _suspect(self, numbers: Iterable[int]) -> None:
        """Let updates be handled alone: one of them may be what took the process down."""
        self._suspects.update(numbers)
        if self._suspects:
            self._no_suspects.clear()

    def _clear(self, number: int) -> None:
        self._suspects.discard(number)
        if not self._suspects:
            self._no_suspects.set()

    def _take(self, update: Update) -> None:
        self._in_hand[update.update_id] = asyncio.get_running_loop().create_future()
        self._enqueue(update)

    async def drain(self, seconds: float) -> bool:
        """Wait until nothing is in hand, for ``seconds`` at most; tell whether that came about."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        late = list(self._running)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for ended in self._in_hand.values():
            ended.cancel()
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
        with logs.about(update.update_id):
            await self._handle_recorded(update)

    async def _handle_recorded(self, update: Update) -> None:
        number = update.update_id
        if number in self._suspects:
            await self._handle_alone(update)
        else:
            # Bounded, so that no order of things can bring everything to a halt.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._no_suspects.wait(), 4 * _ALONE_SECONDS)
            await self._recorded(lambda: self._record.begin(number))
            await self._handle(update)
        await self._recorded(lambda: self._record.finish(number, self.confirmed))
        self._done.add(number)
        self._kept.discard(number)
        self._in_hand.pop(number).set_result(None)
        self.changed.set()

    async def _handle_alone(self, update: Update) -> None:
        number = update.update_id
        async with self._alone:
            tries = await self._recorded(lambda: self._record.begin(number, alone=True))
            if tries > MOST_TRIES_ALONE:
                _log.error("an update is passed over: the process died of it %s times", tries - 1)
                handling = asyncio.ensure_future(self._give_up(update))
            else:
                handling = asyncio.ensure_future(self._handle(update))
            try:
                await asyncio.wait({handling}, timeout=_ALONE_SECONDS)
            except asyncio.CancelledError:
                handling.cancel()
                raise
            finally:
                self._clear(number)
        await handling

    async def _recorded(self, write: Callable[[], Awaitable[int]]) -> int:
        """Return what ``write`` returns; where the disk is full, wait for room."""
        while True:
            try:
                return await write()
            except Exception as error:
                _log.error("an update cannot be recorded (%s); trying again", type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
