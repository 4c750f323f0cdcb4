"""Everything one bot can see and touch, without the HTTP around it."""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

import itertools
from dataclasses import dataclass, field
from typing import Any

from .changes import Changes
from .chats import Chats, User
from .parameters import Parameters
from .queue import UpdateQueue
from .timing import Timing


@dataclass(slots=True)
class Query:
    """A press or an inline query that waits for the bot's answer."""

    id: str
    changes: Changes
    expired: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)

    def expire(self) -> None:
        """Let the time for an answer be over."""
        self.expired = True

    async def answer(self, timeout: float = 5) -> dict[str, Any]:
        """Return what the bot answered first."""
        await self.changes.until(lambda: self.answers, timeout, f"an answer to query {self.id}")
        return self.answers[0]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot; ``error`` is the description when it was refused."""

    method: str
    parameters: Parameters
    at: float
    error: str | None = None


class World:
    """The state behind one token."""

    def __init__(self, token: str, username: str, privacy: bool, timing: Timing) -> None:
        self.timing = timing
        self.changes = Changes()
        self.bot = User(int(token.partition(":")[0]), "Stand-in", is_bot=True, username=username)
        self.privacy = privacy
        self.chats = Chats(self.changes)
        self.queue = UpdateQueue(self.changes, timing)
        self.queries: dict[str, Query] = {}
        # Commands, names and descriptions by method, scope and language.
        self.profile: dict[tuple[str, str, str], Any] = {}
        self.inline_messages: dict[str, dict[str, Any]] = {}
        self.calls: list[Call] = []
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """Return the next of the numbers that only have to differ."""
        return next(self._numbers)

    def open_query(self) -> Query:
        """Return a new query, with an id like Telegram's."""
        query = Query(str(4_000_000_000_000_000_000 + self.number()), self.changes)
        self.queries[query.id] = query
        return query
