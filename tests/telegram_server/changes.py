"""Waiting for something to become true, woken by every change and never by a clock."""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes everyone who waits, so that each looks again at what they wait for."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake every waiter; call it after each change of state."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, ready: Callable[[], T], timeout: float, what: str = "a change") -> T:
        """Return the first true value of ``ready()``.

        ``timeout`` is in seconds; when it passes, TimeoutError names ``what`` was waited for.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (value := ready()):
            remaining = deadline - loop.time()
            if remaining <= 0:
                raise TimeoutError(f"waited {timeout:g} s for {what}, which did not come")
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiters.add(waiter)
            try:
                await asyncio.wait({waiter}, timeout=remaining)
            finally:
                self._waiters.discard(waiter)
        return value
