"""Questions that were not answered, of people who agreed to their being kept."""

import sqlite3
import time

from bot.store.database import Database

Row = tuple[str, str, str]


class Unanswered:
    """Read and write questions to which the document had no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, person: str, question: str, language: str, status: str) -> None:
        """Remember a question, once a person, if that person agreed to it."""
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO unanswered SELECT ?, ?, ?, ?, ?"
                " WHERE EXISTS (SELECT 1 FROM person WHERE person = ? AND consent = 1)",
                (person, question, language, status, int(time.time()), person),
            )
        )

    def all(self) -> list[Row]:
        """Return (question, language, status) of each, oldest first."""

        def read(connection: sqlite3.Connection) -> list[Row]:
            return connection.execute(
                "SELECT question, language, status FROM unanswered ORDER BY at, question"
            ).fetchall()

        return self._database.now(read)
