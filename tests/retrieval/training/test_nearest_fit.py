"""What comes nearest is learned from near misses that say so, apart from what answers."""

import numpy as np

from corpus import Question
from retrieval.dense import DenseScores
from retrieval.evidence import Evidence
from retrieval.fusion import FusionWeights, fuse
from retrieval.training.nearest_fit import LEAST_LABELLED, fit_nearest

ARTICLES = 5
POSITIONS = {number: number for number in range(ARTICLES)}


def _labelled(seed: int, count: int) -> tuple[list[Question], list[Evidence]]:
    """Make near misses whose words tell the nearest article, and whose cosines tell another."""
    random = np.random.default_rng(seed)
    questions, evidence = [], []
    for row in range(count):
        near = int(random.integers(ARTICLES))
        cosines = random.normal(0.8, 0.02, (2, ARTICLES)).astype(np.float32)
        cosines[:, (near + 1) % ARTICLES] += 0.05
        lexical = random.random(ARTICLES).astype(np.float32)
        lexical[near] += 0.7
        dense = DenseScores(cosines[0], cosines[1], np.zeros(0, np.float32))
        questions.append(Question(str(row), "?", "en", "near_miss", near=(near,)))
        evidence.append(Evidence(dense, lexical))
    return questions, evidence


def _right(questions: list[Question], evidence: list[Evidence], weights: FusionWeights) -> float:
    found = [int(fuse(e, weights).nearness.argmax()) for e in evidence]
    return float(np.mean([at in q.near for at, q in zip(found, questions, strict=True)]))


def test_the_leg_that_knows_what_is_nearest_orders_unseen_near_misses() -> None:
    before = FusionWeights()
    fitted = fit_nearest(*_labelled(1, 300), POSITIONS, before)
    unseen = _labelled(2, 300)
    assert _right(*unseen, fitted) > 0.7 > _right(*unseen, before)


def test_nearness_leaves_what_answers_alone() -> None:
    fitted = fit_nearest(*_labelled(1, 300), POSITIONS, FusionWeights())
    _, evidence = _labelled(2, 1)
    assert np.array_equal(
        fuse(evidence[0], fitted).shares, fuse(evidence[0], FusionWeights()).shares
    )


def test_too_few_labels_change_nothing() -> None:
    few = _labelled(1, LEAST_LABELLED - 1)
    assert fit_nearest(*few, POSITIONS, FusionWeights()) == FusionWeights()
