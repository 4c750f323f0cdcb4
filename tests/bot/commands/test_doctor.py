"""`tiaowen doctor` says what is there, and what to do about what is not."""

from pathlib import Path

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(tmp_path / "cache"))


def test_a_healthy_machine_is_told_what_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "✓ pack hague-2014" in out
    assert "37 articles" in out
    assert "TELEGRAM_BOT_TOKEN is missing" in out
    assert "not built yet" in out


def test_a_missing_pack_is_in_the_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAOWEN_PACK", "no-such-pack")
    assert main(["doctor"]) == 1
    assert "✗ There is no pack 'no-such-pack'" in capsys.readouterr().out


def test_a_missing_model_folder_is_in_the_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "./no-such-model")
    assert main(["doctor"]) == 1
    assert "✗ EMBEDDING_MODEL" in capsys.readouterr().out


def test_the_token_is_never_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "123456:a-secret-that-is-long-enough-to-be-one"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "Telegram token set" in out
    assert "secret" not in out
