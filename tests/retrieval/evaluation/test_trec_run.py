"""TREC runs carry the order of what was shown, and nothing else."""

from pathlib import Path

import pytest

from corpus import Article, Dialogue, Document, Question, Turn
from retrieval.evaluation import Prediction, PredictionsError, encode_run, read_run

DOCUMENT = Document(
    "law",
    "Law",
    "en",
    tuple(Article(f"law/{n}", n, f"Article {n}", None, "x") for n in range(1, 5)),
)
ITEMS = (Question("a", "?"), Dialogue("d", (Turn("one"),)))


def test_every_article_shown_has_a_line_in_its_order() -> None:
    predictions = [
        Prediction("a", "answered", (3,), (1,), 0.9),
        Prediction("d", "not_found", (), (), 0.0, 0),
    ]
    assert encode_run(predictions, DOCUMENT, "ours") == (
        "a Q0 law/3 1 1.000000 ours\na Q0 law/1 2 0.500000 ours\n"
    )


def test_a_run_is_read_by_score_and_what_has_no_line_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_text("a Q0 law/1 1 0.5 x\na Q0 3 2 7.25 x\n", encoding="utf-8")
    assert read_run(path, ITEMS, DOCUMENT) == [
        Prediction("a", "answered", (3,), (1,), 1.0),
        Prediction("d", "not_found", (), (), 0.0, 0),
    ]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_text(
        "z Q0 1 1 1 x\na Q0 9 1 1 x\na Q0 1 1 inf x\na Q0 1\na Q0 2 1 1 x\na Q0 law/2 1 1 x\n",
        encoding="utf-8",
    )
    with pytest.raises(PredictionsError) as caught:
        read_run(path, ITEMS, DOCUMENT)
    for problem in ("'z'", "'9'", "'inf'", "found 3", "shown twice"):
        assert problem in str(caught.value)
