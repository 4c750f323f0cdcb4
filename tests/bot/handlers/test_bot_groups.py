"""What the bot promises in groups: neither silent nor talkative."""

import sqlite3

import pytest

from tests.telegram_server import Person, TelegramServer

QUESTION = "國際實體防護諮詢服務去過幾個國家？"


@pytest.fixture
def open_group(bot: TelegramServer, ada: Person):
    """A group in which the bot sees every message."""
    group = bot.group("Seminar", ada, bot.person(1002, "Bob"))
    group.bot_is_admin = True
    return group


async def test_what_is_not_meant_for_the_bot_is_left_alone(
    bot: TelegramServer, ada: Person, open_group
) -> None:
    ada.send(QUESTION, chat=open_group)
    ada.send("@tiaowen_other_bot 第15條", chat=open_group)
    ada.sticker(chat=open_group)
    first = ada.send("hello everyone", chat=open_group)
    bot.person(1002).send("第3條", chat=open_group, reply_to=first)
    await bot.settled()
    assert open_group.unread == ()


@pytest.mark.parametrize(
    "text", ["/ask 第15條", "/ask@tiaowen_test_bot 第15條", "@tiaowen_test_bot 第15條"]
)
async def test_a_command_or_its_name_calls_it(ada: Person, open_group, text: str) -> None:
    asked = ada.send(text, chat=open_group)
    reply = await open_group.reply()
    assert reply.reply_to == asked.id
    assert reply.marked("bold")[1].startswith("第 15 條")


async def test_a_reply_to_it_goes_on(ada: Person, open_group) -> None:
    ada.send("/ask 第15條", chat=open_group)
    answer = await open_group.reply()
    ada.send("下一條", chat=open_group, reply_to=answer)
    assert (await open_group.reply()).marked("bold")[1].startswith("第 16 條")


async def test_two_people_in_a_group_do_not_share_a_thread(
    bot: TelegramServer, ada: Person, open_group
) -> None:
    bob = bot.person(1002)
    ada.send("/ask 第15條", chat=open_group)
    await open_group.reply()
    bob.send("/ask 第3條", chat=open_group)
    answer = await open_group.reply()
    ada.send("下一條", chat=open_group, reply_to=answer)
    assert (await open_group.reply()).marked("bold")[1].startswith("第 16 條")


async def test_calling_it_on_somebodys_message_asks_what_that_says(
    bot: TelegramServer, ada: Person, open_group
) -> None:
    wondered = bot.person(1002).send("第15條在說什麼？", chat=open_group)
    for text in ("@tiaowen_test_bot", "/ask"):
        ada.send(text, chat=open_group, reply_to=wondered)
        assert (await open_group.reply()).marked("bold")[1].startswith("第 15 條")


async def test_a_quoted_part_is_what_is_asked(bot: TelegramServer, ada: Person, open_group) -> None:
    said = bot.person(1002).send("我看了第3條，也看了第15條", chat=open_group)
    ada.send("@tiaowen_test_bot ?", chat=open_group, reply_to=said, quote="第15條")
    assert (await open_group.reply()).marked("bold")[1].startswith("第 15 條")


async def test_a_command_without_a_question_is_told_how(ada: Person, open_group) -> None:
    ada.send("/ask", chat=open_group)
    assert "/ask" in (await open_group.reply()).text


async def test_why_finds_the_question_behind_a_command(ada: Person, open_group) -> None:
    ada.send(f"/ask {QUESTION}", chat=open_group)
    answer = await open_group.reply()
    await ada.press(answer, "為什麼？").answer()
    assert "15" in (await open_group.reply()).text


async def test_in_a_topic_everything_stays_there(bot: TelegramServer, ada: Person) -> None:
    forum = bot.group("Forum", ada, topics=["law", "tea"])
    ada.send("/ask 第15條", chat=forum, thread=forum.topic("law"))
    answer = await forum.reply()
    assert answer.thread == forum.topic("law")
    ada.send("下一條", chat=forum, reply_to=answer)
    assert (await forum.reply()).thread == forum.topic("law")


