"""Health tells the last contact with Telegram and what failed since, in a file others can read."""

import json
from pathlib import Path

from telegram.error import NetworkError

from bot.delivery import Health
from bot.delivery.health import FILE, read_health


def test_a_failure_shows_and_a_contact_clears_it(tmp_path: Path) -> None:
    health = Health(tmp_path)
    assert not health.is_well and read_health(tmp_path) is None
    health.got_through()
    assert health.is_well
    health.failed(NetworkError("https://api.telegram.org/bot123:secret/getMe"))
    health.failed(NetworkError("again"))
    assert not health.is_well and (health.failures, health.error) == (2, "NetworkError")
    stored = read_health(tmp_path)
    assert stored is not None and stored["error"] == "NetworkError" and stored["failures"] == 1
    assert "secret" not in (tmp_path / FILE).read_text()
    health.got_through()
    stored = read_health(tmp_path)
    assert health.is_well and stored is not None and stored["failures"] == 0


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    health = Health(tmp_path / "missing")
    health.got_through()
    assert health.is_well


def test_a_file_that_is_no_health_is_none(tmp_path: Path) -> None:
    for text in ("", "[1]", "{", json.dumps("x")):
        (tmp_path / FILE).write_text(text)
        assert read_health(tmp_path) is None
