"""What a build depends on: changed input is built anew, unchanged input is found again."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import Pack
from retrieval import ArtefactError, RetrievalSettings, Retriever
from retrieval.artefacts import ArtefactStore, no_progress
from retrieval.build import artefact_keys, build
from retrieval.encoder import OnnxEncoder
from retrieval.search import load_search


@pytest.fixture
def _model(tmp_path: Path) -> str:
    """Any folder with files has a fingerprint; nothing here opens it as a model."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(b"1")
    return str(folder)


def test_the_same_pack_and_model_have_the_same_keys(small_pack: Pack, _model: str) -> None:
    assert artefact_keys(small_pack, _model) == artefact_keys(small_pack, _model)


def test_another_model_changes_both_keys(small_pack: Pack, _model: str) -> None:
    before = artefact_keys(small_pack, _model)
    (Path(_model) / "weights.bin").write_bytes(b"2")
    after = artefact_keys(small_pack, _model)
    assert before.encoder != after.encoder
    assert before.vectors != after.vectors


def test_another_document_changes_the_vectors_and_not_the_encoder(
    small_pack: Pack, _model: str
) -> None:
    before = artefact_keys(small_pack, _model)
    after = artefact_keys(replace(small_pack, sha256="1" * 64), _model)
    assert before.encoder == after.encoder
    assert before.vectors != after.vectors


def test_other_known_questions_or_labels_change_the_vectors(small_pack: Pack, _model: str) -> None:
    path = small_pack.path / "train.jsonl"
    keys = [artefact_keys(small_pack, _model)]
    for gold in ([1], [2]):
        record = {"id": "1", "question": "who brings apple", "gold": gold}
        path.write_text(json.dumps(record) + "\n", encoding="utf-8")
        keys.append(artefact_keys(small_pack, _model))
    assert len({k.vectors for k in keys}) == 3
    assert len({k.encoder for k in keys}) == 1


@pytest.fixture
def _encoders_built(monkeypatch: pytest.MonkeyPatch, word_encoder) -> list[str]:
    """Let the explainable encoder stand for a built one, and count the builds."""
    built: list[str] = []

    def build_encoder(model: str, out: Path, progress: object) -> None:
        built.append(model)
        (out / "model.onnx").write_bytes(b"weights" * 100)

    monkeypatch.setattr("retrieval.build.build_encoder", build_encoder)
    monkeypatch.setattr(OnnxEncoder, "load", lambda folder, threads=None: word_encoder)
    return built


def test_what_is_built_is_found_again_and_answers_the_same(
    small_pack: Pack, _model: str, _encoders_built: list[str], tmp_path: Path
) -> None:
    store = ArtefactStore(tmp_path / "cache")
    steps: list[float] = []
    first = load_search(small_pack, _model, store, lambda step, share: steps.append(share))
    assert _encoders_built == [_model]
    assert steps
    assert all(0.0 <= share <= 1.0 for share in steps)
    steps.clear()
    second = load_search(small_pack, _model, store, lambda step, share: steps.append(share))
    assert _encoders_built == [_model]
    assert steps == []
    one, other = first.find("cheese"), second.find("cheese")
    assert np.array_equal(one.dense.passages, other.dense.passages)
    assert np.array_equal(one.lexical, other.lexical)


def test_a_changed_bit_in_an_index_is_never_served(
    small_pack: Pack, _model: str, _encoders_built: list[str], tmp_path: Path
) -> None:
    store = ArtefactStore(tmp_path / "cache")
    built = build(small_pack, _model, store, no_progress)
    path = built.vectors / "passages.faiss"
    before = path.read_bytes()
    damaged = bytearray(before)
    damaged[-5] ^= 0x40  # a bit of the last vector, which faiss itself loads without a word
    path.write_bytes(damaged)
    assert built.passages().size > 0
    load_search(small_pack, _model, store, no_progress)
    assert path.read_bytes() == before
    assert len(_encoders_built) == 1  # the encoder was intact


def test_a_damaged_encoder_is_built_again_and_the_vectors_are_kept(
    small_pack: Pack, _model: str, _encoders_built: list[str], tmp_path: Path
) -> None:
    store = ArtefactStore(tmp_path / "cache")
    built = build(small_pack, _model, store, no_progress)
    vectors = (built.vectors / "passages.faiss").stat().st_mtime_ns
    (built.encoder / "model.onnx").write_bytes(b"weights")
    build(small_pack, _model, store, no_progress)
    assert len(_encoders_built) == 2
    assert (built.vectors / "passages.faiss").stat().st_mtime_ns == vectors


def test_known_questions_are_kept_with_their_labels(
    small_pack: Pack, _model: str, _encoders_built: list[str], tmp_path: Path
) -> None:
    record = {"id": "1", "question": "誰 brings apple", "kind": "fact", "lang": "en", "gold": [1]}
    (small_pack.path / "train.jsonl").write_text(
        json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    built = build(small_pack, _model, ArtefactStore(tmp_path / "cache"), no_progress)
    known = built.known()
    assert known is not None
    assert known.whole.size == 1
    assert [(q.id, q.text, q.kind, q.gold) for q in known.questions] == [
        ("1", "誰 brings apple", "fact", (1,))
    ]


def test_a_pack_without_known_questions_has_none_built(
    small_pack: Pack, _model: str, _encoders_built: list[str], tmp_path: Path
) -> None:
    assert build(small_pack, _model, ArtefactStore(tmp_path / "cache"), no_progress).known() is None


def test_where_nothing_can_be_written_opening_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    settings = RetrievalSettings("hague-2014", "bundled", "faiss", blocked)
    with pytest.raises(ArtefactError, match="TIAOWEN_CACHE_DIR"):
        Retriever.open(settings=settings)
