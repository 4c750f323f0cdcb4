"""What the stand-in promises of getUpdates and webhooks."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import telegram
from telegram.error import Conflict
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from tests.telegram_server import Person, TelegramServer, Timing


async def texts(bot: telegram.Bot, **options: Any) -> list[str]:
    updates = await bot.get_updates(**options)
    return [str(u.message.text) for u in updates if u.message]


async def test_updates_stay_until_a_higher_offset_is_asked(bot: telegram.Bot, ada: Person) -> None:
    for text in ("a", "b", "c"):
        ada.send(text)
    first = await bot.get_updates()
    assert [update.update_id - first[0].update_id for update in first] == [0, 1, 2]
    assert await texts(bot, offset=first[0].update_id) == ["a", "b", "c"]
    assert await texts(bot, offset=first[1].update_id, limit=1) == ["b"]
    assert await texts(bot) == ["b", "c"]
    assert await texts(bot, offset=first[2].update_id + 1) == []
    assert await texts(bot) == []


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(
    bot: telegram.Bot, ada: Person
) -> None:
    for text in ("a", "b", "c"):
        ada.send(text)
    assert await texts(bot, offset=-9) == ["a", "b", "c"]
    assert await texts(bot, offset=-2) == ["b", "c"]
    assert await texts(bot) == ["b", "c"]


async def test_a_long_poll_ends_as_soon_as_something_happens(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await server.polled()
    ada.send("now")
    async with asyncio.timeout(5):
        assert [u.message.text for u in await poll if u.message] == ["now"]


async def test_a_long_poll_ends_empty_after_its_timeout(bot: telegram.Bot) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert await bot.get_updates(timeout=1) == ()
    assert loop.time() - started >= 0.99


async def test_only_the_allowed_kinds_are_queued(bot: telegram.Bot, ada: Person) -> None:
    assert await bot.get_updates(allowed_updates=["edited_message"]) == ()
    ada.edit(ada.send("a"), "b")
    update = (await bot.get_updates())[0]
    assert update.edited_message and update.edited_message.text == "b"
    assert await texts(bot, offset=update.update_id + 1, allowed_updates=[]) == []
    ada.send("c")
    assert await texts(bot) == ["c"]


async def test_a_second_poller_ends_the_first_with_a_conflict(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await server.polled()
    # One client keeps one connection for polling, so the rival is another.
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as rival:
        second = asyncio.create_task(texts(rival, timeout=50))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        ada.send("for the second")
        assert await second == ["for the second"]


async def test_a_poller_that_hung_up_is_no_conflict(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await server.polled()
    poll.cancel()
    await server.until(lambda: not server.world.queue.has_poller, what="the poller to be gone")
    ada.send("kept")
    assert await texts(bot, timeout=5) == ["kept"]


async def test_the_same_offset_at_once_gets_one_update_or_has_to_wait(
    ada: Person,
) -> None:
    timing = Timing(same_offset_wait=1.0, same_offset_single=30.0)
    async with TelegramServer(timing=timing) as server:
        url = f"{server.url}/bot{server.token}/getUpdates"
        loop = asyncio.get_running_loop()
        async with httpx.AsyncClient() as client:
            assert (await client.get(url)).json()["result"] == []
            started = loop.time()
            assert (await client.get(url)).json()["result"] == []
            assert loop.time() - started >= 0.9
            for text in ("a", "b"):
                server.person().send(text)
            assert len((await client.get(url)).json()["result"]) == 1


async def test_a_conflict_soon_after_another_is_held_back() -> None:
    async with TelegramServer(timing=Timing(same_offset_wait=0, conflict_pause=1.0)) as server:
        url = f"{server.url}/bot{server.token}/getUpdates?timeout=20"
        loop = asyncio.get_running_loop()
        async with httpx.AsyncClient() as client:
            first = asyncio.create_task(client.get(url))
            await server.polled()
            second = asyncio.create_task(client.get(url))
            assert (await first).status_code == 409
            await server.polled()
            started = loop.time()
            third = asyncio.create_task(client.get(url))
            assert (await second).status_code == 409
            assert loop.time() - started >= 0.9
            third.cancel()


@contextmanager
def listening(
    codes: list[int], body: bytes = b""
) -> Iterator[tuple[str, list[tuple[str | None, dict[str, Any]]]]]:
    """Run a bot's webhook that answers with ``codes``, one after another, then with 200."""
    received: list[tuple[str | None, dict[str, Any]]] = []

    def answer(request: HTTPServerRequest) -> None:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        received.append((secret, json.loads(request.body)))
        code = codes.pop(0) if codes else 200
        headers = HTTPHeaders({"Content-Length": str(len(body))})
        assert request.connection is not None
        request.connection.write_headers(ResponseStartLine("HTTP/1.1", code, "-"), headers, body)
        request.connection.finish()

    http = HTTPServer(answer)
    sockets = bind_sockets(0, "127.0.0.1")
    http.add_sockets(sockets)
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook", received
    http.stop()


