"""The neighbour term: a question is pulled to those of its article and to no others."""

import pytest
import torch

from corpus import Question
from retrieval.training.neighbours import NeighbourBank

POSITIONS = {1: 0, 2: 1}
QUESTIONS = (
    Question("a", "a", gold=(1,)),
    Question("b", "b", gold=(1,)),
    Question("c", "c", gold=(2,)),
    Question("d", "d", gold=(2,), ok=(1,)),
)
UNIT = torch.eye(4)


def bank(seen: int = 4) -> NeighbourBank:
    made = NeighbourBank(4, QUESTIONS, POSITIONS)
    made.keep(UNIT[:seen], QUESTIONS[:seen])
    return made


def test_a_question_beside_one_of_its_article_costs_less_than_beside_another() -> None:
    asked = [QUESTIONS[0]]
    near_own = bank().loss(UNIT[[1]], asked, 0.1)
    near_other = bank().loss(UNIT[[2]], asked, 0.1)
    assert float(near_own) < 0.01 < 5 < float(near_other)


def test_a_question_is_no_neighbour_of_itself() -> None:
    # On its own vector all others are equally far: one of three is right.
    assert float(bank().loss(UNIT[[0]], [QUESTIONS[0]], 0.1)) == pytest.approx(
        torch.log(torch.tensor(3.0)).item()
    )


def test_what_is_partly_right_counts_neither_way() -> None:
    # Articles 1's questions are partly right for d: only c is left, and it is right.
    assert float(bank().loss(UNIT[[0]], [QUESTIONS[3]], 0.1)) == pytest.approx(0.0, abs=1e-4)


def test_what_is_kept_is_what_later_questions_meet() -> None:
    memory = bank()
    memory.keep(UNIT[[2]], [QUESTIONS[1]])
    assert float(memory.loss(UNIT[[2]], [QUESTIONS[0]], 0.1)) < 1.0


def test_the_gradient_reaches_the_questions_and_not_the_memory() -> None:
    memory = bank()
    asked = UNIT[[2]].clone().requires_grad_()
    memory.loss(asked, [QUESTIONS[0]], 0.1).backward()  # type: ignore[no-untyped-call]
    assert asked.grad is not None and float(asked.grad.abs().sum()) > 0
    assert not memory.vectors.requires_grad


def test_questions_not_yet_seen_are_no_neighbours() -> None:
    asked, beside_other = [QUESTIONS[0]], UNIT[[2]]
    # Of a and c alone, a has no right neighbour; with b it has one, and is far from it.
    alone = NeighbourBank(4, QUESTIONS, POSITIONS)
    alone.keep(UNIT[[0, 2]], [QUESTIONS[0], QUESTIONS[2]])
    assert float(alone.loss(beside_other, asked, 0.1)) == 0.0
    alone.keep(UNIT[[1]], [QUESTIONS[1]])
    assert float(alone.loss(beside_other, asked, 0.1)) > 5