@pytest.mark.parametrize("is_gone", [False, True])
async def test_in_a_topic_every_message_of_a_long_answer_stays_there(
    bot: TelegramServer, ada: Person, is_gone: bool
) -> None:
    forum = bot.group("Forum", ada, topics=["law", "tea"])
    for topic in map(forum.topic, ("law", "tea")):
        asked = ada.send("/ask 1-36", chat=forum, thread=topic)
        if is_gone:  # then no message is held in the topic by what it replies to
            asked.delete()
        await bot.settled()
        parts = [await forum.reply() for _ in forum.unread]
        assert len(parts) > 1 and {part.thread for part in parts} == {topic}
        assert (parts[0].reply_to is None) is is_gone


async def test_in_a_topic_what_an_edit_adds_to_an_answer_stays_there(
    bot: TelegramServer, ada: Person
) -> None:
    forum = bot.group("Forum", ada, topics=["law", "tea"])
    asked = ada.send("/ask 第9條", chat=forum, thread=forum.topic("tea"))
    await forum.reply()
    ada.edit(asked, "/ask 1-36")
    await bot.settled()
    assert forum.unread and {part.thread for part in forum.from_bot} == {forum.topic("tea")}


async def test_in_a_large_group_a_thread_of_replies_is_no_topic(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Large", ada, supergroup=True)
    ada.send("/ask 第15條", chat=group)
    answer = await group.reply()
    ada.send("下一條", chat=group, reply_to=answer)
    assert (await group.reply()).marked("bold")[1].startswith("第 16 條")


async def test_nobody_else_presses_what_was_asked_of_one(
    bot: TelegramServer, ada: Person, open_group
) -> None:
    bob = bot.person(1002)
    ada.send("/forget@tiaowen_test_bot", chat=open_group)
    asked = await open_group.reply()
    notice = await bob.press(asked, "刪除我的一切資料").answer()
    assert notice["show_alert"] and "給別人的" in notice["text"]
    await ada.press(asked, "刪除我的一切資料").answer()
    await asked.edited()


async def test_a_vote_on_somebody_elses_question_keeps_no_word_of_it(
    bot: TelegramServer, ada: Person, open_group, tmp_path
) -> None:
    bob = bot.person(1002)
    bob.send(QUESTION)
    own = await bob.chat.reply()
    await bob.press(own, "👍").answer()
    consent = await bob.chat.reply()
    await bob.press(consent, "可以").answer()
    await consent.edited()
    ada.send(f"/ask {QUESTION}又去過哪裡", chat=open_group)
    await bob.press(await open_group.reply(), "👍").answer()
    ada.send("明天台北會下雨嗎，要不要帶傘", chat=open_group)
    said = ada.send("明天高雄會下雨嗎，要不要帶傘", chat=open_group)
    bob.send("/ask", chat=open_group, reply_to=said)
    await open_group.reply()
    await bot.settled()
    with sqlite3.connect(tmp_path / "state" / "bot.sqlite3") as connection:
        kept = connection.execute("SELECT question FROM vote WHERE question IS NOT NULL").fetchall()
        unanswered = connection.execute("SELECT question FROM unanswered").fetchall()
    assert kept == [(QUESTION,)] and unanswered == []


async def test_a_bare_command_in_a_group_is_another_bots(ada: Person, open_group) -> None:
    for text in ("/start", "/help", "/toc", "/article 15", "/random", "/privacy", "/forget"):
        ada.send(text, chat=open_group)
    ada.send("/article@tiaowen_test_bot 16", chat=open_group)
    shown = await open_group.reply()
    assert shown.marked("bold")[0].startswith("第 16 條") or "第 16 條" in shown.text
    assert open_group.unread == ()
