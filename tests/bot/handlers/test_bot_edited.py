"""What an edited question promises: its earlier answer is edited."""

import sqlite3
from pathlib import Path

import pytest

from tests.telegram_server import Person, TelegramServer


async def test_the_earlier_answer_is_edited(ada: Person, by_number) -> None:
    asked = ada.send("第15條")
    answer = await ada.chat.reply()
    ada.edit(asked, "第9條")
    await answer.edited()
    assert answer.marked("expandable_blockquote") == [by_number(9).text]
    assert "◀ 8" in answer.labels
    assert ada.chat.unread == ()


async def test_an_answer_is_found_again_after_a_restart(server: TelegramServer, serving) -> None:
    ada = server.person(1001, "Ada")
    asked = ada.send("第15條")
    async with serving(server.url, server.token):
        answer = await ada.chat.reply()
    ada.edit(asked, "第9條")
    async with serving(server.url, server.token):
        await answer.edited()
    assert answer.marked("bold")[1].startswith("第 9 條")


async def test_an_answer_that_needs_fewer_messages_leaves_none_behind(
    bot: TelegramServer, ada: Person
) -> None:
    asked = ada.send("1-36")
    first = await ada.chat.reply()
    parts = [first]
    await bot.settled()
    while ada.chat.unread:
        parts.append(await ada.chat.reply())
    assert len(parts) > 1
    ada.edit(asked, "第9條")
    await first.edited()
    await bot.settled()
    assert [part.deleted for part in parts] == [False] + [True] * (len(parts) - 1)
    ada.edit(asked, "1-36")
    await first.edited(version=2)
    await bot.settled()
    assert len(ada.chat.unread) == len(parts) - 1


async def test_an_answer_that_was_deleted_is_sent_anew(ada: Person) -> None:
    asked = ada.send("第15條")
    (await ada.chat.reply()).delete()
    ada.edit(asked, "第9條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 9 條")


async def test_an_edit_that_changes_nothing_says_nothing(bot: TelegramServer, ada: Person) -> None:
    asked = ada.send("第15條")
    answer = await ada.chat.reply()
    ada.edit(asked, "第15條 ")
    await bot.settled()
    assert len(answer.versions) == 1 and ada.chat.unread == ()


@pytest.mark.parametrize("command", ["/ask 第{}條", "/article {}"])
async def test_an_edit_of_a_command_is_followed(ada: Person, command: str) -> None:
    asked = ada.send(command.format(15))
    answer = await ada.chat.reply()
    ada.edit(asked, command.format(9))
    await answer.edited()
    assert answer.marked("bold")[1].startswith("第 9 條")
    ada.send("下一條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 10 條")


@pytest.mark.parametrize("caption", ["第{}條", "/ask 第{}條"])
async def test_an_edit_of_a_caption_is_followed(
    bot: TelegramServer, ada: Person, by_number, caption: str
) -> None:
    asked = ada.photo(caption.format(15))
    answer = await ada.chat.reply()
    ada.edit(asked, caption.format(9))
    await answer.edited()
    assert answer.marked("expandable_blockquote") == [by_number(9).text]
    await bot.settled()
    assert ada.chat.unread == ()


async def test_why_below_an_edited_answer_is_about_the_question_as_it_reads_now(
    ada: Person,
) -> None:
    asked = ada.send("國際實體防護諮詢服務去過幾個國家？")
    answer = await ada.chat.reply()
    ada.edit(asked, "駭客攻擊核電廠的電腦怎麼辦")
    await answer.edited()
    await ada.press(answer, "為什麼？").answer()
    assert "\n 30  " in (await ada.chat.reply()).text


async def test_an_edit_in_a_group_that_is_not_meant_for_us_is_left_alone(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Seminar", ada)
    group.bot_is_admin = True
    said = ada.send("hello", chat=group)
    ada.edit(said, "第9條")
    await bot.settled()
    assert group.unread == ()


async def test_an_edit_goes_on_from_where_the_question_stood(ada: Person) -> None:
    ada.send("第15條")
    await ada.chat.reply()
    asked = ada.send("下一條")
    answer = await ada.chat.reply()
    ada.edit(asked, "上一條")
    await answer.edited()
    assert answer.marked("bold")[1].startswith("第 14 條")


async def test_what_is_no_change_of_words_asks_nothing_again(
    bot: TelegramServer, ada: Person
) -> None:
    # Telegram reports a first reaction as an edit.
    ada.send("第15條")
    await ada.chat.reply()
    asked = ada.send("下一條")
    answer = await ada.chat.reply()
    ada.edit(asked, "下一條")
    await bot.settled()
    assert len(answer.versions) == 1 and answer.marked("bold")[1].startswith("第 16 條")
    ada.send("下一條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 17 條")


async def test_a_command_for_another_bot_stays_one_when_edited(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Seminar", ada)
    group.bot_is_admin = True
    said = ada.send("/ask@other_bot 第15條", chat=group)
    ada.edit(said, "/ask@other_bot 第9條")
    await bot.settled()
    assert group.unread == ()


async def test_an_edit_that_mends_a_command_for_an_article_is_answered(
    bot: TelegramServer, ada: Person
) -> None:
    asked = ada.send("/article")
    await ada.chat.reply()
    ada.edit(asked, "/article 9")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 9 條")
    ada.edit(asked, "/article apples")
    await bot.settled()
    assert ada.chat.unread == ()


async def test_of_an_edit_somebody_elses_words_are_not_kept(
    bot: TelegramServer, ada: Person, tmp_path: Path
) -> None:
    group = bot.group("Seminar", ada, bob := bot.person(1002, "Bob"))
    group.bot_is_admin = True
    bob.send("國際實體防護諮詢服務去過幾個國家？")
    await bob.press(await bob.chat.reply(), "👍").answer()
    consent = await bob.chat.reply()
    await bob.press(consent, "可以").answer()
    await consent.edited()
    said = ada.send("明天高雄會下雨嗎，要不要帶傘", chat=group)
    for before, after in (
        ("嗯", "@tiaowen_test_bot"),
        ("是呀", "@tiaowen_test_bot 明天台北會下雨嗎，要不要帶傘"),
    ):
        edited = bob.send(before, chat=group, reply_to=said)
        bob.edit(edited, after)
        assert (await group.reply()).reply_to == edited.id
    await bot.settled()
    with sqlite3.connect(tmp_path / "state" / "bot.sqlite3") as connection:
        kept = connection.execute("SELECT question FROM unanswered").fetchall()
    assert [question for (question,) in kept] == ["明天台北會下雨嗎,要不要帶傘"]
