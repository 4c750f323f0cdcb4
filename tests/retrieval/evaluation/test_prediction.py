"""Predictions follow the fixed file format."""

import json
from pathlib import Path

from corpus import Dialogue, Question, Turn
from retrieval import Retriever
from retrieval.artefacts import no_progress
from retrieval.evaluation import predict, predict_plain_dense, write_predictions


def test_a_line_holds_the_fixed_keys(retriever: Retriever, tmp_path: Path) -> None:
    items = [
        Question("h-1", "第十五條", "zh-Hant", "reference", (15,)),
        Dialogue("d-1", (Turn("Article 15", (15,)), Turn("next", (16,))), "en"),
    ]
    out = tmp_path / "predictions.jsonl"
    write_predictions(out, predict(retriever, items, no_progress))
    first, *turns = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert list(first) == ["id", "status", "cited", "related", "confidence"]
    assert first["cited"] == [15]
    assert [(t["id"], t["turn"], t["cited"]) for t in turns] == [("d-1", 0, [15]), ("d-1", 1, [16])]


def test_the_plain_index_always_answers_with_five_articles(retriever: Retriever) -> None:
    items = [Question("x", "今天會下雨嗎", "zh-Hant", "chitchat")]
    (found,) = predict_plain_dense(retriever.document, retriever.encoder, items)
    assert found.status == "answered"
    assert (len(found.cited), len(found.related)) == (1, 4)
