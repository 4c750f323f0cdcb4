"""An adapter is used for the model it was trained on, whole, or not at all."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from corpus import Pack, open_pack
from retrieval.adapter import CARD, FOLDER, WEIGHTS, find_adapter
from retrieval.errors import ArtefactError

CONTENT = b"numbers"


@pytest.fixture
def pack_with_adapter(pack: Pack, tmp_path: Path) -> Pack:
    """A copy of the bundled pack with an adapter for the model "abc"."""
    for name in ("pack.toml", "articles.jsonl", "source.txt"):
        shutil.copy(pack.path / name, tmp_path)
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(CONTENT)
    card = {"model": "abc", "adapter_sha256": hashlib.sha256(CONTENT).hexdigest()}
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    return open_pack(str(tmp_path))


def test_the_adapter_of_its_own_model_is_found(pack_with_adapter: Pack) -> None:
    found = find_adapter(pack_with_adapter, "abc")
    assert found is not None
    assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_another_models_adapter_is_left_alone(pack_with_adapter: Pack) -> None:
    assert find_adapter(pack_with_adapter, "another") is None


def test_a_pack_without_an_adapter_has_none(pack_with_adapter: Pack) -> None:
    shutil.rmtree(pack_with_adapter.path / FOLDER)
    assert find_adapter(pack_with_adapter, "abc") is None


def test_a_damaged_adapter_is_refused_and_says_what_to_do(pack_with_adapter: Pack) -> None:
    (pack_with_adapter.path / FOLDER / WEIGHTS).write_bytes(b"numbers!")
    with pytest.raises(ArtefactError, match=r"damaged.*tiaowen train"):
        find_adapter(pack_with_adapter, "abc")


@pytest.mark.parametrize("missing", [CARD, WEIGHTS])
def test_an_incomplete_adapter_is_refused(pack_with_adapter: Pack, missing: str) -> None:
    (pack_with_adapter.path / FOLDER / missing).unlink()
    with pytest.raises(ArtefactError, match="not a complete adapter"):
        find_adapter(pack_with_adapter, "abc")
