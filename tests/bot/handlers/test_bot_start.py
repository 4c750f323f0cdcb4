"""What /start, /help, /about and unknown commands promise."""

import hashlib
import json

import pytest

from bot.handlers.about import about_document
from bot.handlers.start import examples, help_text, welcome
from bot.markup import MAX_UNITS, utf16_length
from bot.menu import menu
from bot.translations import UI_LANGUAGES, translation
from corpus import Article, Document, Pack
from corpus.version import __version__
from retrieval import Retriever
from tests.telegram_server import Person, TelegramServer
from tests.telegram_server.markup import parse_html


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("zh-hant", "用你慣用的語言提問"),
        ("zh-hans", "用你习惯的语言提问"),
        ("en", "Ask a question in your own"),
    ],
)
async def test_start_welcomes_in_the_persons_language(
    bot: TelegramServer, document: Document, setting: str, words: str
) -> None:
    person = bot.person(5, "Li", language_code=setting)
    person.send("/start")
    reply = await person.chat.reply()
    assert reply.marked("bold") == [document.title]
    assert words in reply.text and "/help" in reply.marked("bot_command")


async def test_an_example_is_a_button_that_asks_it(ada: Person) -> None:
    ada.send("/start")
    welcome_message = await ada.chat.reply()
    for example in examples(translation("zh-Hant")):
        await ada.press(welcome_message, example).answer()
        asked, answer = await ada.chat.reply(), await ada.chat.reply()
        assert asked.text == f"❓ {example}"
        assert answer.reply_to == asked.id and answer.marked("expandable_blockquote")


async def test_a_link_opens_its_article(ada: Person, by_number) -> None:
    ada.send("/start a15")
    assert (await ada.chat.reply()).marked("expandable_blockquote") == [by_number(15).text]


async def test_a_link_to_an_article_that_is_not_there_says_which_are(ada: Person) -> None:
    ada.send("/start a99")
    assert (await ada.chat.reply()).text == "沒有這一條。\n這份文件有第 1–36 條。"


async def test_start_with_a_payload_is_a_start(ada: Person, document: Document) -> None:
    ada.send("/start a-15")
    assert (await ada.chat.reply()).marked("bold") == [document.title]


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_every_example_is_one_that_the_document_answers(
    retriever: Retriever, language: str
) -> None:
    host, hackers, number = examples(translation(language))
    assert retriever.ask(host).status == "answered"
    assert retriever.ask(hackers).status == "answered"
    assert [c.article.number for c in retriever.ask(number).citations] == [15]


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_welcome_fits_whatever_the_title(language: str) -> None:
    text, _entities = parse_html(welcome("<𠮷>" * 2000, translation(language)))
    assert utf16_length(text) <= MAX_UNITS


async def test_help_lists_the_commands(ada: Person) -> None:
    ada.send("/help")
    reply = await ada.chat.reply()
    # Every command of the menu is explained, and every one explained is answered.
    assert {f"/{entry.command}" for entry in menu("zh-Hant")} <= set(reply.marked("bot_command"))
    assert "「第 9 條」" in reply.text and "下一條" in reply.text


@pytest.mark.parametrize("language", UI_LANGUAGES)
async def test_what_help_says_works(ada: Person, language: str) -> None:
    assert "21–22" in help_text(translation(language))
    ada.send("21–22")
    assert [b for b in (await ada.chat.reply()).marked("bold") if b.startswith("第 2")]


async def test_about_shows_the_preface_and_counts(
    ada: Person, document: Document, by_number
) -> None:
    ada.send("/about")
    reply = await ada.chat.reply()
    assert reply.text.startswith(f"{document.title}\n共 36 條，分 17 節，編號 1–36。")
    assert reply.marked("expandable_blockquote") == [by_number(0).text]
    assert f"譯者: {by_number(0).metadata['translator']}" in reply.text


async def test_about_names_the_source_and_what_was_made_from_it_by_hash(
    ada: Person, pack: Pack
) -> None:
    ada.send("/about")
    told = (await ada.chat.reply()).marked("code")
    header = json.loads((pack.path / "articles.jsonl").read_bytes().partition(b"\n")[0])
    source = hashlib.sha256((pack.path / header["source"]).read_bytes()).hexdigest()
    assert header["source_sha256"] == source
    assert f"source: {header['source']} {source}" in told
    assert f"pack: {pack.id} {pack.sha256}" in told


def test_about_a_document_without_a_preface_is_its_title_and_counts() -> None:
    article = Article("d/1", 1, "第 1 條", None, "甲")
    made_from = (("pack", "d <0>"),)
    told = about_document(
        Document("d", "<法>", "zh-Hant", (article,)), made_from, translation("en")
    )
    counts = "<b>&lt;法&gt;</b>\n1 articles under 0 headings, numbered 1–1."
    versions = f"<code>tiaowen {__version__}</code>\n<code>pack: d &lt;0&gt;</code>"
    assert told == [f"{counts}\n\n{versions}"]


async def test_an_unknown_command_shows_the_help(ada: Person) -> None:
    ada.send("/frobnicate now")
    assert "/article" in (await ada.chat.reply()).marked("bot_command")


async def test_commands_for_other_bots_are_left_to_them(bot: TelegramServer, ada: Person) -> None:
    group = bot.group("Seminar", ada)
    group.bot_is_admin = True
    for text in ("/ban", "/start@other_bot", "/help@other_bot 15", "/article@other_bot 15"):
        ada.send(text, chat=group)
    await bot.settled()
    assert group.unread == ()
    ada.send("/frobnicate@tiaowen_test_bot", chat=group)
    assert "/article" in (await group.reply()).text
