"""The contract of every vector engine: add an engine to `ENGINES` and it is held to all of this."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import EngineError
from retrieval.engines import FaissIndex, VectorIndex

Vectors = NDArray[np.float32]
ENGINES: dict[str, Callable[[Vectors], VectorIndex]] = {"faiss": FaissIndex.build}


@pytest.fixture(params=ENGINES)
def build(request: pytest.FixtureRequest) -> Callable[[Vectors], VectorIndex]:
    return ENGINES[request.param]


def unit_rows(count: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def exact(vectors: Vectors, queries: Vectors, k: int) -> tuple[Vectors, NDArray[np.int64]]:
    scores = queries @ vectors.T
    order = np.lexsort((np.broadcast_to(np.arange(len(vectors)), scores.shape), -scores))[:, :k]
    return np.take_along_axis(scores, order, 1), order


@pytest.mark.parametrize(
    ("count", "k"), [(1, 1), (7, 3), (500, 1), (500, 120), (500, 500), (3, 10)]
)
@pytest.mark.parametrize("queries", [1, 5, 40])
def test_the_nearest_are_those_that_numpy_finds(
    build: Callable[[Vectors], VectorIndex], count: int, k: int, queries: int
) -> None:
    vectors, asked = unit_rows(count, 24, 1), unit_rows(queries, 24, 2)
    scores, positions = build(vectors).search(asked, k)
    expected_scores, expected_positions = exact(vectors, asked, k)
    assert scores.shape == positions.shape == (queries, min(k, count))
    assert np.array_equal(positions, expected_positions)
    assert np.allclose(scores, expected_scores, atol=1e-6)


@pytest.mark.parametrize("k", [1, 2, 5, 40, 41, 60, 150, 199, 200])
def test_equal_scores_are_ordered_by_position_at_any_cut(
    build: Callable[[Vectors], VectorIndex], k: int
) -> None:
    axes = np.eye(4, dtype=np.float32)
    vectors = axes[np.arange(200) % 4]  # every fourth vector is the same
    query = np.array([[0.8, 0.6, 0.0, 0.0]], dtype=np.float32)
    scores, positions = build(vectors).search(query, k)
    expected_scores, expected = exact(vectors, query, k)
    assert positions.tolist() == expected.tolist()
    assert np.allclose(scores, expected_scores)


def test_all_equal_vectors_come_in_their_own_order(build: Callable[[Vectors], VectorIndex]) -> None:
    vectors = np.tile(unit_rows(1, 8, 3), (300, 1))
    _, positions = build(vectors).search(vectors[:2], 7)
    assert positions.tolist() == [list(range(7))] * 2


def test_a_vector_finds_itself_first(build: Callable[[Vectors], VectorIndex]) -> None:
    vectors = unit_rows(50, 16, 4)
    scores, positions = build(vectors).search(vectors, 1)
    assert positions[:, 0].tolist() == list(range(50))
    assert np.allclose(scores, 1.0, atol=1e-5)


def test_the_size_is_the_number_of_vectors(build: Callable[[Vectors], VectorIndex]) -> None:
    assert build(unit_rows(9, 8, 5)).size == 9


@pytest.mark.parametrize("shape", [(1, 7), (1, 9), (8,), (0,), (1, 1, 8)])
def test_queries_of_another_dimension_are_refused_with_both_numbers(
    build: Callable[[Vectors], VectorIndex], shape: tuple[int, ...]
) -> None:
    index = build(unit_rows(9, 8, 5))
    with pytest.raises(EngineError, match=r"expected \(n, 8\)"):
        index.search(np.ones(shape, dtype=np.float32), 1)


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_is_refused(build: Callable[[Vectors], VectorIndex], k: int) -> None:
    with pytest.raises(EngineError, match="expected 1 or more"):
        build(unit_rows(9, 8, 5)).search(unit_rows(1, 8, 6), k)


def test_no_queries_have_no_results(build: Callable[[Vectors], VectorIndex]) -> None:
    scores, positions = build(unit_rows(9, 8, 5)).search(np.empty((0, 8), dtype=np.float32), 3)
    assert scores.shape == positions.shape == (0, 3)


@pytest.mark.parametrize("shape", [(0, 8), (0,), (8,), (3, 0), (1, 2, 3)])
def test_an_index_of_nothing_is_refused(
    build: Callable[[Vectors], VectorIndex], shape: tuple[int, ...]
) -> None:
    with pytest.raises(EngineError, match="expected"):
        build(np.ones(shape, dtype=np.float32))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_vector_that_is_not_finite_is_refused(
    build: Callable[[Vectors], VectorIndex], value: float
) -> None:
    vectors = unit_rows(3, 8, 7)
    vectors[1, 2] = value
    with pytest.raises(EngineError, match="finite"):
        build(vectors)


def test_vectors_in_another_order_in_memory_are_read_right(
    build: Callable[[Vectors], VectorIndex],
) -> None:
    vectors = unit_rows(20, 8, 8)
    _, positions = build(np.asfortranarray(vectors)).search(np.asfortranarray(vectors[3:5]), 1)
    assert positions[:, 0].tolist() == [3, 4]


def test_searching_from_many_threads_finds_the_same(
    build: Callable[[Vectors], VectorIndex],
) -> None:
    vectors, asked = unit_rows(400, 24, 9), unit_rows(64, 24, 10)
    index = build(vectors)
    alone = [index.search(q[None], 5)[1].tolist() for q in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda q: index.search(q[None], 5)[1].tolist(), asked))
    assert together == alone


def test_a_stored_index_finds_what_the_saved_one_found(tmp_path: Path) -> None:
    vectors, asked = unit_rows(50, 16, 11), unit_rows(3, 16, 12)
    index = FaissIndex.build(vectors)
    index.save(tmp_path / "a.faiss")
    loaded = FaissIndex.load(tmp_path / "a.faiss")
    assert loaded.size == 50
    for ours, theirs in zip(loaded.search(asked, 9), index.search(asked, 9), strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("keep", [0, 3, 20, 500])
def test_a_truncated_file_is_refused_by_name(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.faiss"
    FaissIndex.build(unit_rows(50, 16, 13)).save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(EngineError, match=r"a\.faiss: faiss cannot use it"):
        FaissIndex.load(path)


def test_a_missing_file_and_a_missing_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"no\.faiss"):
        FaissIndex.load(tmp_path / "no.faiss")
    with pytest.raises(EngineError, match=r"no\.faiss"):
        FaissIndex.build(unit_rows(2, 4, 14)).save(tmp_path / "missing" / "no.faiss")
