"""`tiaowen doctor --live` looks at the token, the webhook, the clock, the disk and the database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import Store
from tests.telegram_server import TOKEN, ThreadedServer, Timing, running_in_thread


@pytest.fixture
def server() -> Iterator[ThreadedServer]:
    with running_in_thread(timing=Timing.fast()) as running:
        yield running


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: ThreadedServer) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TIAOWEN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", server.url)


def test_all_is_well_where_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Store(tmp_path / "state").close()
    assert main(["doctor", "--live"]) == 0
    out = capsys.readouterr().out
    assert "✓ Telegram knows the token: @" in out
    assert "no webhook set" in out and "✓ the clock" in out and "intact" in out
    assert TOKEN not in out and TOKEN.partition(":")[2] not in out


def test_a_token_that_is_refused_is_in_the_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN + "x")
    assert main(["doctor", "--live"]) == 1
    out = capsys.readouterr().out
    assert "✗ Telegram does not accept TELEGRAM_BOT_TOKEN" in out and TOKEN not in out


def test_a_server_that_is_not_there_is_in_the_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    assert main(["doctor", "--live"]) == 1
    out = capsys.readouterr().out
    assert "does not answer (ConnectError)" in out and TOKEN not in out


def test_a_damaged_database_is_in_the_way(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Store(tmp_path / "state").close()
    path = tmp_path / "state" / "bot.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO tally VALUES (?, 'a', 'b', 1)", [(str(n),) for n in range(2000)]
        )
    connection.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    assert main(["doctor", "--live"]) == 1
    assert "damaged" in capsys.readouterr().out
