"""Which messages answered which, so that an edited question has its answer edited."""

import json
import sqlite3
import time
from collections.abc import Sequence

from bot.store.database import Database

KEPT_SECONDS = 48 * 3600
"""Telegram lets people edit a message for this long."""


class Answers:
    """Read and write the numbers of the messages that answered a message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, question: str) -> tuple[int, ...]:
        """Return the numbers of the messages that answered, none where nothing did."""

        def read(connection: sqlite3.Connection) -> tuple[int, ...]:
            row = connection.execute(
                "SELECT messages FROM answer WHERE question = ?", (question,)
            ).fetchone()
            return tuple(json.loads(row[0])) if row else ()

        return await self._database.run(read)

    async def put(self, person: str, question: str, messages: Sequence[int]) -> None:
        """Remember what answered a message; what can no longer be edited is dropped."""
        now = int(time.time())

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM answer WHERE at < ?", (now - KEPT_SECONDS,))
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)",
                (person, question, json.dumps(list(messages)), now),
            )

        await self._database.run(write)
