"""Fitting finds which leg to trust, and calibration makes probabilities mean what they say."""

from dataclasses import replace

import numpy as np
import pytest

from corpus import Question
from retrieval.dense import DenseScores
from retrieval.evidence import Evidence
from retrieval.fusion import fuse
from retrieval.training.fusion_fit import (
    MAX_FALSE_REFUSALS,
    Labelled,
    as_good_as_the_best,
    calibrate,
    fit_joined,
    fit_weights,
)

ARTICLES = 6


def labelled(seed: int, count: int = 400) -> Labelled:
    """Make questions whose known leg tells the truth three times in four and the rest is noise."""
    random = np.random.default_rng(seed)
    questions, evidence = [], []
    wanted = np.zeros((count, ARTICLES + 2))
    for row in range(count):
        right = int(random.integers(ARTICLES + 2))
        wanted[row, right] = 1
        seen = right if random.random() < 0.75 else int(random.integers(ARTICLES + 2))
        known = random.normal(0.5, 0.05, ARTICLES + 2)
        known[seen] += 0.3
        noise = random.normal(0.8, 0.02, (2, ARTICLES)).astype(np.float32)
        dense = DenseScores(noise[0], noise[1], np.zeros(0, np.float32))
        lexical = np.zeros(ARTICLES, np.float32)
        evidence.append(
            Evidence(
                dense, lexical, (), known[:ARTICLES].astype(np.float32), *map(float, known[-2:])
            )
        )
        kind = {ARTICLES: "near_miss", ARTICLES + 1: "chitchat"}.get(right, "fact")
        gold = (right,) if right < ARTICLES else ()
        questions.append(Question(str(row), "?", "en", kind, gold))
    return Labelled(tuple(questions), tuple(evidence), wanted)


def test_the_leg_that_tells_the_truth_gets_the_weight() -> None:
    weights = fit_weights(labelled(1))
    assert weights.known > 5
    assert weights.known > 2 * abs(weights.article)
    assert weights.known > 2 * abs(weights.sentence)


def test_calibrated_confidence_is_how_often_the_best_article_is_right() -> None:
    weights = calibrate(labelled(2), fit_weights(labelled(1)))
    unseen = labelled(3, 1_000)
    confidence, right = [], []
    for found, wanted in zip(unseen.evidence, unseen.wanted, strict=True):
        p = fuse(found, weights).probabilities
        confidence.append(weights.confidence(float(p.max()), float(p.sum())))
        right.append(bool(wanted[int(p.argmax())]))
    confident = np.array(confidence) > np.median(confidence)
    hits = np.array(right)
    assert np.mean(confidence) == pytest.approx(hits.mean(), abs=0.05)
    assert np.mean(np.array(confidence)[confident]) == pytest.approx(
        hits[confident].mean(), abs=0.07
    )


def test_calibration_does_not_change_which_article_is_best() -> None:
    fitted = fit_weights(labelled(1))
    calibrated = calibrate(labelled(2), fitted)
    for found in labelled(3).evidence:
        assert fuse(found, fitted).scores.argmax() == fuse(found, calibrated).scores.argmax()


def test_few_answerable_questions_are_refused_by_the_threshold() -> None:
    data = labelled(2)
    weights = calibrate(data, fit_weights(labelled(1)))
    refused = [
        float(fuse(found, weights).probabilities.sum()) < weights.answered
        for found, question in zip(data.evidence, data.questions, strict=True)
        if question.gold
    ]
    assert np.mean(refused) <= MAX_FALSE_REFUSALS + 1 / len(refused)


def test_what_speaks_for_an_article_never_counts_against_it() -> None:
    data = labelled(1)
    for found, wanted in zip(data.evidence, data.wanted, strict=True):
        # Words are shared with every article but the right one.
        found.lexical[:] = 1.0 - wanted[:ARTICLES]
    weights = fit_weights(data)
    assert weights.lexical == 0.0
    assert min(weights.article, weights.sentence, weights.known) >= 0.0


def test_follow_ups_have_weights_of_their_own_and_the_thresholds_of_all() -> None:
    whole, follow_ups = labelled(1), labelled(2)
    joined = tuple(replace(q, text="what | why") for q in follow_ups.questions)
    deaf = tuple(
        replace(e, known=np.full(ARTICLES, 0.5, np.float32), near=0.5, off=0.5)
        for e in follow_ups.evidence
    )
    both = Labelled(
        whole.questions + joined,
        whole.evidence + deaf,
        np.concatenate([whole.wanted, follow_ups.wanted]),
    )
    weights = replace(fit_weights(whole), answered=0.4, cited=0.3)
    own = fit_joined(both, weights)
    assert own is not None
    # What tells the truth of whole questions tells nothing of these.
    assert own.known < 1 < weights.known
    assert (own.answered, own.cited) == (0.4, 0.3)
    assert fit_joined(whole, weights) is None


def test_a_share_hardly_worse_than_the_best_counts_as_good_and_a_clearly_worse_one_does_not() -> (
    None
):
    right = np.random.default_rng(4).random((400, 1)) < 0.9
    scores = np.hstack([right * 0.5, right * 0.99, right * 1.0, right * 0.995])
    assert as_good_as_the_best(scores).tolist() == [False, True, True, True]
