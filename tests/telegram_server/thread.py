"""The stand-in in a thread of its own, for tests that have no event loop."""

import asyncio
import contextlib
import inspect
import threading
from collections.abc import Callable, Iterator
from typing import Any

from .server import TelegramServer


class ThreadedServer:
    """A server whose loop runs elsewhere; touch it through `run` only."""

    def __init__(self, server: TelegramServer, loop: asyncio.AbstractEventLoop) -> None:
        self._server = server
        self._loop = loop
        self.url = server.url
        self.token = server.token

    def run(self, work: Callable[[TelegramServer], Any], seconds: float = 30) -> Any:
        """Return what ``work(server)``, a function or coroutine function, returns in its loop."""

        async def there() -> Any:
            result = work(self._server)
            return await result if inspect.isawaitable(result) else result

        return asyncio.run_coroutine_threadsafe(there(), self._loop).result(seconds)


@contextlib.contextmanager
def running_in_thread(**options: Any) -> Iterator[ThreadedServer]:
    """Run a server with `TelegramServer`'s options in a thread; it is gone when this returns."""
    ready = threading.Event()
    state: dict[str, Any] = {}

    async def serve() -> None:
        state["loop"], state["stop"] = asyncio.get_running_loop(), asyncio.Event()
        async with TelegramServer(**options) as server:
            state["server"] = server
            ready.set()
            await state["stop"].wait()

    def work() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            state["error"] = error
        finally:
            ready.set()

    thread = threading.Thread(target=work, name="telegram-stand-in", daemon=True)
    thread.start()
    ready.wait(30)
    if "server" not in state:
        raise RuntimeError("the stand-in server did not start") from state.get("error")
    try:
        yield ThreadedServer(state["server"], state["loop"])
    finally:
        if thread.is_alive():
            state["loop"].call_soon_threadsafe(state["stop"].set)
        thread.join(30)
    if "error" in state:
        raise state["error"]
