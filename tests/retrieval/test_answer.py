"""The records of an answer, and the object that `tiaowen ask --json` prints."""

import dataclasses
import json

import pytest

from corpus import Article
from retrieval import Answer, Citation, Note

ARTICLE = Article("d/15", 15, "第 15 條", "任務", "甲乙。丙丁。", {"translator": "戊"})
CITATION = Citation(ARTICLE, ((0, 3), (3, 6)), 0.123456789)


def test_a_citation_gives_its_marked_sentences() -> None:
    assert CITATION.marked == ("甲乙。", "丙丁。")
    assert Citation(ARTICLE).marked == ()


def test_an_answer_is_printed_with_the_fixed_names() -> None:
    answer = Answer(
        "q", "answered", 0.5, (CITATION,), (), "zh-Hant", (Note("cut", (("limit", 9),)),)
    )
    assert answer.to_dict() == {
        "question": "q",
        "status": "answered",
        "confidence": 0.5,
        "citations": [
            {
                "article": {
                    "id": "d/15",
                    "number": 15,
                    "label": "第 15 條",
                    "section": "任務",
                    "text": "甲乙。丙丁。",
                    "metadata": {"translator": "戊"},
                },
                "spans": [[0, 3], [3, 6]],
                "score": 0.123457,
            }
        ],
        "related": [],
        "language": "zh-Hant",
        "notes": [{"code": "cut", "limit": 9}],
    }
    assert json.loads(json.dumps(answer.to_dict(), ensure_ascii=False)) == answer.to_dict()


@pytest.mark.parametrize("record", [CITATION, Answer("q", "not_found", 0.0), Note("empty")])
def test_the_records_cannot_be_changed(record: object) -> None:
    name = dataclasses.fields(record)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, name, None)
    assert not hasattr(record, "__dict__")
