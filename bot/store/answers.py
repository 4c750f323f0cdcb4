"""Which messages answered which, so that an edited question has its answer edited."""

import json
import sqlite3
import time
from dataclasses import dataclass

from bot.store.database import Database
from retrieval import ConversationState

KEPT_SECONDS = 48 * 3600
"""Telegram lets people edit a message for this long."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """Hold what answered a message.

    ``messages`` are their numbers; ``text`` stands for the words that were answered, so that an
    edit which changes none is known; ``before`` is where the conversation stood.
    """

    messages: tuple[int, ...]
    text: str
    before: ConversationState


class Answers:
    """Read and write what answered a message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, question: str) -> GivenAnswer | None:
        """Return what answered a message, None where nothing did."""

        def read(connection: sqlite3.Connection) -> GivenAnswer | None:
            row = connection.execute(
                "SELECT messages, text, before FROM answer WHERE question = ?", (question,)
            ).fetchone()
            if row is None:
                return None
            return GivenAnswer(
                tuple(json.loads(row[0])), row[1], ConversationState.from_json(row[2])
            )

        return await self._database.run(read)

    async def put(self, person: str, question: str, given: GivenAnswer) -> None:
        """Remember what answered a message."""
        values = (person, question, json.dumps(given.messages), given.text, given.before.to_json())
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)",
                (*values, int(time.time())),
            )
        )
