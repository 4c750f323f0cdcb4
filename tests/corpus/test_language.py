"""The promises of corpus/language.py."""

import pytest

from corpus import Document
from corpus.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("國際實體防護諮詢服務去過幾個國家？", "zh-Hant"),
        ("国际实体防护咨询服务去过几个国家？", "zh-Hans"),
        ("核安全", "zh-Hant"),
        ("高峰會後的工作計畫由台灣提出", "zh-Hant"),
        ("第15条", "zh-Hans"),
        ("第15條", "zh-Hant"),
        ("核セキュリティとは何ですか", "ja"),
        ("핵안보 정상회의", "ko"),
        ("What does article 9 say?", "en"),
        ("¿Qué dice el artículo 9?", "en"),
        ("IPPAS 去過幾個國家？", "zh-Hant"),
        ("ＩＰＰＡＳ", "en"),
        ("", "und"),
        ("123 ?!", "und"),
        ("МАГАТЭ", "und"),
        ("\x00\ud800", "und"),
    ],
)
def test_the_language_is_told_from_the_characters(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_every_article_of_the_bundled_document_is_traditional(document: Document) -> None:
    assert {detect_language(article.text) for article in document} == {"zh-Hant"}


def test_a_huge_text_costs_no_more_than_its_beginning() -> None:
    assert detect_language("國" * 10_000_000) == "zh-Hant"
    assert detect_language("\ufdfa" * 3_000) == "und"
