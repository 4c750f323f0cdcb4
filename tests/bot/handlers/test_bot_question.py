"""What answering plain messages promises, over real HTTP with the real model."""

import re

import pytest

from bot.markup import MAX_UNITS, utf16_length
from corpus import Document
from tests.telegram_server import Person, TelegramServer

COUNTED = "迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("國際實體防護諮詢服務去過幾個國家？", "文件這樣說："),
        ("国际实体防护咨询服务去过几个国家？", "文件这样说："),
        ("How many countries have IPPAS missions visited so far?", "The document says:"),
    ],
)
async def test_a_question_is_answered_in_its_own_language(
    bot: TelegramServer, by_number, question: str, headline: str
) -> None:
    # Whatever the person's Telegram is set to.
    person = bot.person(7, "Ines", language_code="pt-br")
    person.send(question)
    reply = await person.chat.reply()
    assert reply.text.splitlines()[0] == headline
    assert reply.marked("expandable_blockquote")[0] == by_number(15).text
    assert COUNTED in reply.marked("bold")
    assert f"第 15 條 · {by_number(15).section}" in reply.marked("bold")
    assert (await bot.settled()) is None


@pytest.mark.parametrize(
    ("setting", "question", "note"),
    [
        ("en", "15", ["The text is in Chinese (Traditional), word for word."]),
        ("zh-hans", "核保安是谁的责任，各国还是总署？", []),
        ("zh-hant", "第十五條", []),
    ],
)
async def test_who_reads_another_language_is_told_which_the_article_is_in(
    bot: TelegramServer, setting: str, question: str, note: list[str]
) -> None:
    person = bot.person(9, "Li", language_code=setting)
    person.send(question)
    lines = (await person.chat.reply()).text.splitlines()
    article = next(n for n, line in enumerate(lines) if line.startswith("第 "))
    assert [line for line in lines[1:article] if line] == note


async def test_where_no_article_is_cited_nothing_is_said_of_its_language(
    bot: TelegramServer,
) -> None:
    person = bot.person(9, "Li", language_code="en")
    for question in ("99", "Who pays for medical isotopes?", "Will it rain tomorrow?"):
        person.send(question)
        assert "word for word" not in (await person.chat.reply()).text


@pytest.mark.parametrize(
    ("setting", "headline"),
    [
        ("zh-hans", "文件这样说："),
        ("en", "The document says:"),
        ("de", "The document says:"),
        (None, "文件這樣說："),
    ],
)
async def test_a_bare_number_is_answered_in_the_persons_language(
    bot: TelegramServer, setting: str | None, headline: str
) -> None:
    person = bot.person(8, "Li", language_code=setting)
    person.send("15")
    assert (await person.chat.reply()).text.splitlines()[0] == headline


async def test_a_number_that_is_not_there_is_told_the_range(ada: Person) -> None:
    ada.send("第99條")
    assert (await ada.chat.reply()).text == "沒有這一條。\n這份文件有第 1–36 條。"


async def test_an_article_of_another_law_is_not_taken_for_ours(
    ada: Person, document: Document
) -> None:
    ada.send("勞基法第24條的加班費")
    reply = await ada.chat.reply()
    assert f"那是別的法規的條號；這份文件是「{document.title}」。" in reply.text
    assert not reply.text.startswith("文件這樣說")


@pytest.mark.parametrize(
    "question",
    [
        "<b>第15條</b> &amp; \"quoted\" 'x'",
        "</blockquote><script>alert(1)</script> 核子保安 < > &",
        "&lt;&#60;&bogus; *_`[](tg://user?id=1)",
        "\u202e第15條\u200d\ufeff",
        "\ufdfa" * 200,
        "🏳️‍🌈👩‍👩‍👧‍👦 核子保安",
        "核" * 4096,
        "𠮷" * 2048,
        "1",
        "?",
    ],
    ids=[
        "tags",
        "script",
        "entities",
        "direction",
        "expanding",
        "emoji",
        "long",
        "astral",
        "1",
        "mark",
    ],
)
async def test_any_text_gets_a_reply_that_telegram_takes(
    bot: TelegramServer, ada: Person, question: str
) -> None:
    ada.send(question)
    reply = await ada.chat.reply()
    assert reply.text and "出了點問題" not in reply.text
    await bot.settled()
    assert all(call.error is None for call in bot.calls)
    assert all(utf16_length(message.text) <= MAX_UNITS for message in ada.chat.from_bot)


