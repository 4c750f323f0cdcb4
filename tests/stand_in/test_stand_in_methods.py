"""What the stand-in promises of the Bot API's methods and refusals."""

import json
from typing import Any

import httpx
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.telegram_server import Person, TelegramServer


def keys(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(d or "-", callback_data=d) for d in data]])


async def ask(server: TelegramServer, method: str, **parameters: Any) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{server.url}/bot{server.token}/{method}", json=parameters)
    return dict(answer.json()) | {"http": answer.status_code}


async def test_get_and_post_carry_parameters_in_every_form(
    server: TelegramServer, ada: Person
) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    given = {"chat_id": "1001", "text": "條文 & more"}
    async with httpx.AsyncClient() as client:
        answers = [
            await client.get(url, params=given),
            await client.post(url, params=given),
            await client.post(url, data=given),
            await client.post(url, json=given),
            await client.post(url, data=given, files={"extra": b"bytes"}),
            await client.get(url.replace("sendMessage", "SENDmessage"), params=given),
        ]
    assert [answer.json()["ok"] for answer in answers] == [True] * 6
    assert [message.text for message in ada.chat.from_bot] == ["條文 & more"] * 6


async def test_a_wrong_token_is_unauthorized(server: TelegramServer) -> None:
    stranger = telegram.Bot("999:wrong", base_url=f"{server.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{server.url}/bot999:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("path", ["/bot{token}/getNothing", "/botnonsense/getMe", "/", "/bot"])
async def test_an_unknown_method_or_path_is_not_found(server: TelegramServer, path: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(server.url + path.format(token=server.token))
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")


async def test_a_sent_message_keeps_plain_text_and_utf16_entities(
    bot: telegram.Bot, ada: Person
) -> None:
    sent = await bot.send_message(1001, "𠮷 <b>條<i>文</i></b> &lt;15&gt;", parse_mode="HTML")
    message = await ada.chat.reply()
    assert message.text == sent.text == "𠮷 條文 <15>"
    assert message.entities == [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "italic", "offset": 4, "length": 1},
    ]
    assert message.marked("italic") == ["文"]
    assert sent.parse_entities() == {sent.entities[0]: "條文", sent.entities[1]: "文"}


async def test_4096_utf16_units_pass_and_one_more_does_not(bot: telegram.Bot, ada: Person) -> None:
    await bot.send_message(1001, "<b>" + "條" * 4094 + "</b>𠮷", parse_mode="HTML")
    assert (await ada.chat.reply()).size == 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(1001, "條" * 4095 + "𠮷")


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_an_empty_text_is_refused(bot: telegram.Bot, ada: Person, text: str) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(1001, text, parse_mode="HTML")


async def test_given_entities_must_lie_in_the_text(bot: telegram.Bot, ada: Person) -> None:
    bold = telegram.MessageEntity("bold", 3, 2)
    await bot.send_message(1001, "𠮷 條文 https://e.org/a", entities=[bold])
    message = await ada.chat.reply()
    assert (message.marked("bold"), message.marked("url")) == (["條文"], ["https://e.org/a"])
    with pytest.raises(BadRequest, match="ends after the end of the text"):
        await bot.send_message(1001, "條文", entities=[bold])


async def test_of_more_than_100_entities_the_rest_are_ignored(
    bot: telegram.Bot, ada: Person
) -> None:
    await bot.send_message(1001, "<b>條</b>文" * 101, parse_mode="HTML")
    assert len((await ada.chat.reply()).entities) == 100


async def test_lone_surrogates_are_refused(server: TelegramServer, ada: Person) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with httpx.AsyncClient() as client:
        as_json = await client.post(
            url,
            content=b'{"chat_id": 1001, "text": "\\ud83d"}',
            headers={"Content-Type": "application/json"},
        )
        as_form = await client.post(
            url,
            content=b"chat_id=1001&text=%ED%A0%BD",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    for answer in (as_json, as_form):
        said = answer.json()["description"]
        assert said == "Bad Request: strings must be encoded in UTF-8"


async def test_a_stranger_a_blocker_and_an_upgraded_group_are_refused(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    server.person(2002)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(2002, "hello")
    ada.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "hello")
    old = server.group("old", ada)
    new = server.upgrade(old)
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await bot.send_message(old.id, "hello")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "hello")
    assert (await new.reply()).id < 10


async def test_an_edit_changes_the_message_and_drops_an_unrepeated_keyboard(
    bot: telegram.Bot, ada: Person
) -> None:
    sent = await bot.send_message(1001, "one", reply_markup=keys("a"))
    message = await ada.chat.reply()
    edited = await bot.edit_message_text("two", 1001, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup, message.text) == ("two", None, "two")
    await bot.edit_message_reply_markup(1001, sent.message_id, reply_markup=keys("b"))
    assert message.labels == ["b"]
    assert [version["text"] for version in message.versions] == ["one", "two", "two"]


async def test_an_edit_that_changes_nothing_is_refused(bot: telegram.Bot, ada: Person) -> None:
    sent = await bot.send_message(1001, "one", reply_markup=keys("a"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message"):
        await bot.edit_message_text("one", 1001, sent.message_id, reply_markup=keys("a"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1001, sent.message_id, reply_markup=keys("a"))


async def test_what_is_gone_or_of_others_cannot_be_edited(bot: telegram.Bot, ada: Person) -> None:
    sent = await bot.send_message(1001, "one")
    await bot.delete_message(1001, sent.message_id)
    assert (await ada.chat.reply()).deleted
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("two", 1001, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1001, sent.message_id)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("two", 1001, ada.send("mine").id)


@pytest.mark.parametrize("data", ["", "x" * 65, "條" * 22])
async def test_callback_data_outside_1_to_64_bytes_is_refused(
    server: TelegramServer, ada: Person, data: str
) -> None:
    rows = {"inline_keyboard": [[{"text": "b", "callback_data": data}]]}
    answer = await ask(server, "sendMessage", chat_id=1001, text="t", reply_markup=rows)
    assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"
    rows["inline_keyboard"][0][0]["callback_data"] = "條" * 21 + "x"
    answer = await ask(server, "sendMessage", chat_id=1001, text="t", reply_markup=json.dumps(rows))
    assert answer["ok"]


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: telegram.Bot, ada: Person) -> None:
    asked = ada.send("question")
    await bot.send_message(1001, "answer", reply_to_message_id=asked.id)
    assert (await ada.chat.reply()).reply_to == asked.id
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(1001, "answer", reply_to_message_id=77)
    await bot.send_message(1001, "answer", reply_to_message_id=77, allow_sending_without_reply=True)
    assert (await ada.chat.reply()).reply_to is None


async def test_a_topic_that_is_not_there_is_refused(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    forum = server.group("forum", ada, topics=["問答"])
    sent = await bot.send_message(forum.id, "in it", message_thread_id=forum.topic("問答"))
    assert sent.is_topic_message
    assert (await forum.reply()).thread == forum.topic("問答")
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "nowhere", message_thread_id=999)


async def test_commands_are_kept_by_scope_and_language(bot: telegram.Bot) -> None:
    await bot.set_my_commands([("start", "Start")])
    await bot.set_my_commands([("start", "開始")], language_code="zh")
    assert [c.description for c in await bot.get_my_commands(language_code="zh")] == ["開始"]
    await bot.delete_my_commands(language_code="zh")
    assert await bot.get_my_commands(language_code="zh") == ()
    assert [c.description for c in await bot.get_my_commands()] == ["Start"]
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("Start", "capital")])
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands([("start", "Start")], language_code="zh-hant")


async def test_descriptions_chats_members_and_files(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    await bot.set_my_description("長")
    await bot.set_my_short_description("短", language_code="zh")
    assert (await bot.get_my_description(language_code="ja")).description == "長"
    assert (await bot.get_my_short_description("zh")).short_description == "短"
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
    assert (await bot.get_chat(1001)).first_name == "Ada"
    crowd = server.group("crowd", ada)
    assert (await bot.get_chat_member(crowd.id, 1001)).status == "member"
    crowd.bot_is_admin = True
    assert (await bot.get_chat_member(crowd.id, bot.id)).status == "administrator"
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")
    await bot.send_chat_action(1001, "typing")
    assert await ada.chat.typing() == "typing"
    with pytest.raises(BadRequest):
        await bot.send_chat_action(1001, "thinking")
