"""What /article promises."""

import pytest

from corpus import Document
from tests.telegram_server import Person, TelegramServer

USAGE = "要看第幾條？例如 /article 15。這份文件有第 1–36 條，0 是前言。"


async def test_every_article_is_shown_byte_for_byte(
    bot: TelegramServer, ada: Person, document: Document
) -> None:
    for article in document:
        ada.send(f"/article {article.number}")
        reply = await ada.chat.reply()
        assert reply.marked("expandable_blockquote") == [article.text]
        assert reply.text.encode().count(article.text.encode()) == 1
        heading = f"{article.label} · {article.section}" if article.section else article.label
        assert reply.marked("bold") == ["文件這樣說：", heading]
    await bot.settled()
    assert ada.chat.unread == ()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("15 ", [15]), ("第十五條", [15]), ("３", [3]), ("21–22", [21, 22]), ("第3條跟第4條", [3, 4])],
)
async def test_numbers_are_taken_as_people_write_them(
    ada: Person, words: str, numbers: list[int]
) -> None:
    ada.send(f"/article {words}")
    labels = [line for line in (await ada.chat.reply()).marked("bold") if line.startswith("第 ")]
    assert [label.partition(" 條")[0] for label in labels] == [f"第 {n}" for n in numbers]


@pytest.mark.parametrize("words", ["", " ", " apples", " -", " 核子保安", " <b>"])
async def test_wrong_use_is_told_how(ada: Person, words: str) -> None:
    ada.send(f"/article{words}")
    assert (await ada.chat.reply()).text == USAGE


async def test_a_text_too_long_names_no_article(ada: Person) -> None:
    ada.send("/article " + "很" * 2000)
    assert (await ada.chat.reply()).text == USAGE


async def test_wrong_use_leaves_the_conversation_where_it_was(ada: Person) -> None:
    for text in ("/article 15", "/article apples"):
        ada.send(text)
        await ada.chat.reply()
    ada.send("下一條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 16 條")


async def test_a_number_that_is_not_there_is_told_the_range(ada: Person) -> None:
    ada.send("/article 37")
    assert (await ada.chat.reply()).text == "沒有這一條。\n這份文件有第 1–36 條。"


async def test_the_words_are_in_the_persons_language(bot: TelegramServer) -> None:
    bob = bot.person(1002, "Bob", language_code="en")
    bob.send("/article")
    assert (await bob.chat.reply()).text.startswith("Which article? For example /article 15.")
    bob.send("/article 15")
    assert (await bob.chat.reply()).text.startswith("The document says:")


async def test_in_a_group_the_command_is_replied_to(bot: TelegramServer, ada: Person) -> None:
    group = bot.group("Seminar", ada)
    asked = ada.send("/article@tiaowen_test_bot 15", chat=group)
    assert (await group.reply()).reply_to == asked.id
