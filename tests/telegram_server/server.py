"""The stand-in itself: real HTTP on loopback, Telegram's methods, one bot."""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

import asyncio
import inspect
import re
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from . import answers, messages, profile
from .chats import Chat, User
from .client import Person, group
from .errors import BotApiError
from .faults import Faults
from .http import ApiHandler
from .parameters import Parameters
from .queue import Update
from .timing import Timing
from .webhook import Webhook
from .world import Call, World

T = TypeVar("T")
TOKEN = "123456:TEST-TOKEN-of-the-stand-in-server"


class TelegramServer:
    """A Bot API server for one token, in the running event loop.

    ``async with TelegramServer() as server`` listens on 127.0.0.1; ``server.url`` is where.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "tiaowen_test_bot",
        privacy: bool = True,
        timing: Timing | None = None,
        port: int = 0,
    ) -> None:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise ValueError("a token is digits, a colon, and letters, digits, _ or -")
        self.token = token
        self.faults = Faults()
        self.world = World(token, username, privacy, timing or Timing())
        self.webhook = Webhook(self.world, self._from_webhook)
        self._port = port
        self._http: HTTPServer | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._people: dict[int, Person] = {}
        tables: tuple[dict[str, Any], ...] = (
            messages.METHODS,
            answers.METHODS,
            profile.METHODS,
            self.webhook.methods,
        )
        self._methods: dict[str, Callable[[World, Parameters], Any]] = {
            "getUpdates": self._get_updates
        }
        for table in tables:
            self._methods |= table
        self._names = {name.lower(): name for name in self._methods}

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Start to listen; ask again after `close` to come back on the same port."""
        sockets = bind_sockets(self._port, "127.0.0.1")
        self._port = sockets[0].getsockname()[1]
        self._http = HTTPServer(
            # The paths hold the token, so nothing logs them.
            Application([(r"/.*", ApiHandler, {"service": self})], log_function=lambda _: None)
        )
        self._http.add_sockets(sockets)
        self.webhook.resume()

    async def close(self) -> None:
        """Stop listening and cut every connection; what the world holds stays."""
        await self.webhook.pause()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            self._http.stop()
            await self._http.close_all_connections()
            self._http = None

    @property
    def url(self) -> str:
        """Return the address, without the "/bot" that clients put after it."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """Return every method the bot called, oldest first."""
        return tuple(self.world.calls)

    def called(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [call for call in self.world.calls if call.method == method]

    async def until(self, ready: Callable[[], T], timeout: float = 5, what: str = "it") -> T:
        """Return the first true value of ``ready()``, looked at after every change."""
        return await self.world.changes.until(ready, timeout, what)

    @property
    def pending(self) -> tuple[Update, ...]:
        """Return the updates the bot has not acknowledged, oldest first."""
        return self.world.queue.pending

    async def polled(self, timeout: float = 5) -> None:
        """Return once a long poll waits for news, which says that the bot is up and idle."""
        await self.until(lambda: self.world.queue.has_poller, timeout, "a long poll")

    async def settled(self, timeout: float = 5) -> None:
        """Return once the bot has acknowledged every update."""
        await self.until(lambda: not self.pending, timeout, "every update to be handled")

    def person(
        self,
        id: int = 1001,
        first_name: str = "Ada",
        *,
        language_code: str | None = "zh-hant",
        username: str | None = None,
        last_name: str | None = None,
        known: bool = False,
    ) -> Person:
        """Return a person, the same one for the same id.

        The bot may write to them once they wrote to it, or from the start when ``known``.
        """
        if id not in self._people:
            user = User(id, first_name, False, last_name, username, language_code)
            self._people[id] = Person(self.world, user, known)
        return self._people[id]

    def group(
        self, title: str, *people: Person, topics: Iterable[str] = (), supergroup: bool = False
    ) -> Chat:
        """Return a new group of the bot and ``people``; topics make it a supergroup."""
        return group(self.world, title, people, topics, supergroup)

    def upgrade(self, chat: Chat) -> Chat:
        """Return the supergroup a group became; the old id is refused from now on."""
        people = [self._people[id] for id in chat.members]
        larger = group(self.world, chat.title, people, supergroup=True)
        chat.upgraded_to = larger.id
        return larger

    def find(self, method: str) -> str | None:
        """Return a method's proper name, whatever its case; None for none."""
        return self._names.get(method.lower())

    async def call(self, method: str, parameters: Parameters) -> dict[str, Any]:
        """Return the successful answer of a method, or raise BotApiError."""
        error: str | None = None
        at = asyncio.get_running_loop().time()
        try:
            result = self._methods[method](self.world, parameters)
            if inspect.isawaitable(result):
                result = await result
        except BotApiError as refusal:
            error = refusal.description
            raise
        finally:
            self.world.calls.append(Call(method, parameters, at, error))
            self.world.changes.notify()
        return (
            result
            if isinstance(result, dict) and "ok" in result
            else {"ok": True, "result": result}
        )

    def start(self, work: Awaitable[Any]) -> "asyncio.Task[Any]":
        """Return a task that `close` cancels if it still runs."""
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _get_updates(self, world: World, parameters: Parameters) -> list[dict[str, Any]]:
        self.webhook.refuse_polling()
        world.queue.allow(parameters.structure("allowed_updates"))
        try:
            return await world.queue.poll(
                parameters.integer("offset"),
                parameters.integer("limit", 100),
                parameters.integer("timeout"),
            )
        except BotApiError:
            await world.queue.conflict_pause()
            raise

    async def _from_webhook(self, body: dict[str, Any]) -> None:
        method = self.find(str(body.pop("method", "")))
        if method is not None:
            await self.call(method, Parameters(body))
