"""Which updates were handled: what comes back after a crash is not answered twice."""

import sqlite3
from collections.abc import Sequence

from bot.store.database import Database


class Updates:
    """Read and write the record of updates, by Telegram's number."""

    def __init__(self, database: Database) -> None:
        self._database = database

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

        return await self._database.run(write)

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

        return await self._database.run(write)
