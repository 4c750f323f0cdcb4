"""What the bot promises in groups: neither silent nor talkative."""

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
