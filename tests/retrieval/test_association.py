"""What the words of labelled questions say for an article, over questions one can count."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Question
from retrieval.association import AssociationTable

POSITIONS = {1: 0, 2: 1, 3: 2}
NEAR, OFF = 3, 4
QUESTIONS = (
    Question("a", "who pays for the guards", gold=(1,)),
    Question("b", "how much do guards cost", gold=(1,)),
    Question("c", "when do trains leave", gold=(2,)),
    Question("d", "trains and guards", gold=(2, 3), kind="multi"),
    Question("e", "which colour have trains", kind="near_miss"),
    Question("f", "good morning", kind="chit_chat"),
    Question("g", "警衛 多少", gold=(3,)),
)
TABLE = AssociationTable.build(QUESTIONS, POSITIONS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("guards?", 0), ("leave", 1), ("colour", NEAR), ("morning", OFF), ("警衛", 2)],
)
def test_a_word_speaks_for_those_it_was_asked_about_with(question: str, expected: int) -> None:
    scores = TABLE.scores(question)
    assert scores.shape == (len(POSITIONS) + 2,)
    assert int(scores.argmax()) == expected


def test_spelling_as_folded_elsewhere_is_one_word() -> None:
    assert np.array_equal(TABLE.scores("GUARDS"), TABLE.scores("guards"))
    assert np.array_equal(TABLE.scores("警卫"), TABLE.scores("警衛"))


def test_unknown_words_say_nothing_and_take_nothing_away() -> None:
    assert not TABLE.scores("").any()
    assert not TABLE.scores("xyzzy").any()
    assert np.array_equal(TABLE.scores("guards xyzzy plugh"), TABLE.scores("guards"))


def test_a_question_scores_the_mean_of_its_words_however_often_each_stands_there() -> None:
    both = (TABLE.scores("guards") + TABLE.scores("leave")) / 2
    assert TABLE.scores("guards leave guards") == pytest.approx(both, abs=1e-6)


def test_of_a_follow_up_only_the_last_turn_counts() -> None:
    assert np.array_equal(TABLE.scores("trains | who guards"), TABLE.scores("who guards"))
    follow_up = Question("h", "zebra | lions", gold=(2,))
    table = AssociationTable.build((*QUESTIONS, follow_up), POSITIONS)
    assert not table.scores("zebra").any()
    assert int(table.scores("lions").argmax()) == 1


def test_what_is_said_everywhere_says_little() -> None:
    spread = [Question(str(n), f"please {word}", gold=(n,)) for n, word in ((1, "a1"), (2, "b2"), (3, "c3"))]  # fmt: skip
    spread += [
        Question("n", "please d4", kind="near_miss"),
        Question("o", "please e5", kind="noise"),
    ]
    table = AssociationTable.build(spread, POSITIONS)
    assert np.ptp(table.scores("please")) == pytest.approx(0.0, abs=1e-3)
    assert np.ptp(table.scores("b2")) > 1


def test_a_table_read_back_scores_the_same(tmp_path: Path) -> None:
    TABLE.save(tmp_path / "table.npy")
    again = AssociationTable.load(tmp_path / "table.npy")
    assert np.array_equal(again.scores("when trains"), TABLE.scores("when trains"))


@given(st.text())
def test_any_text_has_finite_scores(question: str) -> None:
    scores = TABLE.scores(question)
    assert np.isfinite(scores).all()
    # Natural logarithms less their mean: bounded by what one token can say.
    assert np.abs(scores).max() < 20
