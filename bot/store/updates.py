"""Which updates were handled: what comes back after a crash is not answered twice."""

import sqlite3
from collections.abc import Sequence

from bot.store.database import Database


class Updates:
    """Read and write the record of updates, by Telegram's number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def handled(self, numbers: Sequence[int]) -> set[int]:
        """Return which of ``numbers`` were handled to their end."""

        def read(connection: sqlite3.Connection) -> set[int]:
            marks = ",".join("?" * len(numbers))
            rows = connection.execute(
                f"SELECT number FROM handled WHERE is_done AND number IN ({marks})",  # noqa: S608  question marks
                list(numbers),
            )
            return {row[0] for row in rows}

        return await self._database.run(read)

    async def begin(self, number: int) -> int:
        """Record that an update is begun, and return for the how manieth time."""

        def write(connection: sqlite3.Connection) -> int:
            (tries,) = connection.execute(
                "INSERT INTO handled VALUES (?, 1, 0)"
                " ON CONFLICT (number) DO UPDATE SET tries = tries + 1 RETURNING tries",
                (number,),
            ).fetchone()
            return int(tries)

        return await self._database.run(write)

    async def finish(self, number: int, confirmed: int) -> int:
        """Record that an update is done; what lies below ``confirmed`` cannot come back and goes."""

        def write(connection: sqlite3.Connection) -> int:
            connection.execute("UPDATE handled SET is_done = 1 WHERE number = ?", (number,))
            return connection.execute("DELETE FROM handled WHERE number < ?", (confirmed,)).rowcount

        return await self._database.run(write)
