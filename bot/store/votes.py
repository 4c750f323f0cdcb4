"""Votes on answers."""

import sqlite3
import time
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Vote:
    """Hold a vote on the answer that showed ``article``.

    ``question`` is None unless the person agreed to its being kept.
    """

    person: str
    message: str
    article: int
    is_up: bool
    question: str | None = None
    language: str | None = None


class Votes:
    """Read and write votes; a person has one on an answer, the last one given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, vote: Vote) -> None:
        """Remember a vote; its question only if the person agreed to that."""
        values = (vote.person, vote.message, vote.article, int(vote.is_up))
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO vote SELECT ?, ?, ?, ?,"
                " (SELECT ? FROM person WHERE person = ? AND consent = 1), ?, ?",
                (*values, vote.question, vote.person, vote.language, int(time.time())),
            )
        )

    async def add_question(self, person: str, message: str, question: str, language: str) -> None:
        """Put the question's text beside a vote that was given before its text might be kept."""
        await self._database.run(
            lambda connection: connection.execute(
                "UPDATE vote SET question = ?, language = ? WHERE person = ? AND message = ?",
                (question, language, person, message),
            )
        )

    async def totals(self) -> dict[str, int]:
        """Return how many votes stand, under "up" and "down"."""
        query = (
            "SELECT CASE is_up WHEN 1 THEN 'up' ELSE 'down' END, COUNT(*)"
            " FROM vote GROUP BY is_up ORDER BY 2 DESC, is_up DESC"
        )
        return await self._database.run(lambda connection: dict(connection.execute(query)))

    def all(self) -> list[Vote]:
        """Return every vote, oldest first."""

        def read(connection: sqlite3.Connection) -> list[Vote]:
            rows = connection.execute(
                "SELECT person, message, article, is_up, question, language FROM vote ORDER BY at, message"
            )
            return [Vote(p, m, a, bool(u), q, lang) for p, m, a, u, q, lang in rows]

        return self._database.now(read)
