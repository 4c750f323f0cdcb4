"""Known questions as evidence, over vectors whose cosines can be read off."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpus import Pack, Question, QuestionSetError
from retrieval.known import SOFTNESS, KnownIndex, KnownQuestions, known_questions

QUESTIONS = (
    Question("a", "a", gold=(1,)),
    Question("b", "b", gold=(2, 3)),
    Question("c", "c", gold=(1,)),
    Question("d", "d", kind="near_miss"),
    Question("e", "e", kind="chit_chat"),
    Question("f", "f", kind="near_miss"),
)
COSINES = np.array([0.2, 0.7, 0.6, 0.3, 0.4, -0.5], dtype=np.float32)
# Vectors are kept in half precision.
HALF = 5e-4
QUERY = np.array([1.0, 0.0], dtype=np.float32)


def _known(questions: tuple[Question, ...] = QUESTIONS) -> KnownQuestions:
    cosines = COSINES[: len(questions)]
    vectors = np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1)
    return KnownQuestions(KnownIndex.build(vectors, questions), {1: 0, 2: 1, 3: 2, 4: 3})


def test_an_article_has_the_cosine_of_its_nearest_question() -> None:
    known = _known()
    articles, near, off = known.scores(known.hits(QUERY))
    # article 4 has no question: the lowest of all stands for it
    assert articles == pytest.approx([0.6, 0.7, 0.7, -0.5], abs=HALF)
    assert (near, off) == (pytest.approx(0.3, abs=HALF), pytest.approx(0.4, abs=HALF))


def test_without_unanswerable_questions_their_cosines_are_the_lowest() -> None:
    known = _known(QUESTIONS[:3])
    _, near, off = known.scores(known.hits(QUERY))
    assert near == off == pytest.approx(0.2, abs=HALF)


def test_several_questions_that_come_close_count_for_more_than_one() -> None:
    close = (
        Question("a", "a", gold=(1,)),
        Question("b", "b", gold=(2,)),
        Question("c", "c", gold=(2,)),
    )
    vectors = np.array([[0.6, 0.8], [0.6, 0.8], [0.6, 0.8]], dtype=np.float32)
    known = KnownQuestions(KnownIndex.build(vectors, close), {1: 0, 2: 1})
    articles, _, _ = known.scores(known.hits(QUERY))
    assert articles == pytest.approx([0.6, 0.6 + SOFTNESS * np.log(2)], abs=HALF)


def test_the_nearest_questions_come_nearest_first() -> None:
    known = _known()
    found = known.nearest(known.hits(QUERY), 2)
    assert [q.id for q, _ in found] == ["b", "c"]
    assert [cosine for _, cosine in found] == pytest.approx([0.7, 0.6], abs=HALF)


FOLLOW_UPS = (
    Question("a", "b | a", gold=(1,)),
    Question("b", "b", gold=(2,)),
    Question("c", "b | c", gold=(3,)),
)


def test_follow_ups_are_evidence_for_follow_ups_alone() -> None:
    known = _known(FOLLOW_UPS)
    alone, joined = known.hits(QUERY), known.hits(QUERY, with_joined=True)
    assert [q.id for q, _ in known.nearest(alone, 3)] == ["b"]
    assert [q.id for q, _ in known.nearest(joined, 3)] == ["b", "c", "a"]
    assert known.scores(joined)[0] == pytest.approx([0.2, 0.7, 0.6, 0.2], abs=HALF)
    assert known.scores(alone)[0] == pytest.approx([0.7] * 4, abs=HALF)


@pytest.mark.parametrize("with_joined", [True, False])
def test_where_all_are_follow_ups_they_are_evidence_for_everything(with_joined: bool) -> None:
    known = _known((FOLLOW_UPS[0], FOLLOW_UPS[2]))
    found = known.nearest(known.hits(QUERY, with_joined=with_joined), 3)
    assert [q.id for q, _ in found] == ["c", "a"]


def test_a_pack_without_a_question_set_knows_none(small_pack: Pack) -> None:
    assert known_questions(small_pack) == ()


def _write(folder: Path, *records: dict[str, object]) -> None:
    lines = "".join(json.dumps(r) + "\n" for r in records)
    (folder / "train.jsonl").write_text(lines, encoding="utf-8")


def test_dialogues_blank_and_reference_questions_are_no_evidence(small_pack: Pack) -> None:
    _write(
        small_pack.path,
        {"id": "1", "question": "who brings apple", "gold": [1]},
        {"id": "2", "question": " ", "kind": "empty"},
        {"id": "3", "question": "article 2", "kind": "reference", "gold": [2]},
        {"id": "4", "turns": [{"user": "hello"}]},
    )
    assert [q.id for q in known_questions(small_pack)] == ["1"]


def test_a_label_that_the_document_does_not_have_is_refused(small_pack: Pack) -> None:
    _write(small_pack.path, {"id": "1", "question": "who", "gold": [9]})
    with pytest.raises(QuestionSetError, match=r"no article \[9\]"):
        known_questions(small_pack)
