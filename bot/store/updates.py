"""Which updates were handled: what comes back after a crash is not answered twice."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from bot.store.database import Database

_Write = Callable[[sqlite3.Connection], int]


def _each(writes: Sequence[_Write], connection: sqlite3.Connection) -> list[int]:
    return [write(connection) for write in writes]


class Updates:
    """Read and write the record of updates, by Telegram's number."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[_Write, asyncio.Future[int]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def seen(self, numbers: Sequence[int]) -> dict[int, bool]:
        """Return those of ``numbers`` that were begun, and whether each was handled to its end."""

        def read(connection: sqlite3.Connection) -> dict[int, bool]:
            marks = ",".join("?" * len(numbers))
            rows = connection.execute(
                f"SELECT number, is_done FROM handled WHERE number IN ({marks})",  # noqa: S608  question marks
                list(numbers),
            )
            return {number: bool(is_done) for number, is_done in rows}

        return await self._database.run(read)

    async def begin(self, number: int, *, alone: bool = False) -> int:
        """Record that an update is begun; return how often it was begun with nothing else in hand."""

        def write(connection: sqlite3.Connection) -> int:
            (tries,) = connection.execute(
                "INSERT INTO handled VALUES (?, 1, 0, ?) ON CONFLICT (number)"
                " DO UPDATE SET tries = tries + 1, alone = alone + ? RETURNING alone",
                (number, alone, alone),
            ).fetchone()
            return int(tries)

        return await self._together(write)

    async def keep(self, updates: Sequence[tuple[int, str]]) -> None:
        """Keep updates, by number and JSON, until they are done."""
        await self._database.run(
            lambda connection: connection.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?, ?)", updates
            )
        )

    async def kept(self) -> list[str]:
        """Return the JSON of the updates that are kept and not done, oldest first."""
        rows = await self._database.run(
            lambda connection: connection.execute(
                "SELECT body FROM kept ORDER BY number"
            ).fetchall()
        )
        return [row[0] for row in rows]

    async def finish(self, number: int, confirmed: int) -> int:
        """Record that an update is done; what lies below ``confirmed`` cannot come back and goes."""

        def write(connection: sqlite3.Connection) -> int:
            connection.execute("UPDATE handled SET is_done = 1 WHERE number = ?", (number,))
            connection.execute("DELETE FROM kept WHERE number = ?", (number,))
            return connection.execute(
                "DELETE FROM handled WHERE number < ? AND (is_done OR number NOT IN"
                " (SELECT number FROM kept))",
                (confirmed,),
            ).rowcount

        return await self._together(write)

    async def _together(self, write: _Write) -> int:
        """Return what ``write`` returns, done in one transaction with whatever else waits.

        Each transaction waits for the disk; under load many updates share one, and less time lies
        between a reply and the record of it.
        """
        result: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, result))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await result

    async def _write_all(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            writes = [write for write, _ in taken]
            try:
                found = await self._database.run(partial(_each, writes))
            except BaseException as error:
                for _, result in taken:
                    if not result.done():
                        result.set_exception(error)
                if not isinstance(error, Exception):
                    raise
                continue
            for (_, result), value in zip(taken, found, strict=True):
                if not result.done():
                    result.set_result(value)
