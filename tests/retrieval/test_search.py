"""Gathering the legs, under an encoder whose vectors can be explained."""

import json
from dataclasses import replace

import numpy as np
import pytest

from corpus import Pack
from retrieval import ArtefactError, GlossaryError
from retrieval.fusion import FusionWeights
from retrieval.passages import positions_of
from retrieval.search import fusion_weights, search_in_memory


def test_every_leg_reports_on_every_article(small_pack: Pack, word_encoder) -> None:
    evidence = search_in_memory(small_pack, word_encoder).find("cheese and dates")
    count = len(small_pack.document)
    assert evidence.dense.article.shape == evidence.dense.sentence.shape == (count,)
    assert evidence.lexical.shape == (count,)
    assert int(evidence.dense.article.argmax()) == int(evidence.lexical.argmax()) == 2
    assert evidence.names == ()
    assert evidence.known is evidence.near is evidence.off is evidence.association is None


def test_the_encoder_is_asked_once_for_a_question(small_pack: Pack, word_encoder) -> None:
    search = search_in_memory(small_pack, word_encoder)
    word_encoder.queries.clear()
    search.find("cheese")
    assert word_encoder.queries == ["cheese"]


def test_glossary_names_count_as_words_typed(small_pack: Pack, word_encoder) -> None:
    path = small_pack.path / "glossary.toml"
    path.write_text('[[term]]\ndocument = "guests"\nnames = ["visitors"]\n', encoding="utf-8")
    evidence = search_in_memory(small_pack, word_encoder).find("visitors?")
    assert evidence.names == ("guests",)
    assert int(evidence.lexical.argmax()) == 2


def test_known_questions_become_evidence(small_pack: Pack, word_encoder) -> None:
    records = [
        {"id": "1", "question": "bread apple", "gold": [3]},
        {"id": "2", "question": "eggs", "kind": "near_miss"},
    ]
    lines = "".join(json.dumps(r) + "\n" for r in records)
    (small_pack.path / "train.jsonl").write_text(lines, encoding="utf-8")
    evidence = search_in_memory(small_pack, word_encoder).find("bread apple")
    assert evidence.known is not None
    assert evidence.known[3] == pytest.approx(1.0, abs=5e-4)  # kept in half precision
    assert evidence.near is not None
    assert evidence.near < 0.5
    assert evidence.association is not None
    assert evidence.association.shape == (len(small_pack.document) + 2,)
    assert int(evidence.association.argmax()) == 3


def test_weights_in_the_pack_are_used_beside_their_adapter_only(small_pack: Pack) -> None:
    path = small_pack.path / "fusion.json"
    path.write_text(FusionWeights(article=1.25).to_json(), encoding="utf-8")
    assert fusion_weights(small_pack, is_tuned=True).article == 1.25
    assert fusion_weights(small_pack, is_tuned=False) == FusionWeights()


def test_a_follow_up_is_weighed_by_its_own_weights_and_a_question_never(
    small_pack: Pack, word_encoder
) -> None:
    search = search_in_memory(small_pack, word_encoder)
    assert search.weights_for("bread | and eggs") is search.weights
    own = FusionWeights(article=1.25)
    search = replace(search, joined_weights=own)
    assert search.weights_for("bread | and eggs") is own
    assert search.weights_for("bread and eggs") is search.weights


def test_damaged_weights_are_refused(small_pack: Pack) -> None:
    (small_pack.path / "fusion.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"fusion\.json"):
        fusion_weights(small_pack, is_tuned=True)


def test_a_damaged_glossary_is_refused(small_pack: Pack, word_encoder) -> None:
    (small_pack.path / "glossary.toml").write_text("[[term]]\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match="number 1"):
        search_in_memory(small_pack, word_encoder)


def test_positions_are_those_in_the_document(small_pack: Pack) -> None:
    assert positions_of(small_pack.document) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_the_same_question_has_the_same_evidence(small_pack: Pack, word_encoder) -> None:
    search = search_in_memory(small_pack, word_encoder)
    one, other = search.find("apple"), search.find("apple")
    assert np.array_equal(one.dense.passages, other.dense.passages)
    assert np.array_equal(one.lexical, other.lexical)
