"""What a damaged, full or half-written database does: it is refused or refuses, and loses nothing."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.database import StoreError

PAGE = 4096


def _votes(store: Store) -> list[str]:
    return store.database.now(
        lambda c: [row[0] for row in c.execute("SELECT person FROM vote ORDER BY at, person")]
    )


def _vote(store: Store, number: int) -> None:
    store.database.now(
        lambda c: c.execute(
            "INSERT INTO vote VALUES (?, 'm', 1, 1, ?, 'en', ?)",
            (f"p{number:05}", "x" * 300, number),
        )
    )


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with a database of some hundred pages, closed in order."""
    folder = tmp_path / "filled"
    store = Store(folder)
    for number in range(600):
        _vote(store, number)
    store.close()
    return folder


def _refused(folder: Path) -> bool:
    try:
        store = Store(folder)
    except StoreError as error:
        assert "cannot be opened" in str(error) and "backup" in str(error)
        return True
    try:
        assert _votes(store) == [f"p{number:05}" for number in range(600)]
    finally:
        store.close()
    return False


def test_a_file_with_a_damaged_page_is_refused_or_holds_all_there_was(
    filled: Path, tmp_path: Path
) -> None:
    whole = (filled / "bot.sqlite3").read_bytes()
    pages = len(whole) // PAGE
    refused = 0
    for page in range(0, pages, max(1, pages // 24)):
        folder = tmp_path / f"page{page}"
        folder.mkdir()
        # The header of a page, and the cells at its end.
        data = bytearray(whole)
        data[page * PAGE : page * PAGE + 64] = b"\xa5" * 64
        (folder / "bot.sqlite3").write_bytes(data)
        refused += _refused(folder)
    assert refused >= 20


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.97])
def test_a_file_cut_short_is_refused_or_starts_empty(
    filled: Path, tmp_path: Path, share: float
) -> None:
    whole = (filled / "bot.sqlite3").read_bytes()
    folder = tmp_path / "cut"
    folder.mkdir()
    (folder / "bot.sqlite3").write_bytes(whole[: int(len(whole) * share)])
    if share == 0:  # an empty file is a new database
        Store(folder).close()
        return
    assert _refused(folder)


def test_a_log_left_behind_is_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from bot.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(50):\n"
        "    store.database.now(lambda c: c.execute(\n"
        "        \"INSERT INTO vote VALUES (?, 'm', 1, 1, NULL, 'en', ?)\", (f'p{n:05}', n)))\n"
        "os.kill(os.getpid(), 9)"
    )
    folder = tmp_path / "killed"
    subprocess.run(
        [sys.executable, "-c", code, str(folder)], check=False, cwd=Path(__file__).parents[3]
    )
    log = (folder / "bot.sqlite3-wal").read_bytes()
    assert len(log) > 20_000
    everything = [f"p{number:05}" for number in range(50)]
    seen = set()
    for length in (len(log), len(log) - 1, len(log) // 2, len(log) // 3, 100, 0):
        copy = tmp_path / f"copy{length}"
        shutil.copytree(folder, copy)
        (copy / "bot.sqlite3-wal").write_bytes(log[:length])
        try:
            store = Store(copy)
        except StoreError:
            continue  # cut within the first pages: refused
        votes = _votes(store)
        store.close()
        assert votes == everything[: len(votes)]
        seen.add(len(votes))
    # As the kill left it, all that was confirmed is there.
    assert 50 in seen and len(seen) >= 3


async def test_on_a_full_disk_nothing_is_confirmed_and_nothing_that_was_is_lost(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    _vote(store, 1)
    pages = store.database.now(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    store.database._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        for number in range(2, 2000):
            _vote(store, number)
    confirmed = _votes(store)
    store.database._connection.execute("PRAGMA max_page_count = 1000000")
    _vote(store, 5000)
    assert _votes(store) == [*confirmed, "p05000"]
    store.close()
    again = Store(tmp_path)
    assert _votes(again) == [*confirmed, "p05000"]
    again.close()


async def test_a_backup_made_while_it_is_written_to_is_whole(tmp_path: Path) -> None:
    store = Store(tmp_path / "live")
    ended = asyncio.Event()

    async def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            await asyncio.to_thread(_vote, store, number)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    (tmp_path / "copy").mkdir()
    # What `sqlite3 FILE ".backup COPY"` does.
    source = sqlite3.connect(store.path)
    target = sqlite3.connect(tmp_path / "copy" / "bot.sqlite3")
    await asyncio.to_thread(lambda: None)
    source.backup(target, pages=1, sleep=0.001)
    source.close()
    target.close()
    ended.set()
    await writing
    copy = Store(tmp_path / "copy")
    votes = _votes(copy)
    assert votes == _votes(store)[: len(votes)] and votes
    copy.close()
    store.close()


async def test_a_clock_that_jumps_loses_no_vote_and_no_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    from retrieval import ConversationState

    store = Store(tmp_path)
    now = time.time()
    for at in (now, now + 10 * 365 * 86400, now - 10 * 365 * 86400, 0):
        monkeypatch.setattr(time, "time", lambda at=at: at)
        await store.people.set_language("p", "en")
        await store.conversations.put("p", "c", ConversationState(15))
        assert await store.conversations.get("p", "c") == ConversationState(15)
        await store.purge()
    _vote(store, 1)
    monkeypatch.setattr(time, "time", lambda: now + 100 * 365 * 86400)
    await store.purge()
    assert _votes(store) == ["p00001"]
    assert (await store.people.get("p")).language == "en"
    # Only a convenience is gone.
    assert await store.conversations.get("p", "c") == ConversationState()
    store.close()
