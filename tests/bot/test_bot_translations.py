"""What the translations promise: complete, with the same places to fill, and compiled."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from opencc import OpenCC

import bot
from bot.translations import DOMAIN, LOCALES, UI_LANGUAGES, translation, ui_language

SOURCES = Path(bot.__file__).parent
TRANSLATED = [language for language in UI_LANGUAGES if language != "en"]
FILLED = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def extracted() -> set[str]:
    """Every message in the bot's sources."""
    return {found[2] for found in extract_from_dir(SOURCES)}


def catalogue(language: str, suffix: str) -> Catalog:
    path = LOCALES / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"
    with path.open("rb") as file:
        return read_po(file) if suffix == "po" else read_mo(file)


def messages(catalog: Catalog) -> dict[str, str]:
    return {message.id: message.string for message in catalog if message.id}


def test_messages_are_found_in_the_sources(extracted: set[str]) -> None:
    assert "The document says:" in extracted
    assert len(extracted) > 20


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_other_is(language: str, extracted: set[str]) -> None:
    translated = messages(catalogue(language, "po"))
    assert translated.keys() == extracted
    assert all(text.strip() for text in translated.values())
    assert not any(message.fuzzy for message in catalogue(language, "po") if message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_places_to_fill(language: str) -> None:
    for original, translated in messages(catalogue(language, "po")).items():
        assert sorted(FILLED.findall(original)) == sorted(FILLED.findall(translated)), original


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert messages(catalogue(language, "mo")) == messages(catalogue(language, "po"))


def test_each_chinese_is_written_in_its_own_script() -> None:
    for text in messages(catalogue("zh-Hans", "po")).values():
        assert OpenCC("t2s").convert(text) == text
    for text in messages(catalogue("zh-Hant", "po")).values():
        # Text that is Traditional already stays what it is.
        assert OpenCC("s2tw").convert(text) == text


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        # what is detected in a question
        ("zh-Hant", "zh-Hant"), ("zh-Hans", "zh-Hans"), ("en", "en"), ("ja", "en"), ("ko", "en"),
        # what Telegram sends
        ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hant"),
        ("zh-hans-cn", "zh-Hans"), ("zh-hant-hk", "zh-Hant"), ("zh-hant-my", "zh-Hant"),
        ("pt-br", "en"), ("fr", "en"), ("zha", "en"),
        # what a terminal is set to
        ("zh_TW.UTF-8", "zh-Hant"), ("zh_CN.UTF-8", "zh-Hans"), ("zh_SG", "zh-Hans"),
        ("zh_CN@pinyin", "zh-Hans"), ("zh_HK.Big5", "zh-Hant"), ("en_US.UTF-8", "en"),
    ],
)  # fmt: skip
def test_a_person_is_spoken_to_in_their_language(written: str, spoken: str) -> None:
    assert ui_language(written, fallback="zh-Hans") == spoken


@pytest.mark.parametrize("unknown", ["", "und", "C", "POSIX", "C.UTF-8"])
def test_an_unknown_language_takes_the_fallback(unknown: str) -> None:
    assert ui_language(unknown, fallback="zh-Hant") == "zh-Hant"
    assert ui_language(unknown) == "en"


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_every_language_we_speak_has_its_words(language: str) -> None:
    assert translation(language).language == language
    said = translation(language)("The document says:")
    assert said == {
        "zh-Hant": "文件這樣說：", "zh-Hans": "文件这样说：", "en": "The document says:",
    }[language]  # fmt: skip
    assert translation(language)("not a message") == "not a message"
