"""Batches hold every question once, in the same order for the same seed."""

import random

from corpus import Question
from retrieval.training.batches import batches

QUESTIONS = [Question(str(i), "x" * (i % 17 + 1)) for i in range(100)]


def test_every_question_is_in_exactly_one_batch() -> None:
    found = batches(QUESTIONS, 8, random.Random(1))
    assert sorted(q.id for batch in found for q in batch) == sorted(q.id for q in QUESTIONS)
    assert max(map(len, found)) == 8


def test_the_same_seed_gives_the_same_batches_and_another_seed_others() -> None:
    assert batches(QUESTIONS, 8, random.Random(1)) == batches(QUESTIONS, 8, random.Random(1))
    assert batches(QUESTIONS, 8, random.Random(1)) != batches(QUESTIONS, 8, random.Random(2))


def test_a_batch_holds_questions_of_similar_length() -> None:
    spreads = [
        max(len(q.text) for q in batch) - min(len(q.text) for q in batch)
        for batch in batches(QUESTIONS, 8, random.Random(3))
    ]
    assert sum(spreads) / len(spreads) < 4