async def test_every_quoted_text_is_an_articles_own(ada: Person, document: Document) -> None:
    own = {article.text for article in document}
    for question in (
        "駭客攻擊核電廠的電腦怎麼辦",
        "who pays for medical isotopes without HEU",
        "INTERPOL",
    ):
        ada.send(question)
        reply = await ada.chat.reply()
        quoted = reply.marked("expandable_blockquote")
        assert quoted and set(quoted) <= own


async def test_a_question_that_is_cut_is_told_so(ada: Person) -> None:
    ada.send("第15條" + "很" * 2000)
    assert "問題太長，只讀了前 1000 個字。" in (await ada.chat.reply()).text


async def test_characters_without_meaning_are_no_question(ada: Person) -> None:
    ada.send("\u200b\u2060")
    assert (await ada.chat.reply()).text == "請輸入問題。"


async def test_the_conversation_goes_on_from_the_article_shown(ada: Person) -> None:
    for text, number in (("第15條", 15), ("下一條", 16), ("previous", 15), ("再說一次", 15)):
        ada.send(text)
        assert (await ada.chat.reply()).marked("bold")[1].startswith(f"第 {number} 條")


async def test_two_people_do_not_share_a_conversation(bot: TelegramServer, ada: Person) -> None:
    bob = bot.person(1002, "Bob")
    ada.send("第15條")
    await ada.chat.reply()
    bob.send("第3條")
    await bob.chat.reply()
    ada.send("下一條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 16 條")


async def test_a_caption_is_a_question(ada: Person) -> None:
    ada.photo("第15條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")


async def test_a_forwarded_text_is_a_question(ada: Person) -> None:
    ada.send("第15條", forwarded_from="Bob")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")


async def test_a_message_in_several_parts_is_one_question(bot: TelegramServer, ada: Person) -> None:
    ada.send("第15條。" + "很" * 4091)
    ada.send("很" * 300)
    ada.send("第3條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 3 條")
    await bot.settled()
    assert ada.chat.unread == ()


async def test_in_a_group_the_message_is_replied_to(bot: TelegramServer, ada: Person) -> None:
    group = bot.group("Seminar", ada)
    asked = ada.send("@tiaowen_test_bot 第15條說什麼？", chat=group)
    reply = await group.reply()
    assert reply.reply_to == asked.id
    assert reply.marked("expandable_blockquote")


async def test_the_bots_name_is_no_part_of_the_question(bot: TelegramServer, ada: Person) -> None:
    group = bot.group("Seminar", ada)
    question = "國際實體防護諮詢服務去過幾個國家？"
    ada.send(question)
    ada.send(f"@TIAOWEN_test_bot {question}", chat=group)
    assert (await group.reply()).text == (await ada.chat.reply()).text


async def test_an_answer_stands_beside_its_question(ada: Person) -> None:
    asked = ada.send("第15條")
    assert (await ada.chat.reply()).reply_to == asked.id


async def test_in_a_topic_the_answer_stays_in_the_topic(bot: TelegramServer, ada: Person) -> None:
    forum = bot.group("Forum", ada, topics=["law"])
    asked = ada.send("@tiaowen_test_bot 第15條", chat=forum, thread=forum.topic("law"))
    reply = await forum.reply()
    assert (reply.thread, reply.reply_to) == (forum.topic("law"), asked.id)


async def test_a_message_that_was_deleted_is_answered_all_the_same(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Seminar", ada)
    ada.send("@tiaowen_test_bot 第15條", chat=group).delete()
    reply = await group.reply()
    assert reply.reply_to is None and reply.marked("expandable_blockquote")


async def test_no_link_preview_and_no_dangling_markup(bot: TelegramServer, ada: Person) -> None:
    ada.send("第15條")
    reply = await ada.chat.reply()
    assert not re.search(r"</?(b|i|blockquote)|&lt;|&amp;", reply.text)
    (call,) = bot.called("sendMessage")
    assert call.parameters.structure("link_preview_options") == {"is_disabled": True}


async def test_a_command_to_ask_may_stand_in_a_caption(bot: TelegramServer, ada: Person) -> None:
    ada.photo("/ask 第15條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")
    group = bot.group("Seminar", ada)
    asked = ada.photo("/ask 第9條", chat=group)
    answer = await group.reply()
    assert answer.reply_to == asked.id and answer.marked("bold")[1].startswith("第 9 條")
    ada.photo("/ask@other_bot 第9條", chat=group)
    ada.photo("/asks 第9條", chat=group)
    await bot.settled()
    assert group.unread == ()
