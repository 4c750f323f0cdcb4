"""BEIR folders are written and read back, and what is wrong with one is told at once."""

import json
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
    write_beir,
)

DOCUMENT = Document(
    "law",
    "A Law",
    "en",
    tuple(Article(f"law/{n}", n, f"Article {n}", "Rules", f"Text {n}.") for n in range(1, 5)),
)
ITEMS = (
    Question("q-1", "Which?\nThat one?", "en", "fact", (3, 1), (2,)),
    Question("q-2", "明天會下雨嗎", "zh-Hant", "chitchat"),
    Question("q-3", "Nearly", "en", "near_miss", (), (4,)),
    Dialogue("d-1", (Turn("Article 1", (1,)), Turn("and the weather?")), "en"),
)


def write(folder: Path, queries: list[dict[str, object]], qrels: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text(
        "".join(json.dumps(q) + "\n" for q in queries), encoding="utf-8"
    )
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_beir(tmp_path / "out", DOCUMENT, ITEMS)
    assert read_question_set(tmp_path / "out", DOCUMENT) == ITEMS


def test_a_set_without_gold_stays_without_gold(tmp_path: Path) -> None:
    write_beir(tmp_path, DOCUMENT, ITEMS[2:3])
    assert read_question_set(tmp_path, DOCUMENT) == ITEMS[2:3]


def test_the_files_are_those_that_other_tools_read(tmp_path: Path) -> None:
    write_beir(tmp_path, DOCUMENT, ITEMS)
    corpus = [json.loads(x) for x in (tmp_path / "corpus.jsonl").read_text("utf-8").splitlines()]
    assert (corpus[0]["_id"], corpus[0]["title"], corpus[0]["text"]) == (
        "law/1",
        "Rules",
        "Text 1.",
    )
    qrels = (tmp_path / "qrels" / "test.tsv").read_text("utf-8").splitlines()
    assert qrels[:3] == ["query-id\tcorpus-id\tscore", "q-1\tlaw/3\t2", "q-1\tlaw/1\t2"]
    assert not any(line.startswith("q-2") for line in qrels)


def test_in_a_foreign_set_of_zeros_and_ones_one_is_gold_and_other_splits_are_left_out(
    tmp_path: Path,
) -> None:
    queries = [{"_id": "a", "text": "A?"}, {"_id": "of-another-split", "text": "B?"}]
    folder = write(tmp_path / "x", queries, "query-id\tcorpus-id\tscore\na\t2\t1\na\t3\t0\n")
    assert read_question_set(folder, DOCUMENT) == (Question("a", "A?", gold=(2,)),)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    qrels = "query-id\tcorpus-id\tscore\na\tlaw/9\t1\nb\tlaw/1\tmuch\nc\tlaw/1\nz\tlaw/1\t1\n"
    queries: list[dict[str, object]] = [{"_id": "a", "text": "A?"}, {"_id": "a", "text": "B?"}, {}]
    with pytest.raises(QuestionSetError) as caught:
        read_question_set(write(tmp_path / "x", queries, qrels), DOCUMENT)
    told = str(caught.value)
    for problem in ("'a' repeats", "'_id'", "'law/9'", "'much'", "expected 3 fields", "query 'z'"):
        assert problem in told


def test_an_id_that_a_line_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="blank"):
        write_beir(tmp_path, DOCUMENT, [Question("a\tb", "?", gold=(1,))])


def test_a_folder_that_is_no_question_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"queries\.jsonl"):
        read_question_set(tmp_path, DOCUMENT)
