"""Where each conversation stands."""

import sqlite3
import time

from bot.store.database import Database
from retrieval import ConversationState

FRESH_SECONDS = 6 * 3600
"""After this long without a turn, nobody means "next" by what was shown before."""


class Conversations:
    """Read and write the state of each person's conversation in each chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, person: str, chat: str) -> ConversationState:
        """Return where a conversation stands; a fresh one where it rested too long."""

        def read(connection: sqlite3.Connection) -> ConversationState:
            row = connection.execute(
                "SELECT state FROM conversation WHERE person = ? AND chat = ? AND at >= ?",
                (person, chat, int(time.time()) - FRESH_SECONDS),
            ).fetchone()
            return ConversationState.from_json(row[0]) if row else ConversationState()

        return await self._database.run(read)

    async def put(self, person: str, chat: str, state: ConversationState) -> None:
        """Remember where a conversation stands."""
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?)",
                (person, chat, state.to_json(), int(time.time())),
            )
        )
