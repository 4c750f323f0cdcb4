"""Fusion: the arithmetic, not the numbers that training finds."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from retrieval import ArtefactError
from retrieval.dense import DenseScores
from retrieval.evidence import Evidence
from retrieval.fusion import Fused, FusionWeights, fuse, logit, pool

ONE_EACH = FusionWeights(
    article=2.0, sentence=3.0, lexical=0.5, known=4.0, near_bias=0.25, near_known=5.0,
    off_bias=-0.5, off_known=6.0, mean=7.0,
)  # fmt: skip


def _array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def _evidence(**more: object) -> Evidence:
    dense = DenseScores(_array(0.5, 0.25), _array(0.75, 0.0), _array())
    return Evidence(dense, _array(0.0, 8.0), **more)  # type: ignore[arg-type]


def test_a_score_is_the_weighted_sum_of_the_legs() -> None:
    assert fuse(_evidence(), ONE_EACH).scores == pytest.approx([3.25, 4.5])


def test_known_questions_add_to_articles_and_to_both_ways_of_not_answering() -> None:
    with_known = fuse(_evidence(known=_array(0.5, 0.0), near=0.1, off=0.2), ONE_EACH)
    assert with_known.scores == pytest.approx([5.25, 4.5])
    level = 7.0 * np.mean([3.25, 0.5])
    logits = np.array([5.25, 4.5, 0.25 + level + 0.5, -0.5 + level + 1.2])
    expected = np.exp(logits) / np.exp(logits).sum()
    found = [*with_known.probabilities, with_known.near, with_known.off]
    assert found == pytest.approx(expected)


def test_the_words_people_ask_with_speak_for_articles_and_for_both_ways_of_not_answering() -> None:
    weights = FusionWeights(article=0.0, sentence=0.0, lexical=0.0, association=2.0, mean=0.0)
    fused = fuse(_evidence(association=_array(0.5, -0.5, 1.0, 0.0)), weights)
    logits = np.array([1.0, -1.0, 2.0, 0.0])
    assert fused.scores == pytest.approx(logits[:2])
    assert fused.shares == pytest.approx(np.exp(logits) / np.exp(logits).sum())


def test_probabilities_of_articles_and_of_none_add_up_to_one() -> None:
    for weights in (
        FusionWeights(),
        ONE_EACH,
        FusionWeights(article=1e6),
        FusionWeights(off_bias=-1e6),
    ):
        fused = fuse(_evidence(), weights)
        assert fused.probabilities.sum() + fused.near + fused.off == pytest.approx(1.0)
        assert (fused.probabilities >= 0).all()


def test_the_order_of_probabilities_is_that_of_scores() -> None:
    fused = fuse(_evidence(), ONE_EACH)
    assert np.argsort(fused.scores).tolist() == np.argsort(fused.probabilities).tolist()


def test_a_leg_that_finds_nothing_changes_nothing() -> None:
    dense = DenseScores(_array(0.5, 0.25), _array(0.75, 0.0), _array())
    without = fuse(Evidence(dense, _array(0.0, 0.0)), ONE_EACH)
    assert without.scores == pytest.approx([3.25, 0.5])


def test_where_none_answers_shared_words_count_for_more() -> None:
    fused = fuse(
        _evidence(),
        FusionWeights(article=8.0, sentence=0.0, lexical=0.1, mean=0.0, nearest_lexical=10.0),
    )
    assert fused.scores[0] > fused.scores[1]
    assert fused.nearness[0] < fused.nearness[1]


def test_a_pool_is_sure_of_what_all_readings_hold_likely() -> None:
    def reading(*shares: float) -> Fused:
        articles = np.array(shares)
        return Fused(articles, articles, 0.1, 0.9 - float(articles.sum()), nearness=articles)

    both = pool([reading(0.5, 0.3), reading(0.1, 0.5)])
    assert int(both.probabilities.argmax()) == int(both.scores.argmax()) == 1
    assert both.somewhere + both.near + both.off == pytest.approx(1.0)
    assert both.nearness == pytest.approx([0.3, 0.4])
    alone = pool([reading(0.5, 0.3)])
    assert alone.probabilities == pytest.approx([0.5, 0.3], abs=0.002)


def test_cosines_that_all_move_together_leave_the_probabilities_alone() -> None:
    weights = FusionWeights(article=2.0, sentence=3.0, lexical=0.0, mean=1.0)
    moved = DenseScores(_array(0.6, 0.35), _array(0.85, 0.1), _array())
    one, other = fuse(_evidence(), weights), fuse(Evidence(moved, _array(0.0, 0.0)), weights)
    assert one.probabilities == pytest.approx(other.probabilities, rel=1e-5)
    assert one.off == pytest.approx(other.off, rel=1e-5)


def test_confidence_is_the_logistic_of_the_weighted_log_odds() -> None:
    assert FusionWeights(
        confidence_best=1.0, confidence_somewhere=0.0, confidence_bias=0.0
    ).confidence(0.3, 0.9) == pytest.approx(0.3)
    weights = FusionWeights(confidence_best=0.5, confidence_somewhere=0.25, confidence_bias=0.1)
    log_odds = 0.5 * logit(0.3) + 0.25 * logit(0.9) + 0.1
    assert weights.confidence(0.3, 0.9) == pytest.approx(1 / (1 + math.exp(-log_odds)))


@pytest.mark.parametrize("best", [0.0, 1e-300, 0.5, 1.0])
@pytest.mark.parametrize("scale", [-1e9, -1.0, 0.0, 1.0, 1e9])
def test_confidence_stays_a_probability(best: float, scale: float) -> None:
    assert 0.0 <= FusionWeights(confidence_best=scale).confidence(best, 1.0) <= 1.0


def test_weights_read_back_as_they_were_written_with_facts_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(ONE_EACH.to_json(questions=12, note="鈽"), encoding="utf-8")
    assert FusionWeights.read(path) == ONE_EACH
    assert json.loads(path.read_text(encoding="utf-8"))["questions"] == 12


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:40],
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"lexical": 0.5', '"lexical": "much"'),
        lambda text: text.replace('"lexical": 0.5', '"lexical": null'),
        lambda text: text.replace('"lexical": 0.5', '"lexical": NaN'),
        lambda text: text.replace('"lexical": 0.5', '"lexical": Infinity'),
        lambda text: text.replace('"lexical"', '"lex"'),
        lambda text: text.replace('"version": 2', '"version": 1'),
    ],
)
def test_a_file_that_holds_no_usable_weights_is_refused_with_the_way_out(
    tmp_path: Path, damage
) -> None:
    path = tmp_path / "fusion.json"
    damaged = damage(ONE_EACH.to_json())
    assert damaged != ONE_EACH.to_json()
    path.write_text(damaged, encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"fusion\.json: .*tiaowen train"):
        FusionWeights.read(path)


def test_a_missing_file_of_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"fusion\.json"):
        FusionWeights.read(tmp_path / "fusion.json")
