"""The objective: which article answers, or that none does, as one classification.

Passage vectors are frozen and serve as the classes: the score of an article is the mean of the
cosines with its whole text and with its best sentence. Two trained vectors stand for what is of
the field but not said, and for everything else.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus import Question
from retrieval.known import classes_of

if TYPE_CHECKING:
    import torch

NEITHER = 2
"""How many classes there are beside the articles: near misses and everything else."""


def class_scores(
    queries: "torch.Tensor",
    whole: "torch.Tensor",
    sentences: "torch.Tensor",
    sentence_article: "torch.Tensor",
) -> "torch.Tensor":
    """Return the cosine score of every article, shape (queries, articles).

    ``queries`` (q, d), ``whole`` (articles, d) and ``sentences`` (s, d) hold unit rows;
    ``sentence_article`` (s,) holds the article position of each sentence.
    """
    import torch

    cosines = queries @ sentences.T
    best = torch.full((len(queries), len(whole)), -1.0).scatter_reduce(
        1, sentence_article.expand(len(queries), -1), cosines, "amax"
    )
    return (queries @ whole.T + best) / 2


def targets(questions: Sequence[Question], positions: dict[int, int]) -> "torch.Tensor":
    """Return which classes are right for each question, shape (questions, articles + 2)."""
    import torch

    wanted = torch.zeros(len(questions), len(positions) + NEITHER)
    for row, question in enumerate(questions):
        wanted[row, classes_of(question, positions)] = 1.0
    return wanted


def half_right(questions: Sequence[Question], positions: dict[int, int]) -> "torch.Tensor":
    """Return which classes are partly right and so neither asked for nor held against a question."""
    import torch

    mask = torch.zeros(len(questions), len(positions) + NEITHER, dtype=torch.bool)
    for row, question in enumerate(questions):
        mask[row, [positions[number] for number in question.ok if number not in question.gold]] = (
            True
        )
    return mask


def loss(
    logits: "torch.Tensor", wanted: "torch.Tensor", questions: Sequence[Question]
) -> "torch.Tensor":
    """Return the mean negative log likelihood of the right classes.

    Where any gold article is right, of their union; where all are needed (kind "multi"), of each.
    """
    import torch

    log_p = logits.log_softmax(1)
    any_of = -torch.logsumexp(log_p.masked_fill(wanted == 0, -1e9), 1)
    all_of = -(log_p * wanted).sum(1) / wanted.sum(1)
    needs_all = torch.tensor([question.kind == "multi" for question in questions])
    return torch.where(needs_all, all_of, any_of).mean()


def nearest_loss(
    scores: "torch.Tensor", questions: Sequence[Question], positions: dict[int, int]
) -> "torch.Tensor":
    """Return the mean negative log share, among the articles, of those a near miss comes nearest to.

    ``scores``, shape (questions, articles), are divided by the temperature. What nothing answers is
    otherwise only pushed away from every article, which says nothing of the one to offer. The mean
    is over the whole batch; a question without such a label adds nothing to it.
    """
    import torch

    labelled = [row for row, question in enumerate(questions) if question.near]
    if not labelled:
        return scores.new_zeros(())
    is_near = torch.zeros(len(labelled), len(positions), dtype=torch.bool)
    for at, row in enumerate(labelled):
        is_near[at, [positions[number] for number in questions[row].near]] = True
    log_p = scores[labelled].log_softmax(1)
    return -torch.logsumexp(log_p.masked_fill(~is_near, -1e9), 1).sum() / len(questions)
