"""Marking: which sentence of an article is shown as the answer."""

from collections.abc import Sequence

import numpy as np
import pytest

from corpus import Article
from retrieval.dense import DenseIndex, DenseScores
from retrieval.engines import FaissIndex
from retrieval.marking import Marks, MarkWeights, mark
from retrieval.passages import Passage

TEXT = "甲國主辦高峰會。丙國在 2016 年主辦。乙國負責核鑑識。"
ARTICLE = Article("d/1", 1, "第 1 條", None, TEXT)
SPANS = ((0, 8), (8, 21), (21, 29))
PASSAGES = (
    Passage(1, "article", TEXT),
    *(Passage(1, "sentence", TEXT[a:b], (a, b)) for a, b in SPANS),
    Passage(1, "sentence", "譯者: 丁", fact="translator"),
)


def _marks(
    question: str,
    cosines: Sequence[float],
    names: tuple[str, ...] = (),
    likely: Sequence[float] | None = None,
    weights: MarkWeights | None = None,
) -> Marks:
    """Return what is marked where the three sentences and the fact have these cosines."""
    dense = DenseIndex(FaissIndex.build(np.eye(5, dtype=np.float32)), PASSAGES, {1: 0})
    one = np.zeros(1, dtype=np.float32)
    scores = DenseScores(one, one, np.array([0.9, *cosines], dtype=np.float32))
    chances = None if likely is None else np.log(np.array(likely, dtype=np.float32))
    return mark(question, ARTICLE, 0, dense, scores, names, chances, weights)


def _mark(question: str, *cosines: float, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    spans = _marks(question, (*cosines, min(cosines) - 0.1), names).spans
    return tuple(TEXT[a:b] for a, b in spans)


def test_the_spans_of_this_test_are_its_sentences() -> None:
    assert [TEXT[a:b] for a, b in SPANS] == [
        "甲國主辦高峰會。",
        "丙國在 2016 年主辦。",
        "乙國負責核鑑識。",
    ]


def test_the_nearest_sentence_is_marked() -> None:
    assert _mark("who?", 0.2, 0.1, 0.7) == ("乙國負責核鑑識。",)


def test_words_decide_between_sentences_equally_near() -> None:
    assert _mark("核鑑識由誰負責", 0.8, 0.8, 0.8) == ("乙國負責核鑑識。",)
    assert _mark("forensics", 0.8, 0.8, 0.8, names=("核鑑識",)) == ("乙國負責核鑑識。",)


@pytest.mark.parametrize(
    "question",
    [
        "哪一年？",
        "什么时候",
        "when is it",
        "how many",
        "いつですか",
        "언제",
        "¿cuándo?",
        "wann",
        "متى",
    ],
)
def test_a_question_for_a_figure_prefers_a_sentence_with_one(question: str) -> None:
    assert _mark(question, 0.8, 0.79, 0.8) == ("丙國在 2016 年主辦。",)


def test_a_question_for_no_figure_does_not() -> None:
    assert _mark("who", 0.8, 0.79, 0.7) == ("甲國主辦高峰會。",)


def test_of_two_equal_sentences_the_first_is_marked() -> None:
    assert _mark("?", 0.8, 0.8, 0.8) == ("甲國主辦高峰會。",)


def test_a_sentence_that_was_not_among_the_nearest_is_passed_over() -> None:
    assert _mark("?", float("nan"), 0.1, float("nan")) == ("丙國在 2016 年主辦。",)
    assert _mark("?", *[float("nan")] * 3) == ()


def test_a_word_of_one_sentence_counts_more_than_a_word_of_all() -> None:
    text = "資訊安全重要。政府與學術界在資訊上合作。資訊與技術應保護。"
    spans = ((0, 7), (7, 20), (20, 29))
    passages = [Passage(1, "sentence", text[a:b], (a, b)) for a, b in spans]
    dense = DenseIndex(FaissIndex.build(np.eye(3, dtype=np.float32)), passages, {1: 0})
    one = np.zeros(1, dtype=np.float32)
    scores = DenseScores(one, one, np.array([0.52, 0.5, 0.5], dtype=np.float32))
    article = Article("d/1", 1, "第 1 條", None, text)
    (span,) = mark("學術界要在資訊上做什麼", article, 0, dense, scores).spans
    assert text[slice(*span)] == "政府與學術界在資訊上合作。"


def test_short_english_words_do_not_mark_a_title() -> None:
    text = "The Summit of the Year\n計有 53 個國家參加。"
    spans = ((0, 22), (23, 36))
    passages = [Passage(1, "sentence", text[a:b], (a, b)) for a, b in spans]
    dense = DenseIndex(FaissIndex.build(np.eye(2, dtype=np.float32)), passages, {1: 0})
    one = np.zeros(1, dtype=np.float32)
    scores = DenseScores(one, one, np.array([0.5, 0.52], dtype=np.float32))
    article = Article("d/1", 1, "x", None, text)
    (span,) = mark("the list of the states", article, 0, dense, scores).spans
    assert "53" in text[slice(*span)]


def _mark_with(chances: list[float], weights: MarkWeights) -> tuple[str, ...]:
    marks = _marks("?", (0.8, 0.8, 0.8, 0.8), likely=(*chances, 1e-6), weights=weights)
    return tuple(TEXT[a:b] for a, b in marks.spans)


def test_a_fact_outside_the_text_is_marked_by_its_name() -> None:
    assert _marks("誰翻譯的", (0.7, 0.7, 0.7, 0.99)) == Marks((), ("translator",))


def test_a_sentence_and_a_fact_that_come_close_are_both_marked() -> None:
    weights = MarkWeights(likely=1.0, also=0.4)
    marks = _marks("?", (0.8, 0.8, 0.8, 0.8), likely=(0.1, 0.4, 0.05, 0.45), weights=weights)
    assert marks == Marks((SPANS[1],), ("translator",))


def test_what_the_classifier_thinks_speaks_for_a_sentence() -> None:
    assert _mark_with([0.1, 0.1, 0.8], MarkWeights(likely=1.0)) == ("乙國負責核鑑識。",)


def test_two_sentences_that_come_close_are_both_marked_in_order() -> None:
    weights = MarkWeights(likely=1.0, also=0.4)
    assert _mark_with([0.4, 0.05, 0.55], weights) == ("甲國主辦高峰會。", "乙國負責核鑑識。")
    assert _mark_with([0.2, 0.1, 0.7], weights) == ("乙國負責核鑑識。",)
    assert len(_mark_with([0.34, 0.33, 0.33], weights)) == 2
