"""`tiaowen train` fits a pack to its questions, and tells how it then fares on dev."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from corpus import Pack
from retrieval import fusion
from retrieval.adapter import CARD, FOLDER, WEIGHTS

LATER = {"id": "later", "question": "which ferry", "gold": [1], "lang": "en", "kind": "fact"}


@pytest.fixture
def words(
    labelled_pack: Pack, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[str]:
    """Return the words that train a small pack for a tiny model."""
    monkeypatch.setenv("EMBEDDING_MODEL", str(tiny_model))
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(tmp_path / "cache"))
    return ["train", "--pack", str(labelled_pack.path)]


def card_of(pack: Pack) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((pack.path / FOLDER / CARD).read_bytes())
    return card


def test_an_adapter_is_trained_and_then_kept_while_the_weights_are_fitted_anew(
    words: list[str], labelled_pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert "answerable: 18\n" in out and "answered_right: " in out
    assert err.startswith(f"Training {labelled_pack.path}") and "training, epoch 1" in err
    weights, card = labelled_pack.path / FOLDER / WEIGHTS, card_of(labelled_pack)
    trained = weights.read_bytes()
    with (labelled_pack.path / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(LATER) + "\n")
    assert main([*words, "--keep-adapter"]) == 0
    out, err = capsys.readouterr()
    assert "answerable: 18\n" in out and "training, epoch" not in err
    kept = card_of(labelled_pack)
    assert weights.read_bytes() == trained and kept["adapter_sha256"] == card["adapter_sha256"]
    assert kept["data"]["train_sha256"] != card["data"]["train_sha256"]
    fitted = json.loads((labelled_pack.path / fusion.FILE).read_bytes())
    assert fitted["fitted_on"] == kept["data"]


def test_without_an_adapter_there_is_none_to_keep(
    words: list[str], labelled_pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--keep-adapter"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "no adapter to keep" in err and "Traceback" not in err
    assert not (labelled_pack.path / FOLDER).exists()
