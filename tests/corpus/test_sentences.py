"""The promises of corpus/sentences.py."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from corpus.sentences import split_sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n ", []),
        ("一。二。", ["一。", "二。"]),
        ("一；二。三", ["一；二。", "三"]),
        ("他說：「好。」我們走。", ["他說：「好。」", "我們走。"]),
        ("《何時？》一文。", ["《何時？》", "一文。"]),
        ("真的？！是。", ["真的？！", "是。"]),
        ("標題\n正文。", ["標題", "正文。"]),
        ("It ends. It begins.", ["It ends.", "It begins."]),
        ("Version 2.5 is out. Yes.", ["Version 2.5 is out.", "Yes."]),
        ("See Art. 5 of it. Then go.", ["See Art. 5 of it.", "Then go."]),
        ("It is, e.g. here. Yes.", ["It is, e.g. here.", "Yes."]),
        ("J. Smith spoke. All left.", ["J. Smith spoke.", "All left."]),
        ('He said "stop." We left.', ['He said "stop."', "We left."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert _split(text) == sentences


def test_the_bundled_documents_sentences_give_back_every_word(document: Document) -> None:
    for article in document:
        spans = split_sentences(article.text)
        assert spans
        assert "".join(_split(article.text)).replace(" ", "") == "".join(article.text.split()), (
            article.id
        )


def test_no_sentence_of_the_bundled_document_cuts_a_quoted_title(document: Document) -> None:
    for article in document:
        for sentence in _split(article.text):
            for left, right in ("《》", "「」", "（）", "()"):
                assert sentence.count(left) == sentence.count(right), sentence


@given(st.text(alphabet="一二。！？；：「」《》 .,!?)\"'\n\tAbc5", max_size=60))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_spans_are_in_order_trimmed_and_leave_out_only_white_space(text: str) -> None:
    covered, last = set[int](), 0
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)


def test_a_very_long_text_is_split_in_reasonable_time() -> None:
    assert len(split_sentences("甲" * 200_000 + "。" + "」" * 200_000)) == 1
    assert len(split_sentences("甲。" * 50_000)) == 50_000
