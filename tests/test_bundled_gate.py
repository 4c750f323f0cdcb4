"""The answers to the pack's dev questions stay as good as its gate asks."""

from pathlib import Path

import pytest

from bot.cli import main
from corpus import Pack


def test_the_gate_of_the_bundled_pack_holds(
    pack: Pack, cache_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(cache_dir))
    code = main(["evaluate", "--gate", str(pack.path / "gate.toml")])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    assert "10 of 10 lines hold" in captured.out
