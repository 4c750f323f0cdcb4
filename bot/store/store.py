"""Everything the bot remembers, behind one name."""

import hashlib
import secrets
import sqlite3
import time
from pathlib import Path

from bot.store.answers import KEPT_SECONDS, Answers
from bot.store.conversations import FRESH_SECONDS, Conversations
from bot.store.counts import Counts
from bot.store.database import Database
from bot.store.people import People
from bot.store.questions import Unanswered
from bot.store.updates import Updates
from bot.store.votes import Votes

FILE = "bot.sqlite3"


class Store:
    """Hold the tables of one database, and the salt that stands between people and their rows."""

    def __init__(self, folder: Path) -> None:
        """Open the database in ``folder``; raise StoreError where that is not possible."""
        self.path = folder / FILE
        self.database = Database(self.path)
        self._salt = self.database.now(_salt)
        self.people = People(self.database)
        self.conversations = Conversations(self.database)
        self.votes = Votes(self.database)
        self.unanswered = Unanswered(self.database)
        self.answers = Answers(self.database)
        self.counts = Counts(self.database)
        self.updates = Updates(self.database)

    def key(self, *parts: object) -> str:
        """Return what stands for a person, or a message, in the database.

        A keyed hash (BLAKE2b): without the salt, which never leaves the file, nobody can be
        looked up in a copy of the rows.
        """
        text = "\0".join(map(str, parts)).encode()
        return hashlib.blake2b(text, key=self._salt, digest_size=16).hexdigest()

    async def purge(self) -> None:
        """Delete what is kept for a time only, and whose time is over."""
        now = int(time.time())

        def delete(connection: sqlite3.Connection) -> None:
            for table, seconds in (("conversation", FRESH_SECONDS), ("answer", KEPT_SECONDS)):
                connection.execute(f"DELETE FROM {table} WHERE at < ?", (now - seconds,))  # noqa: S608  our own names

        await self.database.run(delete)
        await self.database.scrub()

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def _salt(connection: sqlite3.Connection) -> bytes:
    row = connection.execute("SELECT value FROM setting WHERE name = 'salt'").fetchone()
    if row is None:
        row = (secrets.token_hex(32),)
        connection.execute("INSERT INTO setting VALUES ('salt', ?)", row)
    return bytes.fromhex(row[0])
