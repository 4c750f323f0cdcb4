"""TREC folders are written and read back, and what is wrong with one is told at once."""

from pathlib import Path

import pytest

from corpus import (
    Article,
    Dialogue,
    Document,
    Question,
    QuestionSetError,
    Turn,
    read_question_set,
    write_trec,
)

DOCUMENT = Document(
    "law",
    "A Law",
    "en",
    tuple(Article(f"law/{n}", n, f"Article {n}", "Rules", f"Text {n}.") for n in range(1, 5)),
)


def test_questions_and_labels_survive_without_language_and_kind(tmp_path: Path) -> None:
    items = [
        Question("a", "Which\tone?", "en", "fact", (3, 1), (2,)),
        Question("b", "Weather?", "en", "chitchat"),
        Dialogue("d", (Turn("Article 1", (1,)), Turn("next", (2,)))),
    ]
    write_trec(tmp_path / "out", DOCUMENT, items)
    assert (tmp_path / "out" / "qrels.txt").read_text("utf-8").splitlines()[0] == "a 0 law/3 2"
    assert read_question_set(tmp_path / "out", DOCUMENT) == (
        Question("a", "Which one?", gold=(3, 1), ok=(2,)),
        Question("b", "Weather?"),
        Question("d#0", "Article 1", gold=(1,)),
        Question("d#1", "next", gold=(2,)),
    )


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "topics.tsv").write_text("a\tA?\na\tB?\nno tab\n", encoding="utf-8")
    (tmp_path / "qrels.txt").write_text("a 0 law/9 1\na 0 1 1\na 0 law/1 1\nz 0 1 1\n", "utf-8")
    with pytest.raises(QuestionSetError) as caught:
        read_question_set(tmp_path, DOCUMENT)
    for problem in ("'a' repeats", "a tab", "'law/9'", "second judgement", "topic 'z'"):
        assert problem in str(caught.value)


def test_an_id_with_a_blank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="blank"):
        write_trec(tmp_path, DOCUMENT, [Question("a b", "?", gold=(1,))])
