"""The dense leg, over vectors whose cosines can be read off."""

import numpy as np
import pytest

from retrieval import dense
from retrieval.dense import DenseIndex, best_per_group
from retrieval.engines import FaissIndex
from retrieval.passages import Passage

PASSAGES = (
    Passage(4, "article", "four"),
    Passage(4, "sentence", "4a", (0, 2)),
    Passage(4, "sentence", "4b", (2, 4)),
    Passage(4, "sentence", "who wrote it"),
    Passage(7, "article", "seven"),
    Passage(7, "sentence", "7a", (0, 2)),
)
COSINES = np.array([0.1, 0.9, 0.3, 0.95, 0.5, -0.2], dtype=np.float32)


@pytest.fixture
def index() -> DenseIndex:
    """An index whose vectors have the cosines above with the first axis."""
    vectors = np.stack([COSINES, np.sqrt(1 - COSINES**2)], axis=1)
    return DenseIndex(FaissIndex.build(vectors), PASSAGES, {4: 0, 7: 1})


QUERY = np.array([1.0, 0.0], dtype=np.float32)


def test_an_article_has_the_cosine_of_its_text_and_of_its_best_sentence(index: DenseIndex) -> None:
    scores = index.scores(QUERY)
    assert scores.article == pytest.approx([0.1, 0.5])
    assert scores.sentence == pytest.approx([0.95, -0.2])
    assert scores.passages == pytest.approx(COSINES)


def test_the_opposite_question_has_the_opposite_scores(index: DenseIndex) -> None:
    scores = index.scores(-QUERY)
    assert scores.sentence == pytest.approx([-0.3, 0.2])


def test_what_may_be_marked_are_the_sentences_and_the_facts(index: DenseIndex) -> None:
    assert index.sentences_of(0) == (1, 2, 3)
    assert index.sentences_of(1) == (5,)
    assert index.passage(2) == PASSAGES[2]


def test_beyond_the_nearest_a_passage_counts_as_the_farthest_of_them(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "MAX_HITS", 3)
    scores = index.scores(QUERY)
    assert np.isnan(scores.passages).tolist() == [True, False, True, False, False, True]
    assert scores.article == pytest.approx([0.5, 0.5])
    assert scores.sentence == pytest.approx([0.95, 0.5])


def test_the_best_of_each_group_is_kept_and_an_empty_group_has_the_lowest_of_all() -> None:
    values = np.array([0.2, 0.8, 0.4], dtype=np.float32)
    best = best_per_group(values, np.array([1, 1, 3]), 4)
    assert best == pytest.approx([0.2, 0.8, 0.2, 0.4])


def test_groups_of_no_values_at_all_are_zero() -> None:
    none = np.empty(0, dtype=np.float32)
    assert best_per_group(none, np.empty(0, dtype=np.int64), 2).tolist() == [0.0, 0.0]
