"""What the stand-in promises of people: writing, pressing, searching, and being waited for."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest
import telegram
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import BadRequest

import tests.telegram_server as package
from tests.telegram_server import Person, TelegramServer, Timing, User, running_in_thread

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("下一條", callback_data="n:16")]])


def article(id: str, text: str = "text") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id, "title", InputTextMessageContent(text), reply_markup=KEYS)


async def newest(bot: telegram.Bot) -> telegram.Update:
    return (await bot.get_updates(offset=-1))[0]


async def test_a_message_arrives_as_telegram_writes_it(bot: telegram.Bot, ada: Person) -> None:
    ada.send("𠮷 /ask@tiaowen_test_bot 第15條 @ada")
    raw = (await newest(bot)).to_dict()["message"]
    assert raw["from"] == {
        "id": 1001, "is_bot": False, "first_name": "Ada", "username": "ada",
        "language_code": "zh-hant",
    }  # fmt: skip
    assert raw["chat"]["type"] == "private"
    assert 1_700_000_000 < raw["date"] < 10_000_000_000
    assert raw["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 21},
        {"type": "mention", "offset": 30, "length": 4},
    ]


async def test_edits_quotes_forwards_and_media_arrive(bot: telegram.Bot, ada: Person) -> None:
    asked = ada.send("第15條說什麼？")
    ada.edit(asked, "第16條說什麼？")
    edited = (await newest(bot)).edited_message
    assert edited and edited.edit_date and edited.text == "第16條說什麼？"
    ada.send("這裡", reply_to=asked, quote="16條")
    quoted = (await newest(bot)).message
    assert quoted and quoted.quote and quoted.reply_to_message
    assert (quoted.quote.text, quoted.reply_to_message.message_id) == ("16條", asked.id)
    ada.send("news", forwarded_from="Bob")
    forwarded = (await newest(bot)).message
    assert forwarded and forwarded.forward_origin
    ada.photo("caption /start")
    photo = (await newest(bot)).message
    assert photo and photo.photo and photo.caption == "caption /start"
    assert photo.caption_entities[0].type == "bot_command"
    ada.sticker()
    sticker = (await newest(bot)).message
    assert sticker and sticker.sticker
    ada.voice()
    voice = (await newest(bot)).message
    assert voice and voice.voice


async def test_of_a_photo_the_caption_is_edited(bot: telegram.Bot, ada: Person) -> None:
    sent = ada.photo("/ask 第15條")
    ada.edit(sent, "第9條 @ada")
    edited = (await newest(bot)).edited_message
    assert edited and edited.photo and edited.text is None
    assert (edited.caption, sent.marked("mention")) == ("第9條 @ada", ["@ada"])
    assert [entity.type for entity in edited.caption_entities] == ["mention"]
    ada.edit(sent, "")
    edited = (await newest(bot)).edited_message
    assert edited and edited.photo and edited.caption is None


async def test_an_answer_shows_what_it_answers_as_it_reads_now(
    bot: telegram.Bot, ada: Person
) -> None:
    asked = ada.send("第15條")
    await bot.send_message(1001, "here", reply_to_message_id=asked.id, reply_markup=KEYS)
    answer = await ada.chat.reply()
    ada.edit(asked, "第9條")
    assert len(answer.versions) == 1  # not edited itself
    ada.press(answer, "下一條")
    query = (await newest(bot)).callback_query
    assert query and isinstance(query.message, telegram.Message) and query.message.reply_to_message
    assert query.message.reply_to_message.text == "第9條"


async def test_an_album_arrives_picture_by_picture(bot: telegram.Bot, ada: Person) -> None:
    ada.album("第15條", "")
    ada.album("")
    sent = [update.message for update in await bot.get_updates()]
    assert [message and message.caption for message in sent] == ["第15條", None, None]
    first, second, other = [message and message.media_group_id for message in sent]
    assert first and first == second != other


async def test_what_was_posted_via_a_bot_says_so(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    group = server.group("Seminar", ada)
    ada.send("第 15 條", chat=group, via_bot=server.world.bot)
    ada.sticker(chat=group, via_bot=User(77, "Pictures", is_bot=True))
    ada.sticker(via_bot=User(77, "Pictures", is_bot=True))
    # In a group the bot sees what it helped with, whoever sent it.
    sent = [update.message for update in await bot.get_updates()]
    assert [message and message.via_bot and message.via_bot.id for message in sent] == [
        server.world.bot.id,
        77,
    ]


async def test_replies_come_in_order_and_once(bot: telegram.Bot, ada: Person) -> None:
    waiting = asyncio.create_task(ada.chat.reply())
    await bot.send_message(1001, "one")
    await bot.send_message(1001, "two")
    assert (await waiting).text == "one"
    assert [message.text for message in ada.chat.unread] == ["two"]
    assert (await ada.chat.reply()).text == "two"
    with pytest.raises(TimeoutError, match="a message from the bot"):
        await ada.chat.reply(timeout=0.01)


async def test_a_press_brings_the_data_and_the_message(bot: telegram.Bot, ada: Person) -> None:
    await bot.send_message(1001, "第15條", reply_markup=KEYS)
    message = await ada.chat.reply()
    press = ada.press(message, "下一條")
    query = (await newest(bot)).callback_query
    assert query and query.message
    assert (query.data, query.message.message_id) == ("n:16", message.id)
    await query.answer("here", show_alert=True)
    assert (await press.answer())["text"] == "here"
    assert ada.press(message, "n:16").data == "n:16"
    with pytest.raises(ValueError, match="no button 'gone'"):
        ada.press(message, "gone")


async def test_a_press_on_an_inaccessible_message_brings_its_place_alone(
    bot: telegram.Bot, ada: Person
) -> None:
    await bot.send_message(1001, "第15條", reply_markup=KEYS)
    message = await ada.chat.reply()
    message.inaccessible = True
    ada.press(message, "下一條")
    query = (await newest(bot)).callback_query
    assert query and query.message and not query.message.is_accessible
    assert (query.message.chat.id, query.message.message_id) == (1001, message.id)
    await bot.edit_message_text("第16條", 1001, message.id)
    assert message.text == "第16條"


async def test_a_late_or_unknown_query_cannot_be_answered(bot: telegram.Bot, ada: Person) -> None:
    await bot.send_message(1001, "第15條", reply_markup=KEYS)
    ada.press(await ada.chat.reply(), "n:16").expire()
    query = (await newest(bot)).callback_query
    assert query
    for id in (query.id, "123"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(id)
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_inline_query(id, [])


async def test_an_inline_query_is_answered_chosen_and_edited(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    search = ada.inline("x" * 300)
    query = (await newest(bot)).inline_query
    assert query and query.query == "x" * 256
    await query.answer([article("1"), article("2")], cache_time=0)
    results = await search.results()
    assert [result["id"] for result in results] == ["1", "2"]
    inline_id = ada.choose(search, results[1])
    chosen = (await newest(bot)).chosen_inline_result
    assert chosen and chosen.inline_message_id == inline_id is not None
    assert await bot.edit_message_text("new", inline_message_id=inline_id) is True
    assert server.world.inline_messages[inline_id]["text"] == "new"
    ada.press_inline(inline_id, "n:16")
    pressed = (await newest(bot)).callback_query
    assert pressed and pressed.inline_message_id == inline_id


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([article(str(n)) for n in range(51)], "too many inline query results"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1", "x" * 4097)], "message is too long"),
    ],
)
async def test_bad_inline_results_are_refused(
    server: TelegramServer, ada: Person, results: list[InlineQueryResultArticle], why: str
) -> None:
    search = ada.inline("q")
    given = {
        "inline_query_id": search.query.id,
        "results": [result.to_dict() for result in results],
    }
    async with httpx.AsyncClient() as client:
        url = f"{server.url}/bot{server.token}/answerInlineQuery"
        answer = (await client.post(url, json=given)).json()
    assert answer["error_code"] == 400
    assert why in answer["description"]


async def test_privacy_mode_shows_the_bot_only_what_is_meant_for_it(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    group = server.group("crowd", ada)
    await bot.send_message(group.id, "hello")
    own = await group.reply()
    other = ada.send("among ourselves", chat=group)
    ada.send("/ask@other_bot no", chat=group)
    ada.send("no", chat=group, reply_to=other)
    ada.send("/ask yes", chat=group)
    ada.send("/ask@Tiaowen_Test_Bot yes", chat=group)
    ada.send("@tiaowen_test_bot yes", chat=group)
    ada.send("yes", chat=group, reply_to=own)
    seen = [update.message.text for update in await bot.get_updates() if update.message]
    assert len(seen) == 4
    assert all(str(text).endswith("yes") for text in seen)
    group.bot_is_admin = True
    ada.send("now everything", chat=group)
    assert (await newest(bot)).message.text == "now everything"  # type: ignore[union-attr]


async def test_a_supergroup_has_topics_and_its_own_numbering(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    forum = server.group("forum", ada, topics=["a", "b"])
    sent = ada.send("/ask", chat=forum, thread=forum.topic("b"))
    message = (await newest(bot)).message
    assert message and message.is_topic_message and message.chat.is_forum
    assert (message.chat.type, message.message_thread_id) == ("supergroup", forum.topic("b"))
    assert sent.id < ada.send("private").id
    await bot.send_message(forum.id, "here", reply_to_message_id=sent.id)
    assert (await forum.reply()).thread == forum.topic("b")
    with pytest.raises(ValueError, match="is not in"):
        server.person(1003).send("let me in", chat=forum)


async def test_blocking_is_told_and_silences(bot: telegram.Bot, ada: Person) -> None:
    ada.block()
    member = (await newest(bot)).my_chat_member
    assert member and member.new_chat_member.status == "kicked"
    ada.unblock()
    await bot.send_message(1001, "welcome back")
    assert (await ada.chat.reply()).text == "welcome back"


async def test_every_call_is_on_record(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(5, "nobody")
    call = server.called("sendMessage")[0]
    assert (call.parameters.text("text"), call.error) == ("nobody", "Bad Request: chat not found")


async def test_a_server_that_comes_back_remembers(ada: Person, server: TelegramServer) -> None:
    ada.send("kept")
    url = server.url
    await server.close()
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)
        await server.open()
        answer = await client.get(f"{url}/bot{server.token}/getUpdates")
    assert answer.json()["result"][0]["message"]["text"] == "kept"


def test_the_server_runs_in_a_thread() -> None:
    with running_in_thread(timing=Timing.fast()) as server:
        server.run(lambda there: there.person(7).send("hello"))
        url = f"{server.url}/bot{server.token}"
        with httpx.Client() as client:
            updates = client.get(f"{url}/getUpdates").json()["result"]
            client.get(f"{url}/sendMessage", params={"chat_id": 7, "text": "hi"})
        reply = server.run(lambda there: there.person(7).chat.reply())
    assert (updates[0]["message"]["text"], reply.text) == ("hello", "hi")
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


async def test_the_server_runs_as_a_process() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.telegram_server", "--port", "0",
        cwd=Path(__file__).parents[1], stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    async with asyncio.timeout(30):
        url = (await process.stdout.readline()).decode().strip()
        token = (await process.stdout.readline()).decode().strip()
        process.stdin.write("你好\n".encode())
        await process.stdin.drain()
        async with telegram.Bot(token, base_url=f"{url}/bot") as bot:
            update = (await bot.get_updates(timeout=20))[0]
            assert update.message and update.message.text == "你好"
            await update.message.reply_text("您好")
        printed = json.loads(await process.stdout.readline())
        assert printed["text"] == "您好"
        os.kill(process.pid, signal.SIGTERM)
        assert await process.wait() == 0


def test_everything_public_is_exported() -> None:
    assert sorted(package.__all__, key=str.lower) == sorted(set(package.__all__), key=str.lower)
    assert all(hasattr(package, name) for name in package.__all__)
