"""The objective: the best sentence counts, any gold article is right, half-right ones are left out."""

import math

import pytest
import torch

from corpus import Question
from retrieval.training.objective import class_scores, half_right, loss, nearest_loss, targets

POSITIONS = {0: 0, 1: 1, 2: 2}


def question(kind: str = "fact", gold: tuple[int, ...] = (), ok: tuple[int, ...] = ()) -> Question:
    return Question("x", "?", "en", kind, gold, ok)


def test_an_article_scores_by_its_text_and_its_best_sentence() -> None:
    queries = torch.tensor([[1.0, 0.0]])
    whole = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    sentences = torch.tensor([[0.0, 1.0], [0.6, 0.8], [0.8, 0.6]])
    scores = class_scores(queries, whole, sentences, torch.tensor([0, 0, 1]))
    assert scores[0].tolist() == pytest.approx([(1.0 + 0.6) / 2, (0.0 + 0.8) / 2])


def test_each_question_wants_its_articles_or_one_of_the_two_others() -> None:
    wanted = targets(
        [question(gold=(1, 2)), question("near_miss"), question("chitchat")], POSITIONS
    )
    assert wanted.tolist() == [[0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]


def test_half_right_articles_are_neither_wanted_nor_held_against_it() -> None:
    mask = half_right([question(gold=(1,), ok=(1, 2)), question()], POSITIONS)
    assert mask.tolist() == [[False, False, True, False, False], [False] * 5]


def test_one_gold_article_is_enough_unless_all_are_needed() -> None:
    logits = torch.tensor([[9.0, -9.0, -9.0, -9.0, -9.0]])
    any_of, all_of = question(gold=(0, 1)), question("multi", gold=(0, 1))
    wanted = targets([any_of], POSITIONS)
    assert float(loss(logits, wanted, [any_of])) == pytest.approx(0.0, abs=1e-3)
    assert float(loss(logits, wanted, [all_of])) > 5


def test_a_near_miss_is_drawn_to_the_article_it_is_labelled_with_and_others_are_not() -> None:
    near = Question("x", "?", "en", "near_miss", (), (), (), (2,))
    scores = torch.zeros(2, 3, requires_grad=True)
    value = nearest_loss(scores, [near, question("near_miss")], POSITIONS)
    value.backward()
    assert value.item() == pytest.approx(math.log(3) / 2)
    assert scores.grad is not None
    assert scores.grad[0, 2] < 0 < scores.grad[0, 0]
    assert not scores.grad[1].any()
    assert nearest_loss(scores, [question(gold=(1,))], POSITIONS).item() == 0.0
