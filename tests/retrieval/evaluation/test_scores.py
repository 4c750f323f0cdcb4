"""Each case has one value a figure, and none where the figure does not concern it."""

import math

import numpy as np
import pytest

from retrieval.evaluation.scores import score


def test_a_partly_right_article_first_costs_ndcg_but_is_not_right(make_case) -> None:
    found = score([make_case(gold=(2,), ok=(1,), shown=(1, 2))])
    assert found.values["top1"][0] == 0.0
    assert found.values["mrr"][0] == 0.5
    gained, ideal = 1 + 2 / math.log2(3), 2 + 1 / math.log2(3)
    assert found.values["ndcg10"][0] == pytest.approx(gained / ideal)


def test_unanswerable_questions_change_no_ranking_figure(make_case) -> None:
    asked = make_case("a", (1,), (3, 1))
    nothing = make_case("b", (), (3, 1))
    alone, beside = score([asked]), score([nothing, asked])
    for name in ("top1", "top3", "mrr", "ndcg10"):
        assert np.isnan(beside.values[name][0])
        assert beside.values[name][1] == alone.values[name][0]


def test_an_answerable_question_that_is_shown_nothing_counts_as_wrong(make_case) -> None:
    found = score([make_case(shown=(), status="not_found")])
    assert [found.values[n][0] for n in ("top1", "top3", "mrr", "ndcg10")] == [0, 0, 0, 0]
    assert found.values["false_refusals"][0] == 1


def test_near_misses_are_counted_apart_from_the_other_unanswerable(make_case) -> None:
    group = [
        make_case("a", (), (1,), kind="near_miss"),
        make_case("b", (), (1,), "related", kind="near-miss"),
        make_case("c", (), (), "not_found", kind="hostile"),
    ]
    found = score(group)
    assert found.counted("refused_near_misses").tolist() == [0, 1]
    assert found.counted("refused_others").tolist() == [1]
    assert found.counted("false_answers").tolist() == [1, 0, 0]


def test_an_unanswerable_question_is_never_right(make_case) -> None:
    assert score([make_case(gold=()), make_case()]).right.tolist() == [0, 1]


def test_nothing_but_unanswerable_questions_can_be_scored(make_case) -> None:
    assert len(score([make_case(gold=())]).counted("top1")) == 0
