"""Predictions are read back as they were written, and a file of other questions is refused."""

from pathlib import Path

import pytest

from corpus import Dialogue, Question, Turn
from retrieval.evaluation import (
    Prediction,
    PredictionsError,
    read_predictions,
    write_predictions,
)

ITEMS = (Question("a", "?"), Dialogue("d", (Turn("one"), Turn("two"))))
PREDICTIONS = (
    Prediction("a", "answered", (15,), (3, 0), 0.97),
    Prediction("d", "related", (), (1,), 0.25, 0),
    Prediction("d", "not_found", (), (), 0.0, 1),
)


def test_what_is_written_is_read_back_in_the_order_asked(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, reversed(PREDICTIONS))
    assert read_predictions(path, ITEMS) == list(PREDICTIONS)


def test_questions_left_out_and_questions_of_another_set_are_named(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, [*PREDICTIONS[:2], Prediction("z", "not_found", (), (), 0.0)])
    with pytest.raises(PredictionsError) as caught:
        read_predictions(path, ITEMS)
    assert "no prediction for 'd#1'" in str(caught.value)
    assert "'z' is not in the question set" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[1]", "expected an object"),
        ('{"status": "answered"}', "'id'"),
        ('{"id": "a", "status": "sure", "confidence": 1}', "found 'sure'"),
        ('{"id": "a", "status": "related", "confidence": 1.5}', "from 0 to 1, found 1.5"),
        ('{"id": "a", "status": "related", "confidence": NaN}', "from 0 to 1, found nan"),
        ('{"id": "a", "status": "related", "confidence": true}', "from 0 to 1, found True"),
        ('{"id": "a", "status": "related", "cited": 3, "confidence": 1}', "cited: expected a list"),
        ('{"id": "a", "status": "answered", "confidence": 1}', "nothing is cited"),
        (
            '{"id": "a", "status": "answered", "cited": [1], "related": [1], "confidence": 1}',
            "shown twice",
        ),
        ('{"id": "a", "status": "related", "confidence": 1, "turn": -1}', "turn"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(PredictionsError) as caught:
        read_predictions(path, ITEMS)
    assert "line 2: " in str(caught.value) and told in str(caught.value)


def test_a_second_prediction_for_a_question_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, [*PREDICTIONS, PREDICTIONS[0]])
    with pytest.raises(PredictionsError, match="line 4: a second prediction for 'a'"):
        read_predictions(path, ITEMS)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PredictionsError, match="cannot be read"):
        read_predictions(tmp_path / "none.jsonl", ITEMS)
