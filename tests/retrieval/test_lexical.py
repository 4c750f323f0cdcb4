"""The lexical leg: BM25 over character bigrams and Latin words, both sides folded."""

import time
from pathlib import Path

import numpy as np
import pytest

from corpus import Article, Document
from retrieval.lexical import LexicalIndex, shared_words, tokenize


@pytest.fixture(scope="module")
def index(document: Document) -> LexicalIndex:
    return LexicalIndex.build(document)


def _document(*texts: str) -> Document:
    articles = tuple(Article(f"d/{i}", i, str(i), None, t) for i, t in enumerate(texts, start=1))
    return Document("d", "d", "zh-Hant", articles)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("核子保安", ["核子", "子保", "保安"]),
        ("核", ["核"]),
        ("IAEA 的任務", ["iaea", "的任", "任务"]),
        ("2005年修正案", ["2005", "年修", "修正", "正案"]),
        ("安全、保安", ["安全", "保安"]),
        ("snake_case", ["snake", "case"]),
        ("核セキュ", ["核セ", "セキ", "キュ"]),
        ("핵안보", ["핵안", "안보"]),
        ("𠀀𠀁", ["𠀀𠀁"]),
        ("。，！", []),
        ("", []),
    ],
)
def test_chinese_runs_become_bigrams_and_other_words_stay_whole(
    text: str, tokens: list[str]
) -> None:
    assert tokenize(text) == tokens


def test_an_article_is_found_by_its_own_words_in_either_script(
    index: LexicalIndex, document: Document
) -> None:
    for question in ("國際實體防護諮詢服務", "国际实体防护谘询服务"):
        best = int(index.scores(question).argmax())
        assert document.articles[best].number == 15


def test_a_question_that_shares_no_word_scores_nothing_anywhere(index: LexicalIndex) -> None:
    for question in ("who pays for lunch", "", "。。。", "قهوة"):
        assert not index.scores(question).any()


def test_scores_come_one_an_article_and_never_negative(
    index: LexicalIndex, document: Document
) -> None:
    scores = index.scores("核子保安高峰會")
    assert scores.shape == (len(document),)
    assert scores.dtype == np.float32
    assert (scores >= 0).all()


def test_scores_are_bm25_in_lucenes_form(document: Document) -> None:
    texts = ["甲乙丙", "甲乙甲乙", "丁戊己庚辛"]
    index = LexicalIndex.build(_document(*texts))
    tokens = [tokenize(t) for t in texts]
    mean = np.mean([len(t) for t in tokens])
    idf = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # 甲乙 is in two of three
    expected = [
        idf * t.count("甲乙") / (t.count("甲乙") + 1.5 * (1 - 0.75 + 0.75 * len(t) / mean))
        for t in tokens
    ]
    assert index.scores("甲乙") == pytest.approx(expected, rel=1e-5)


def test_repeating_a_word_does_not_outweigh_the_others(index: LexicalIndex) -> None:
    assert np.array_equal(index.scores("核鑑識"), index.scores("核鑑識。" * 50))


def test_a_heading_counts_as_words_of_its_articles(index: LexicalIndex, document: Document) -> None:
    scores = index.scores("核運送")
    assert document.articles[int(scores.argmax())].section == "核運送"


def test_a_stored_index_scores_as_the_one_that_was_saved(
    index: LexicalIndex, tmp_path: Path
) -> None:
    path = tmp_path / "lexical.npz"
    index.save(path)
    loaded = LexicalIndex.load(path)
    for question in ("國際原子能總署", "2005 年修正案", "nothing"):
        assert np.array_equal(loaded.scores(question), index.scores(question))


def test_a_document_of_one_word_and_one_without_words_can_be_indexed() -> None:
    index = LexicalIndex.build(_document("。。。", "甲"))
    assert index.scores("甲")[1] > 0
    assert index.scores("甲")[0] == 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("国际实体防护咨询服务去过几个国家", ("國際實體防護諮詢服務", "個國家")),
        ("去過 40 個國家", ("40", "個國家")),
        ("4", ()),
        ("", ()),
    ],
)
def test_shared_words_are_spelled_as_in_the_text(question: str, words: tuple[str, ...]) -> None:
    text = "迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。國際實體防護諮詢服務"
    assert shared_words(question, text) == words


def test_words_of_two_runs_are_not_joined() -> None:
    assert shared_words("核材料核運送", "核材料、核運送") == ("核材料", "核運送")


def test_ten_thousand_characters_are_scored_in_bounded_time(index: LexicalIndex) -> None:
    def took() -> float:
        started = time.process_time()
        index.scores("核子保安國際合作" * 1_250)
        return time.process_time() - started

    # The best of three: whatever else runs at the same time only ever adds.
    assert min(took() for _ in range(3)) < 0.5
