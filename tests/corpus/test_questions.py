"""The promises of corpus/questions.py."""

import json
from pathlib import Path

import pytest

from corpus import (
    Dialogue,
    Document,
    Question,
    QuestionSetError,
    Turn,
    read_questions,
    single_questions,
)


def _write(folder: Path, *records: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text(
        "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records),
        encoding="utf-8",
    )
    return path


def _refused(path: Path, document: Document | None = None) -> str:
    with pytest.raises(QuestionSetError) as told:
        read_questions(path, document)
    return str(told.value)


def test_the_two_examples_of_the_format_are_read(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        {"id": "h-001", "lang": "zh-Hant", "kind": "fact", "question": "問？", "gold": [15],
         "ok": [20]},
        {"id": "d-001", "lang": "en",
         "turns": [{"user": "a", "gold": [15]}, {"user": "next", "gold": [16]}]},
    )  # fmt: skip
    question, dialogue = read_questions(path)
    assert question == Question("h-001", "問？", "zh-Hant", "fact", (15,), (20,))
    assert dialogue == Dialogue("d-001", (Turn("a", (15,)), Turn("next", (16,))), "en")
    assert single_questions((question, dialogue)) == (question,)


def test_no_gold_or_an_empty_one_is_a_question_that_nothing_answers(tmp_path: Path) -> None:
    nothing: tuple[dict[str, object], ...] = ({}, {"gold": []}, {"gold": None})
    for extra in nothing:
        (question,) = read_questions(_write(tmp_path, {"id": "a", "question": "?", **extra}))
        assert isinstance(question, Question)
        assert (question.gold, question.ok, question.is_answerable) == ((), (), False)


def test_0_is_the_preface_and_answers(tmp_path: Path, document: Document) -> None:
    path = _write(tmp_path, {"id": "a", "question": "?", "gold": [0]})
    (question,) = single_questions(read_questions(path, document))
    assert question.is_answerable


def test_other_keys_and_empty_lines_are_ignored(tmp_path: Path) -> None:
    path = _write(tmp_path, "", {"id": "a", "question": "?", "note": {"x": 1}}, "  ", "")
    assert [item.id for item in read_questions(path)] == ["a"]


def test_language_and_kind_have_a_word_where_none_is_given(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        {"id": "a", "question": "?"},
        {"id": "b", "question": "?", "lang": None, "kind": None},
        {"id": "c", "turns": [{"user": "?"}], "kind": None},
    )
    assert [(i.lang, i.kind) for i in read_questions(path)] == [
        ("und", "question"),
        ("und", "question"),
        ("und", "dialogue"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "甲" * 10_000, "a\u2028b"])
def test_a_question_may_be_any_text(tmp_path: Path, text: str) -> None:
    path = _write(tmp_path, json.dumps({"id": "a", "question": text}))
    (question,) = single_questions(read_questions(path))
    assert question.text == text


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "a", "question": "?"}\r\n{"id": "b", "question": "?"}\r\n'
    )
    assert [item.id for item in read_questions(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("{", "line 1: not JSON"),
        ("[" * 100_000, "line 1: nested too deeply"),
        ("9" * 10_000, "line 1: "),
        ([], "line 1: expected an object, found list"),
        (None, "line 1: expected an object, found NoneType"),
        ({"question": "?"}, "expected a text under 'id', found None"),
        ({"id": 5, "question": "?"}, "expected a text under 'id', found 5"),
        ({"id": "", "question": "?"}, "expected a text under 'id', found ''"),
        ({"id": "a"}, "expected a text under 'question', or a list under 'turns'"),
        ({"id": "a", "question": 5}, "expected a text under 'question'"),
        ({"id": "a", "question": "?", "gold": 15}, "gold: expected a list of article numbers"),
        ({"id": "a", "question": "?", "gold": 0}, "gold: expected a list of article numbers"),
        ({"id": "a", "question": "?", "gold": ""}, "gold: expected a list of article numbers"),
        ({"id": "a", "question": "?", "gold": ["15"]}, "gold: expected a list of article"),
        ({"id": "a", "question": "?", "gold": [True]}, "gold: expected a list of article"),
        ({"id": "a", "question": "?", "ok": [1.0]}, "ok: expected a list of article numbers"),
        ({"id": "a", "question": "?", "gold": [99]}, r"gold: the document has no article [99]"),
        ({"id": "a", "question": "?", "ok": [1, 37]}, r"ok: the document has no article [37]"),
        ({"id": "a", "turns": []}, "turns: expected a list of at least one turn"),
        ({"id": "a", "turns": "x"}, "turns: expected a list of at least one turn"),
        ({"id": "a", "turns": ["x"]}, "expected a text under 'user'"),
        ({"id": "a", "turns": [{"user": "?", "gold": [99]}]}, "the document has no article [99]"),
        ({"id": "a", "question": "?", "mark": [0]}, "mark: expected one article in gold, found []"),
        ({"id": "a", "question": "?", "gold": [1, 2], "mark": [0]}, "found [1, 2]"),
        ({"id": "a", "question": "?", "gold": [1], "mark": [-1, 99]}, "not [-1, 99]"),
    ],
)
def test_what_breaks_the_format_is_told_with_its_line(
    tmp_path: Path, document: Document, record: object, told: str
) -> None:
    assert told in _refused(_write(tmp_path, record), document)


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        {"id": "a", "question": "?"},
        "{",
        {"id": "a", "question": "?"},
        {"id": "b", "question": "?", "gold": "x"},
        {"question": "?"},
    )
    told = _refused(path)
    assert str(path) in told
    assert [line.strip().partition(":")[0] for line in told.split("\n")[1:]] == [
        "line 2",
        "line 3",
        "line 4",
        "line 5",
    ]
    assert "line 3: id 'a' repeats line 1" in told


def test_of_many_wrong_lines_20_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    told = _refused(_write(tmp_path, *["{"] * 25))
    assert told.count("not JSON") == 20
    assert "… and 5 more" in told
    told = _refused(_write(tmp_path, *["{"] * 20))
    assert "more" not in told


def test_labels_are_not_checked_without_a_document(tmp_path: Path) -> None:
    path = _write(tmp_path, {"id": "a", "question": "?", "gold": [99]})
    assert single_questions(read_questions(path))[0].gold == (99,)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in _refused(tmp_path / "none.jsonl")
    assert "cannot be read" in _refused(tmp_path)
    (tmp_path / "set.jsonl").write_bytes("甲".encode("utf-16"))
    assert "not UTF-8" in _refused(tmp_path / "set.jsonl")


def test_an_empty_file_is_an_empty_set(tmp_path: Path) -> None:
    assert read_questions(_write(tmp_path)) == ()
