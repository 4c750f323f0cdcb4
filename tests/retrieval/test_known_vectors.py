"""Vectors kept in the pack spare a first run the encoding, and are never taken for another's."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import ArtefactError
from retrieval.known_vectors import FILE, KnownVectors, write_known_vectors

TEXTS = ["海關 🛃", "what about plutonium", ""]


@pytest.fixture
def vectors() -> np.ndarray:
    rows = np.random.default_rng(1).normal(size=(3, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _never(texts: object) -> np.ndarray:
    raise AssertionError(f"encoded {texts}")


def test_a_kept_vector_is_the_questions_own(tmp_path: Path, vectors: np.ndarray) -> None:
    write_known_vectors(tmp_path / FILE, "e", TEXTS, vectors)
    kept = KnownVectors.read(tmp_path / FILE, "e")
    assert kept is not None
    found = kept.complete(TEXTS[::-1], _never)
    assert (found * vectors[::-1]).sum(1).min() > 0.9998
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0)


def test_a_question_that_came_later_is_encoded(tmp_path: Path, vectors: np.ndarray) -> None:
    write_known_vectors(tmp_path / FILE, "e", TEXTS, vectors)
    kept = KnownVectors.read(tmp_path / FILE, "e")
    assert kept is not None
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.ones((len(texts), 384), np.float32)

    found = kept.complete(["new", TEXTS[0], "newer"], encode)
    assert asked == ["new", "newer"]
    assert (found[[0, 2]] == 1).all()
    assert float(found[1] @ vectors[0]) > 0.9998


def test_vectors_of_another_encoder_are_left_aside(tmp_path: Path, vectors: np.ndarray) -> None:
    write_known_vectors(tmp_path / FILE, "e", TEXTS, vectors)
    assert KnownVectors.read(tmp_path / FILE, "other") is None
    assert KnownVectors.read(tmp_path / "missing", "e") is None


@pytest.mark.parametrize("length", [0, 7, 200, 1000])
def test_a_cut_file_is_named_as_damaged(tmp_path: Path, vectors: np.ndarray, length: int) -> None:
    write_known_vectors(tmp_path / FILE, "e", TEXTS, vectors)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:length])
    with pytest.raises(ArtefactError, match="damaged"):
        KnownVectors.read(tmp_path / FILE, "e")
