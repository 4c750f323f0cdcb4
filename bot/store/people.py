"""What is remembered of a person: language, consent; and forgetting all of it."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database

_TABLES = ("person", "conversation", "vote", "unanswered", "answer")


@dataclass(frozen=True, slots=True)
class Person:
    """Hold a person's choices; None where none was made.

    ``consent`` is to keeping the text of their questions beside votes and unanswered ones.
    """

    language: str | None = None
    consent: bool | None = None


class People:
    """Read and write the choices of people, by the key that stands for each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, person: str) -> Person:
        """Return what a person chose."""

        def read(connection: sqlite3.Connection) -> Person:
            row = connection.execute(
                "SELECT language, consent FROM person WHERE person = ?", (person,)
            ).fetchone()
            if row is None:
                return Person()
            return Person(row[0], None if row[1] is None else bool(row[1]))

        return await self._database.run(read)

    async def set_language(self, person: str, language: str | None) -> None:
        """Remember the language a person wants to be spoken to in; None for that of each question."""
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT INTO person (person, language) VALUES (?, ?)"
                " ON CONFLICT (person) DO UPDATE SET language = excluded.language",
                (person, language),
            )
        )

    async def ask_consent(self, person: str) -> bool:
        """Note that a person is asked for consent; False where they were before, or it is known."""

        def write(connection: sqlite3.Connection) -> bool:
            changed = connection.execute(
                "INSERT INTO person (person, is_asked) VALUES (?, 1)"
                " ON CONFLICT (person) DO UPDATE SET is_asked = 1"
                " WHERE is_asked = 0 AND consent IS NULL",
                (person,),
            )
            return changed.rowcount == 1

        return await self._database.run(write)

    async def set_consent(self, person: str, consent: bool) -> None:
        """Remember whether the text of a person's questions may be kept; without, none is."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO person (person, consent) VALUES (?, ?)"
                " ON CONFLICT (person) DO UPDATE SET consent = excluded.consent",
                (person, int(consent)),
            )
            if not consent:
                connection.execute("UPDATE vote SET question = NULL WHERE person = ?", (person,))
                connection.execute("DELETE FROM unanswered WHERE person = ?", (person,))

        await self._database.run(write)
        if not consent:
            await self._database.scrub()

    async def forget(self, person: str) -> int:
        """Delete every row of a person, and return how many there were."""

        def delete(connection: sqlite3.Connection) -> int:
            return sum(
                connection.execute(f"DELETE FROM {table} WHERE person = ?", (person,)).rowcount  # noqa: S608  our own names
                for table in _TABLES
            )

        deleted = await self._database.run(delete)
        await self._database.scrub()
        return deleted