async def test_a_webhook_gets_each_update_with_the_secret(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    ada.send("before")
    with listening([]) as (url, received):
        await bot.set_webhook(url, secret_token="s3cret_-", max_connections=3)
        ada.send("after")
        await server.settled()
        assert [(secret, u["message"]["text"]) for secret, u in received] == [
            ("s3cret_-", "before"), ("s3cret_-", "after")
        ]  # fmt: skip
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 3)
        await bot.delete_webhook()


async def test_a_failed_delivery_is_repeated_and_keeps_the_order(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    with listening([500, 302, 401]) as (url, received):
        await bot.set_webhook(url)
        ada.send("first")
        ada.send("second")
        await server.settled()
        seen = [update["message"]["text"] for _, update in received]
        assert seen == ["first"] * 4 + ["second"]
        assert len({update["update_id"] for _, update in received}) == 2
        info = await bot.get_webhook_info()
        assert str(info.last_error_message).startswith("Wrong response from the webhook: 401")
        await bot.delete_webhook()


async def test_a_bot_that_is_down_gets_its_updates_when_it_is_back(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    with listening([]) as (url, _):
        pass
    await bot.set_webhook(url)
    ada.send("while down")
    await server.until(lambda: len(server.webhook.attempts) > 2, what="three attempts")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    with listening([]) as (url, received):
        await bot.set_webhook(url)
        await server.settled()
        assert [update["message"]["text"] for _, update in received] == ["while down"]
        await bot.delete_webhook()


async def test_one_chat_that_fails_does_not_hold_up_another(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    bob = server.person(1002, "Bob")
    with listening([500] * 4) as (url, received):
        ada.send("ada")
        bob.send("bob")
        await bot.set_webhook(url)
        await server.settled()
    assert {update["message"]["text"] for _, update in received[:2]} == {"ada", "bob"}
    await bot.delete_webhook()


async def test_a_delivery_may_be_answered_with_a_method(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    called = {"method": "sendMessage", "chat_id": 1001, "text": "by return"}
    with listening([], json.dumps(called).encode()) as (url, _):
        await bot.set_webhook(url)
        ada.send("hello")
        assert (await ada.chat.reply()).text == "by return"
        await bot.delete_webhook()


async def test_polling_and_a_webhook_exclude_each_other(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await server.polled()
    with listening([503] * 50) as (url, _):
        await bot.set_webhook(url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await poll
        with pytest.raises(Conflict, match="while webhook is active"):
            await bot.get_updates()
        ada.send("waits")
        await bot.delete_webhook()
        assert await texts(bot) == ["waits"]
        await bot.delete_webhook(drop_pending_updates=True)
        assert await texts(bot) == []


@pytest.mark.parametrize(
    ("url", "secret"), [("ftp://e.org", ""), ("nonsense", ""), ("https://e.org", "no spaces")]
)
async def test_a_bad_webhook_is_refused(bot: telegram.Bot, url: str, secret: str) -> None:
    with pytest.raises(telegram.error.BadRequest):
        await bot.set_webhook(url, secret_token=secret)
