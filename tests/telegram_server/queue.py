"""The updates that wait for the bot, and the poller that asks for them.

An update stays until a poll with a higher offset, or a delivery by webhook, takes it away.
"""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

import asyncio
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from .changes import Changes
from .errors import conflict
from .timing import Timing

# What a bot gets that has not said what it wants.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
ANOTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that happened; ``lane`` is the chat or person whose updates keep their order."""

    update_id: int
    kind: str
    payload: dict[str, Any]
    lane: Hashable

    def as_json(self) -> dict[str, Any]:
        """Return the update as the bot receives it."""
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Pending updates in order of their id, and at most one long poll that waits for them."""

    def __init__(self, changes: Changes, timing: Timing, first_id: int = 810_000_001) -> None:
        self._changes = changes
        self._timing = timing
        self._pending: dict[int, Update] = {}
        self._next_id = first_id
        self._allowed: frozenset[str] | None = None
        self._waiting: asyncio.Future[str] | None = None
        self._last_offset: int | None = None
        self._last_start = float("-inf")
        self._last_conflict = float("-inf")

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def pending(self) -> tuple[Update, ...]:
        """Return the updates the bot has not acknowledged, oldest first."""
        return tuple(self._pending.values())

    @property
    def has_poller(self) -> bool:
        """Return whether a long poll waits for news."""
        return self._waiting is not None

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the kinds of update the bot asked for; empty when it never said."""
        return tuple(sorted(self._allowed or ()))

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Keep only ``kinds`` from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def put(self, kind: str, payload: dict[str, Any], lane: Hashable) -> Update | None:
        """Add what happened and return it; None when the bot did not ask for this kind."""
        unwanted = kind in NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed
        if unwanted:
            return None
        update = Update(self._next_id, kind, payload, lane)
        self._next_id += 1
        self._pending[update.update_id] = update
        self._changes.notify()
        return update

    def repeat(self, update: Update) -> None:
        """Put an update back under its own id, as when Telegram delivers one twice."""
        self._pending[update.update_id] = update
        self._pending = dict(sorted(self._pending.items()))
        self._changes.notify()

    def forget(self, update_id: int) -> None:
        """Drop one update, delivered by webhook."""
        self._pending.pop(update_id, None)
        self._changes.notify()

    def clear(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()
        self._changes.notify()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """Return up to ``limit`` updates from ``offset`` on, waiting up to ``timeout`` seconds.

        Everything before ``offset`` is forgotten; a negative one counts from the end. Whoever
        was waiting is sent away with a 409.
        """
        limit = min(max(limit, 1), 100)
        timeout = min(max(timeout, 0.0), self._timing.longest_poll)
        now = asyncio.get_running_loop().time()
        if offset == self._last_offset:
            if now < self._last_start + self._timing.same_offset_wait:
                timeout = max(timeout, self._timing.same_offset_wait)
            if now < self._last_start + self._timing.same_offset_single:
                limit = 1
        self._last_offset, self._last_start = offset, now
        self.dismiss_poller(ANOTHER_POLLER)
        start = self._forget_before(offset)
        if not self._from(start, 1) and timeout > 0:
            await self._wait(start, timeout)
        return [update.as_json() for update in self._from(start, limit)]

    def dismiss_poller(self, why: str) -> None:
        """End the waiting poll, if there is one, with a 409 that says ``why``."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(why)

    async def conflict_pause(self) -> None:
        """Wait as Telegram does before it repeats a 409 it gave a moment ago."""
        now = asyncio.get_running_loop().time()
        if now < self._last_conflict + self._timing.conflict_pause:
            await asyncio.sleep(self._timing.conflict_pause)
        else:
            self._last_conflict = now

    def _forget_before(self, offset: int) -> int:
        if offset < 0:
            offset = max(self._next_id + offset, min(self._pending, default=self._next_id))
        for update_id in [known for known in self._pending if known < offset]:
            del self._pending[update_id]
        self._changes.notify()
        return offset

    def _from(self, start: int, limit: int) -> list[Update]:
        return [update for update in self._pending.values() if update.update_id >= start][:limit]

    async def _wait(self, start: int, timeout: float) -> None:
        dismissed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        dismissed.add_done_callback(lambda _: self._changes.notify())
        self._waiting = dismissed
        self._changes.notify()
        try:
            await self._changes.until(
                lambda: dismissed.done() or self._from(start, 1), timeout, "updates"
            )
        except TimeoutError:
            return
        finally:
            if self._waiting is dismissed:
                self._waiting = None
            self._changes.notify()
        if dismissed.done():
            raise conflict(dismissed.result())
