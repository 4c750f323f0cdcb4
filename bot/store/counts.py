"""Tallies a day: how many questions, of which status and language. No person is in them."""

import sqlite3
from datetime import UTC, datetime

from bot.store.database import Database


class Counts:
    """Add to tallies and read them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, **labels: str) -> None:
        """Add one to each tally named, under its label: ``add(status="answered")``."""
        day = datetime.now(UTC).date().isoformat()

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT INTO tally VALUES (?, ?, ?, 1)"
                " ON CONFLICT (day, name, label) DO UPDATE SET count = count + 1",
                [(day, name, label) for name, label in labels.items()],
            )

        await self._database.run(write)

    async def totals(self) -> dict[str, dict[str, int]]:
        """Return the sums over all days: by name, then by label."""

        def read(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
            totals: dict[str, dict[str, int]] = {}
            for name, label, count in connection.execute(
                "SELECT name, label, SUM(count) FROM tally GROUP BY name, label ORDER BY 3 DESC, 2"
            ):
                totals.setdefault(name, {})[label] = count
            return totals

        return await self._database.run(read)
