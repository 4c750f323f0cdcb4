"""What the wiring promises: the settings are followed, the loop stays free, secrets stay out of logs."""

import asyncio
import logging

import pytest

from bot import sending
from bot.app import build_application
from bot.settings import BotSettings
from tests.telegram_server import Fault, Person, TelegramServer

# Far above a busy machine's hiccups, far below what encoding these questions takes on the loop.
LONGEST_LAG = 0.25


async def test_every_call_goes_to_the_server_that_is_set(bot: TelegramServer) -> None:
    wanted = {"getMe", "deleteWebhook", "setMyCommands"}
    await bot.until(lambda: {call.method for call in bot.calls} >= wanted, 5)


def test_files_are_fetched_from_the_server_that_is_set() -> None:
    values = {"TELEGRAM_BOT_TOKEN": f"123456:{'A' * 30}", "TELEGRAM_API_URL": "http://h:8081/"}
    client = build_application(BotSettings.read(values)).bot
    assert client.base_url.startswith("http://h:8081/bot123456:")
    assert client.base_file_url.startswith("http://h:8081/file/bot123456:")


async def test_pending_updates_are_not_dropped_at_the_start(
    server: TelegramServer, serving
) -> None:
    ada = server.person()
    ada.send("第15條")
    async with serving(server.url, server.token):
        assert (await ada.chat.reply()).marked("expandable_blockquote")


async def test_the_loop_stays_free_while_questions_are_encoded(bot: TelegramServer) -> None:
    lags: list[float] = []
    loop = asyncio.get_running_loop()

    async def tick() -> None:
        while True:
            before = loop.time()
            await asyncio.sleep(0.01)
            lags.append(loop.time() - before - 0.01)

    ticking = asyncio.create_task(tick())
    people = [bot.person(3000 + n, f"P{n}") for n in range(4)]
    for number, person in enumerate(people):
        person.send(
            f"{number} "
            + "".join(f"到 {year} 年各國如何減少高濃縮鈾？" for year in range(2014, 2074))
        )
    for person in people:
        await person.chat.reply(timeout=20)
    ticking.cancel()
    assert len(lags) > 10
    assert max(lags) < LONGEST_LAG


async def test_neither_token_nor_question_is_in_a_log_line(
    bot: TelegramServer,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "_FIRST_DELAY", 0.01)
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.DEBUG, logger="retrieval")
    bot.faults.script("sendMessage", Fault.reset(), times=5)
    ada.send("我的秘密問題 第15條")
    await ada.chat.reply()
    await bot.settled()
    own = [r.getMessage() for r in caplog.records if r.name.startswith(("bot.", "retrieval."))]
    assert any("could not be answered" in line for line in own)
    secret = bot.token.partition(":")[2]
    assert not any(secret in line or "秘密" in line for line in own)
    assert not any(r.exc_info for r in caplog.records if r.name.startswith("bot."))
