"""What Telegram's menu promises: every command, in three languages, and nobody waits for it."""

import logging

import pytest

from bot import sending
from bot.menu import menu
from tests.telegram_server import Call, Fault, Person, TelegramServer

NAMES = ["start", "help", "article", "toc", "about", "language", "random", "privacy", "forget"]


@pytest.fixture
async def menus(bot: TelegramServer) -> list[Call]:
    """The calls that set the menu for everyone, which a chat's own come after."""
    await bot.until(lambda: len(bot.called("setMyCommands")) == 2, 5, "the menu")
    return bot.called("setMyCommands")


def commands(call: Call) -> dict[str, str]:
    """Return what a call put into the menu: the commands with what they do."""
    return {c["command"]: c["description"] for c in call.parameters.structure("commands")}


def chat_menus(bot: TelegramServer) -> list[Call]:
    """Return the calls that set the menu of one chat."""
    return [c for c in bot.called("setMyCommands") if c.parameters.structure("scope")]


async def test_the_menu_offers_every_command_to_everyone_in_two_languages(
    menus: list[Call],
) -> None:
    english, chinese = menus
    assert set(commands(english)) >= set(NAMES) and next(iter(commands(english))) == "start"
    assert commands(english).keys() == commands(chinese).keys()
    assert commands(english)["start"] == "what this is, and how to begin"
    assert chinese.parameters.text("language_code") == "zh"
    assert commands(chinese)["start"] == "這是什麼，怎麼開始"


@pytest.mark.parametrize(
    ("setting", "language", "begin"),
    [
        ("zh-hant", "zh-Hant", "這是什麼，怎麼開始"),
        ("zh-hans", "zh-Hans", "这是什么，怎么开始"),
        ("en", "en", "what this is, and how to begin"),
    ],
)
async def test_the_menu_of_a_chat_is_in_a_script_that_telegram_cannot_tell(
    bot: TelegramServer, setting: str, language: str, begin: str
) -> None:
    person = bot.person(5, "Li", language_code=setting)
    person.send("/start")
    await person.chat.reply()
    await bot.settled()
    (call,) = chat_menus(bot)
    assert call.parameters.structure("scope") == {"type": "chat", "chat_id": 5}
    assert commands(call) == {entry.command: entry.description for entry in menu(language)}
    assert set(commands(call)) >= set(NAMES) and commands(call)["start"] == begin


@pytest.mark.usefixtures("menus")
async def test_the_welcome_comes_before_a_menu_that_has_to_wait(
    bot: TelegramServer, ada: Person
) -> None:
    bot.faults.script("setMyCommands", Fault.too_many_requests(1))
    ada.send("/start")
    assert "/help" in (await ada.chat.reply()).text
    assert chat_menus(bot) == []
    await bot.settled()
    assert len(chat_menus(bot)) == 1 and ada.chat.unread == ()


@pytest.mark.usefixtures("menus")
async def test_a_menu_that_cannot_be_set_is_logged_and_no_more(
    bot: TelegramServer, ada: Person, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sending, "_FIRST_DELAY", 0.01)
    caplog.set_level(logging.INFO, "bot.menu")
    bot.faults.script("setMyCommands", Fault.server_error(502), times=5)
    ada.send("/start")
    assert "/help" in (await ada.chat.reply()).text
    await bot.settled()
    assert len(bot.faults.met) == 5 and ada.chat.unread == ()
    assert "the menu of a chat cannot be set (NetworkError)" in caplog.text


@pytest.mark.usefixtures("menus")
async def test_a_language_is_chosen_whether_or_not_the_menu_can_be_set(
    bot: TelegramServer, ada: Person, monkeypatch
) -> None:
    monkeypatch.setattr(sending, "_FIRST_DELAY", 0.01)
    ada.send("/language")
    asked = await ada.chat.reply()
    bot.faults.script("setMyCommands", Fault.server_error(500), times=5)
    notice = await ada.press(asked, "English").answer()
    await bot.settled()
    assert notice["text"] == "" and asked.text == "I speak English."
    await ada.press(asked, "简体中文").answer()
    await bot.settled()
    (call,) = chat_menus(bot)
    assert commands(call)["start"] == "这是什么，怎么开始"
