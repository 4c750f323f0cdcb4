"""Decision: status and citations from probabilities, under thresholds given in the test."""

from dataclasses import replace

import numpy as np
import pytest

from retrieval.decision import MAX_CITED, SHOWN, decide
from retrieval.fusion import Fused, FusionWeights

WEIGHTS = FusionWeights(answered=0.6, cited=0.5)


def _fused(*probabilities: float, near: float = 0.0) -> Fused:
    array = np.array(probabilities)
    off = 1.0 - float(array.sum()) - near
    return Fused(np.log(array + 1e-12), array, near, off, nearness=array)


def test_articles_that_are_likely_together_answer_although_none_is_alone() -> None:
    decision = decide(_fused(0.4, 0.05, 0.3, near=0.1), WEIGHTS)
    assert decision.status == "answered"
    assert decision.cited == (0, 2)
    assert decision.related == (1,)


def test_only_those_near_the_best_are_cited() -> None:
    decision = decide(_fused(0.8, 0.1, 0.05), WEIGHTS)
    assert decision.cited == (0,)
    assert decision.related == (1, 2)


def test_a_question_of_the_field_without_an_answer_is_offered_the_nearest() -> None:
    decision = decide(_fused(0.15, 0.3, 0.05, 0.04, 0.03, near=0.3), WEIGHTS)
    assert decision.status == "related"
    assert decision.cited == ()
    assert decision.related[0] == 1
    assert len(decision.related) < SHOWN


def test_what_is_offered_is_ordered_by_nearness_and_not_by_what_would_answer() -> None:
    fused = replace(_fused(0.3, 0.1, 0.1, near=0.4), nearness=np.array([1.0, 2.0, 3.0]))
    assert decide(fused, WEIGHTS).related == (2, 1, 0)
    assert decide(replace(fused, probabilities=np.array([0.9, 0.1, 0.0])), WEIGHTS).cited == (0,)


def test_what_has_nothing_to_do_with_the_document_is_not_found() -> None:
    decision = decide(_fused(0.1, 0.1, near=0.2), WEIGHTS)
    assert (decision.status, decision.cited, decision.related) == ("not_found", (), ())


def test_a_question_about_another_laws_article_is_never_answered() -> None:
    decision = decide(_fused(0.99, 0.0), WEIGHTS, may_answer=False)
    assert decision.status == "related"
    assert decision.cited == ()
    assert decision.related[0] == 0


def test_ties_are_decided_by_position() -> None:
    decision = decide(_fused(*[0.1] * 10), WEIGHTS)
    assert decision.cited == tuple(range(MAX_CITED))
    assert decision.related == tuple(range(MAX_CITED, SHOWN))


def test_at_most_a_few_are_cited_and_no_article_stands_twice() -> None:
    decision = decide(_fused(*[0.02] * 50), WEIGHTS)
    shown = decision.cited + decision.related
    assert len(decision.cited) <= MAX_CITED
    assert len(shown) == len(set(shown)) <= SHOWN


def test_the_confidence_is_that_of_the_best_article() -> None:
    for fused in (_fused(0.7, 0.1), _fused(0.3, 0.1, near=0.5), _fused(0.1, 0.05)):
        best, somewhere = float(fused.probabilities.max()), float(fused.probabilities.sum())
        assert decide(fused, WEIGHTS).confidence == pytest.approx(
            WEIGHTS.confidence(best, somewhere)
        )


def test_a_document_of_one_article_can_answer() -> None:
    assert decide(_fused(0.9), WEIGHTS).cited == (0,)
