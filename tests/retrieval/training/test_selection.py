"""What was learned best is rehearsed by chance, the rest comes up every time."""

import random

import torch

from corpus import Question
from retrieval.training.selection import REHEARSED, Selection

QUESTIONS = [Question(f"q-{i}", "?", "en", "fact", (1,)) for i in range(1000)]


def test_the_first_epoch_holds_every_question_in_order() -> None:
    assert Selection(QUESTIONS).choose(random.Random(1)) == QUESTIONS


def test_the_half_that_is_learned_less_comes_up_every_time_and_the_rest_by_chance() -> None:
    selection = Selection(QUESTIONS)
    selection.keep(QUESTIONS, torch.arange(1000, 0, -1) / 100)
    chosen = selection.choose(random.Random(1))
    assert chosen[:500] == QUESTIONS[:500]
    assert abs(len(chosen) - 500 - 500 * REHEARSED) < 50
    assert selection.choose(random.Random(1)) == chosen
    assert selection.choose(random.Random(2)) != chosen


def test_what_was_left_out_comes_up_in_its_turn() -> None:
    selection = Selection(QUESTIONS)
    selection.keep(QUESTIONS, torch.arange(1000, 0, -1) / 100)
    selection.keep(QUESTIONS[:500], torch.zeros(500))
    assert selection.choose(random.Random(1))[-500:] == QUESTIONS[500:]


def test_no_questions_are_no_epoch() -> None:
    assert Selection([]).choose(random.Random(1)) == []
