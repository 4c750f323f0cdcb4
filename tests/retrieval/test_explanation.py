"""An explanation names the words, the scores and the known questions behind an answer."""

import json

import pytest

from retrieval import Retriever


def test_nothing_is_explained_unasked(retriever: Retriever) -> None:
    assert retriever.ask("IPPAS 去過幾個國家？").explanation is None


def test_the_answer_is_the_same_with_its_explanation(retriever: Retriever) -> None:
    question = "IPPAS 去過幾個國家？"
    plain, explained = retriever.ask(question), retriever.ask(question, why=True)
    assert explained.citations == plain.citations
    assert explained.confidence == plain.confidence


def test_every_article_shown_has_a_reason_in_the_order_shown(retriever: Retriever) -> None:
    answer = retriever.ask("IPPAS 去過幾個國家？", why=True)
    assert answer.explanation is not None
    shown = [c.article.number for c in answer.citations + answer.related]
    assert [reason.number for reason in answer.explanation.reasons] == shown
    best = answer.explanation.reasons[0]
    assert best.number == 15
    assert best.probability == pytest.approx(answer.citations[0].score)
    assert "國際實體防護諮詢服務" in best.words


def test_the_glossary_and_the_nearest_questions_are_told(retriever: Retriever) -> None:
    explanation = retriever.ask("IPPAS 去過幾個國家？", why=True).explanation
    assert explanation is not None
    assert explanation.names == ("國際實體防護諮詢服務",)
    cosines = [near.cosine for near in explanation.nearest]
    assert cosines == sorted(cosines, reverse=True)
    assert 15 in explanation.nearest[0].gold


def test_what_was_not_found_is_explained_by_the_nearest_article(retriever: Retriever) -> None:
    answer = retriever.ask("今天會下雨嗎", why=True)
    assert answer.status == "not_found"
    assert answer.explanation is not None
    assert len(answer.explanation.reasons) == 1
    assert answer.explanation.off_topic > 0.5


def test_pack_and_encoder_are_named_by_hash(retriever: Retriever) -> None:
    explanation = retriever.ask("今天會下雨嗎", why=True).explanation
    assert explanation is not None
    facts = dict(explanation.provenance)
    assert facts["pack"].startswith("hague-2014 ")
    assert len(facts["pack"].split()[1]) == 64
    assert facts["encoder"]


def test_a_direct_reference_needs_no_explanation(retriever: Retriever) -> None:
    assert retriever.ask("第十五條", why=True).explanation is None


def test_an_explanation_is_plain_data(retriever: Retriever) -> None:
    answer = retriever.ask("IPPAS 去過幾個國家？", why=True)
    data = json.loads(json.dumps(answer.to_dict(), ensure_ascii=False))["explanation"]
    assert set(data) == {
        *("reasons", "nearest", "names", "near_miss", "off_topic", "threshold", "provenance"),
    }
