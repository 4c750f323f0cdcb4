"""Folding: spellings of one thing become equal, and every mark finds its way back."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from retrieval.fold import fold, fold_with_offsets

_CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    | st.sampled_from("\ufa08\uf9e4①㎏ßÉéｱﾞ\u0301\u3099ＡA　 核著蕃臺"),
    max_size=60,
)
_WILD = st.text(st.characters() | st.sampled_from("\x00\ud800\ufdfa\u0301"), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國際原子能總署", "国际原子能总署"),
        ("核子保安", "核子保安"),
        ("非國家行\ufa08為者", "非国家行行为者"),
        ("管\uf9e4", "管理"),
        ("蕃衍", "繁衍"),
        ("恐怖份子", "恐怖分子"),
        ("散佈", "散布"),
        ("分離鈽", "分离钚"),
        ("臺灣", "台灣"),
        ("裡", "裏"),
        ("為", "爲"),
        ("著", "着"),
        ("IPPAS", "ｉｐｐａｓ"),
        ("Communiqué", "COMMUNIQUE"),
        ("e\u0301", "é"),
        ("か\u3099", "が"),
        ("и\u0306", "й"),
        ("\u1100\u1161\u11a8", "각"),
        ("１５４０", "1540"),
        ("ﬁssile", "fissile"),
    ],
)
def test_two_spellings_of_one_thing_fold_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_both_scripts_of_the_whole_document_fold_equal(document: Document) -> None:
    from opencc import OpenCC

    simplify = OpenCC("tw2s")
    for article in document:
        assert fold(simplify.convert(article.text)) == fold(article.text), article.label


@pytest.mark.parametrize("apart", [("核安", "核能"), ("鈾", "鈽"), ("か", "が"), ("HEU", "LEU")])
def test_different_words_stay_apart(apart: tuple[str, str]) -> None:
    assert fold(apart[0]) != fold(apart[1])


@pytest.mark.parametrize(
    ("text", "wanted", "original"),
    [
        ("以防範「非國家\ufa08為者」獲取", "行为者", "\ufa08為者"),
        ("設計及管\uf9e4核子保安", "管理核子", "管\uf9e4核子"),
        ("重 5 ㎏ 的鈾", "kg 的铀", "㎏ 的鈾"),
        ("a cafe\u0301 b", "cafe", "cafe\u0301"),
        ("か\u3099く", "が", "か\u3099"),
        ("ﬁssile", "i", "ﬁ"),
        ("\u1100\u1161\u11a8국", "각", "\u1100\u1161\u11a8"),
    ],
)
def test_a_match_leads_back_to_exactly_the_original_characters(
    text: str, wanted: str, original: str
) -> None:
    folded = fold_with_offsets(text)
    at = folded.text.index(wanted)
    start, end = folded.original_span(at, at + len(wanted))
    assert text[start:end] == original


def test_in_every_article_each_folded_character_comes_from_its_own(document: Document) -> None:
    for article in document:
        folded = fold_with_offsets(article.text)
        assert folded.text == fold(article.text)
        for i in range(len(folded.text)):
            start, end = folded.original_span(i, i + 1)
            assert fold(article.text[start:end])  # a character, not the gap between two
        assert folded.original_span(0, len(folded.text)) == (0, len(article.text))


def test_folding_is_told_apart_from_showing_by_never_changing_its_input(document: Document) -> None:
    article = document.get(4)
    assert article is not None
    assert "\ufa08" in article.text
    assert "\ufa08" not in fold(article.text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_CHINESE)
def test_composed_and_decomposed_text_fold_equal(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_CHINESE | _WILD)
def test_offsets_of_any_text_are_ordered_inside_it_and_as_many_as_its_characters(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert folded.text == fold(text)
    assert list(folded.starts) == sorted(folded.starts)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)
