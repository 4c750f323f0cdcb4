"""Open the bot's database: one SQLite file, one thread, one transaction a piece of work.

Write-ahead logging with full synchronisation: what was committed survives a crash of the process
and of the machine. Deleted rows are overwritten, so that what is forgotten is gone from the file.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.errors import BotError
from bot.store.migrations import MIGRATIONS

T = TypeVar("T")
_BUSY_SECONDS = 5.0


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close ``connection`` where what is done with it fails: an open one keeps its lock."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


class StoreError(BotError):
    """Say that the bot's database cannot be used, and what to do about it."""


class Database:
    """Run work on the database, off the event loop and one piece at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``, made if it is not there, and bring its schema up to date.

        Raises StoreError where that is not possible.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)  # what people ask is for nobody else on this machine
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            with _closed_on_error(self._connection):
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                    self._connection.execute(f"PRAGMA {pragma}")
                self._check()
                self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{path}: the bot's database cannot be opened ({error}). Check that the folder can "
                "be written, or set TIAOWEN_STATE_DIR; a damaged file can be replaced from a backup."
            ) from error
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` returns, done in one transaction; nothing of it stays if it fails."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.now, work)

    def now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the same at once, in this thread."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite has taken it back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return result

    async def scrub(self) -> bool:
        """Take what was deleted out of the log as well; tell whether that came about.

        While somebody else reads the file, such as a backup, it does not: it is done with the next
        purge.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._checkpoint)

    def _checkpoint(self) -> bool:
        (is_busy, *_pages) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy

    def close(self) -> None:
        """Finish the work that was begun, and close the file."""
        self._thread.shutdown()
        self._connection.close()

    def _check(self) -> None:
        """Refuse a file that is damaged: what is read from one may be anything."""
        found = [row[0] for row in self._connection.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(str(found[0]) if found else "no answer to a check")

    def _migrate(self) -> None:
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self._path}: made by a newer tiaowen (schema {version}, this one knows "
                f"{len(MIGRATIONS)}). Upgrade tiaowen, or set TIAOWEN_STATE_DIR to another folder."
            )
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number:d}; COMMIT;"
            )
