"""The sentence term: a question is pulled to the sentence it names, against others of its article."""

import math

import pytest
import torch

from corpus import Article, Document, Question
from retrieval.training.sentence_head import SentenceHead

TEXTS = ("We bake bread. It is sold at six.", "Ships sail.")
DOCUMENT = Document(
    "d", "t", "en", tuple(Article(f"d/{n}", n, str(n), None, t) for n, t in enumerate(TEXTS, 1))
)
UNIT = torch.eye(3)  # the two sentences of article 1, and that of article 2
BAKE = Question("a", "when do you sell", gold=(1,), mark=(1,))
QUESTIONS = (
    BAKE,
    Question("b", "bread", gold=(1,)),
    Question("c", "ships", gold=(2,), mark=(0,)),
    Question("d", "both", gold=(1, 2), mark=(1,)),
    Question("e", "either", gold=(1,), mark=(0, 1)),
)


def head() -> SentenceHead:
    return SentenceHead(DOCUMENT, UNIT, QUESTIONS)


def test_a_question_beside_the_sentence_it_names_costs_less_than_beside_another() -> None:
    near_own, near_other = (head().loss(UNIT[[at]], [BAKE], 0.1).item() for at in (1, 0))
    assert near_own < 0.01 < 5 < near_other


def test_sentences_of_other_articles_count_neither_way() -> None:
    # As far from both sentences of its article, and on that of another.
    assert head().loss(UNIT[[2]], [BAKE], 0.1).item() == pytest.approx(math.log(2))


@pytest.mark.parametrize("question", QUESTIONS[1:4], ids=lambda q: q.text)
def test_a_question_that_names_no_sentence_of_several_adds_nothing(question: Question) -> None:
    assert head().loss(UNIT[[0]], [question], 0.1).item() == 0.0
    alone = head().loss(UNIT[[0]], [BAKE], 0.1).item()
    together = head().loss(UNIT[[0, 0]], [BAKE, question], 0.1).item()
    assert together == pytest.approx(alone / 2)


def test_either_of_two_named_sentences_is_right() -> None:
    assert head().loss(UNIT[[0]], [QUESTIONS[4]], 0.1).item() == pytest.approx(0.0, abs=1e-5)


def test_the_gradient_reaches_the_questions_and_the_rows() -> None:
    term, asked = head(), UNIT[[0]].clone().requires_grad_()
    term.loss(asked, [BAKE], 0.1).backward()  # type: ignore[no-untyped-call]
    for reached in (asked.grad, term.rows.grad):
        assert reached is not None and float(reached.abs().sum()) > 0
