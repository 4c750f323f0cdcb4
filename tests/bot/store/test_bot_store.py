"""What is kept is kept through a crash, upgraded by steps, and hidden behind a salt."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Database, Person, Store, StoreError, Vote
from bot.store import database as module
from bot.store.conversations import FRESH_SECONDS
from retrieval import ConversationState


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def test_the_same_person_has_the_same_key_until_the_salt_is_another(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "a"), Store(tmp_path / "b")
    again = Store(tmp_path / "a")
    assert one.key("person", 1) == again.key("person", 1) != other.key("person", 1)
    assert one.key("person", 1) != one.key("person", 2) != one.key("chat", 2)
    assert one.key("a", "b") != one.key("ab")
    for made in (one, other, again):
        made.close()


async def test_choices_of_a_person_do_not_overwrite_each_other(store: Store) -> None:
    assert await store.people.get("p") == Person(None, None)
    await store.people.set_language("p", "en")
    await store.people.set_consent("p", True)
    await store.people.set_language("p", "zh-Hans")
    assert await store.people.get("p") == Person("zh-Hans", True)


async def test_consent_is_to_be_asked_for_once(store: Store) -> None:
    await store.people.set_language("p", "en")
    asked = await asyncio.gather(*(store.people.ask_consent("p") for _ in range(9)))
    assert sum(asked) == 1 and await store.people.get("p") == Person("en", None)
    await store.people.set_consent("q", False)
    assert not await store.people.ask_consent("q")
    await store.people.forget("p")
    assert await store.people.ask_consent("p")


async def test_taking_consent_back_deletes_the_questions(store: Store) -> None:
    await store.people.set_consent("p", True)
    await store.votes.put(Vote("p", "m", 15, True, "q", "en"))
    await store.unanswered.put("p", "why", "en", "related")
    await store.people.set_consent("p", False)
    assert store.votes.all() == [Vote("p", "m", 15, True, None, "en")]
    assert store.unanswered.all() == []


async def test_a_conversation_that_rested_too_long_starts_afresh(store: Store) -> None:
    await store.conversations.put("p", "c", ConversationState(15))
    assert await store.conversations.get("p", "c") == ConversationState(15)
    assert await store.conversations.get("p", "other") == ConversationState()
    store.database.now(
        lambda c: c.execute("UPDATE conversation SET at = at - ?", (FRESH_SECONDS + 5,))
    )
    assert await store.conversations.get("p", "c") == ConversationState()
    await store.conversations.put("q", "c", ConversationState(1))
    await store.purge()
    assert store.database.now(
        lambda c: c.execute("SELECT person FROM conversation").fetchall()
    ) == [("q",)]


async def test_without_consent_no_word_is_kept(store: Store) -> None:
    await store.votes.put(Vote("p", "m", 15, True, "q", "en"))
    await store.unanswered.put("p", "why", "en", "related")
    assert [vote.question for vote in store.votes.all()] == [None]
    assert store.unanswered.all() == []


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    assert store.path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    store.close()


async def test_tallies_add_up(store: Store) -> None:
    for status in ("answered", "related", "answered"):
        await store.counts.add(status=status, language="en")
    assert await store.counts.totals() == {
        "status": {"answered": 2, "related": 1},
        "language": {"en": 3},
    }


async def test_a_person_has_one_vote_on_an_answer(store: Store) -> None:
    assert await store.votes.totals() == {}
    for person, is_up in (("p", True), ("p", True), ("q", True), ("q", False), ("r", False)):
        await store.votes.put(Vote(person, "m", 15, is_up))
    assert await store.votes.totals() == {"down": 2, "up": 1}


async def test_work_that_fails_leaves_nothing(store: Store) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO person (person) VALUES ('p')")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.database.run(half)
    assert await store.people.get("p") == Person()


async def test_many_at_once_lose_nothing(store: Store) -> None:
    await asyncio.gather(*(store.counts.add(status="answered") for _ in range(200)))
    assert (await store.counts.totals())["status"]["answered"] == 200


def test_a_schema_is_brought_up_to_date_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).close()
    later = "CREATE TABLE later (x TEXT)"
    monkeypatch.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, later))
    store = Store(tmp_path)
    store.database.now(lambda c: c.execute("INSERT INTO later VALUES ('kept')"))
    store.close()
    store = Store(tmp_path)
    assert store.database.now(lambda c: c.execute("SELECT x FROM later").fetchall()) == [("kept",)]
    store.close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer tiaowen"):
        Store(tmp_path)


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).close()
    broken = "CREATE TABLE half (x TEXT); CREATE NONSENSE"
    monkeypatch.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, broken))
    with pytest.raises(StoreError):
        Store(tmp_path)
    monkeypatch.undo()
    store = Store(tmp_path)
    tables = store.database.now(lambda c: c.execute("SELECT name FROM sqlite_schema").fetchall())
    assert ("half",) not in tables
    store.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    path.write_bytes(b"not a database, but somebody's file" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="TIAOWEN_STATE_DIR"):
        Store(tmp_path / "file" / "state")


def test_a_vote_that_was_confirmed_survives_a_kill(tmp_path: Path) -> None:
    script = (
        "import asyncio, os, signal, sys\n"
        "from pathlib import Path\n"
        "from bot.store import Store, Vote\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(10_000):\n"
        "    asyncio.run(store.votes.put(Vote('p', str(n), n, True)))\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    with process:
        assert process.stdout is not None
        confirmed = [int(process.stdout.readline()) for _ in range(25)]
        os.kill(process.pid, signal.SIGKILL)
    store = Store(tmp_path)
    kept = {vote.article for vote in store.votes.all()}
    store.close()
    assert set(confirmed) <= kept
