"""Watch how long the event loop is kept from its work: what is late for one is late for all."""

import asyncio

from bot.delivery.health import Health

_EVERY_SECONDS = 0.05


async def watch_lag(health: Health) -> None:
    """Note, until cancelled, by how much a short sleep was overslept."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _EVERY_SECONDS
        await asyncio.sleep(_EVERY_SECONDS)
        health.lagged(max(0.0, loop.time() - due))
