"""Figures say exactly what was right and what was refused."""

import pytest

from corpus import Article, Dialogue, Question, Turn
from retrieval.answer import Answer, Citation, Status
from retrieval.evaluation import Prediction, cases, format_table, measure, measure_groups
from retrieval.evaluation.prediction import prediction_of


def prediction(
    identity: str,
    cited: tuple[int, ...],
    related: tuple[int, ...] = (),
    status: Status = "answered",
    turn: int | None = None,
) -> Prediction:
    return Prediction(identity, status, cited, related, 0.9, turn)


QUESTIONS = (
    Question("a", "first", "en", "fact", (1,)),
    Question("b", "third", "en", "fact", (2,)),
    Question("c", "both", "ja", "multi", (3, 4)),
    Question("d", "none", "ja", "chitchat"),
    Question("e", "none", "ja", "near_miss"),
)
PREDICTIONS = (
    prediction("a", (1,)),
    prediction("b", (9, 8), (2,)),
    prediction("c", (), (3, 7), "related"),
    prediction("d", (), (), "not_found"),
    prediction("e", (5,)),
)


def test_ranks_count_cited_and_then_related_articles() -> None:
    assert [case.rank for case in cases(QUESTIONS, PREDICTIONS)] == [1, 3, 1, None, None]


def test_shares_are_over_the_questions_they_concern() -> None:
    found = measure(cases(QUESTIONS, PREDICTIONS))
    assert found.answerable == 3
    assert found.unanswerable == 2
    assert found.top1 == pytest.approx(2 / 3)
    assert found.top3 == pytest.approx(1.0)
    assert found.mrr == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert found.refused == pytest.approx(1 / 2)


def test_an_article_only_offered_is_not_an_answer() -> None:
    found = measure(cases(QUESTIONS, PREDICTIONS))
    assert found.answered_right == pytest.approx(1 / 3)
    assert found.false_refusals == pytest.approx(1 / 3)


def test_a_question_that_needs_two_articles_needs_both() -> None:
    assert measure(cases(QUESTIONS, PREDICTIONS)).all_of_gold == 0.0


def test_nothing_counted_is_no_share() -> None:
    found = measure(cases(QUESTIONS[3:], PREDICTIONS[3:]))
    assert found.top1 is None
    assert found.answerable == 0


def test_groups_are_languages_and_kinds() -> None:
    groups = measure_groups(cases(QUESTIONS, PREDICTIONS))
    assert list(groups)[:3] == ["all", "lang=ja", "lang=en"]
    assert groups["kind=chitchat"].refused == 1.0
    assert groups["lang=en"].answerable == 2


def test_every_turn_of_a_dialogue_is_a_case() -> None:
    dialogue = Dialogue("x", (Turn("one", (1,)), Turn("next", (2,))), "en")
    found = cases([dialogue], [prediction("x", (1,), turn=0), prediction("x", (1,), turn=1)])
    assert [case.rank for case in found] == [1, None]


def test_predictions_of_other_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="not those of"):
        cases(QUESTIONS, PREDICTIONS[1:])


def test_the_table_has_a_line_a_group_and_a_dash_for_nothing() -> None:
    table = format_table(measure_groups(cases(QUESTIONS, PREDICTIONS)))
    lines = table.splitlines()
    assert lines[1].split()[:3] == ["all", "3", "0.667"]
    assert "–" in next(line for line in lines if line.startswith("kind=chitchat"))


def test_a_sentence_is_marked_right_only_in_the_right_article() -> None:
    def ask(mark: tuple[int, ...], marked: tuple[int, ...] | None, cited: int = 1) -> float | None:
        question = Question("a", "which year", "en", "fact", (1,), mark=mark)
        found = Prediction("a", "answered", (cited,), (), 0.9, marked=marked)
        return measure(cases([question], [found])).marked_right

    assert ask((2,), (2,)) == ask((0, 2), (2, 3)) == 1.0
    assert ask((2,), (0, 1)) == ask((2,), ()) == ask((2,), (2,), cited=5) == 0.0
    # Without a label, or where it is not known what was marked, nothing is counted.
    assert ask((), (2,)) is None and ask((2,), None) is None


def test_what_was_marked_is_counted_by_sentence() -> None:
    article = Article("d/1", 1, "Article 1", None, "First. Second one. Third.")
    cited = Citation(article, ((7, 18),), 0.9)
    found = prediction_of("a", Answer("q", "answered", 0.9, (cited,)))
    assert found.marked == (1,)
    assert prediction_of("a", Answer("q", "not_found", 0.0)).marked == ()


@pytest.mark.parametrize(
    ("status", "related", "near", "share"),
    [
        ("related", (15, 13), (15,), 1.0),
        ("related", (13, 15), (15,), 0.0),
        ("not_found", (), (15,), 0.0),
        ("related", (15,), (), None),
    ],
)
def test_of_a_near_miss_the_nearest_article_is_to_be_offered_first(
    status: Status, related: tuple[int, ...], near: tuple[int, ...], share: float | None
) -> None:
    question = Question("a", "who pays", "en", "near_miss", near=near)
    found = Prediction("a", status, (), related, 0.1)
    assert measure(cases([question], [found])).nearest_offered == share
    answered = Prediction("a", "answered", (15,), (), 0.9)
    assert measure(cases([question], [answered])).nearest_offered in (0.0, None)
