"""What delivery by webhook promises: 200 only for what was handled, and nothing to a stranger."""

import asyncio
import contextlib
import json
import socket

import httpx
import pytest

from bot.delivery.webhook import MAX_BODY
from tests.telegram_server import Fault, TelegramServer

SECRET = "a-webhook-secret-of-the-test"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def hooked(serving, server: TelegramServer, port: int):
    """Run the bot behind a webhook."""

    def run(**more: str):
        settings = {
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        return serving(server.url, server.token, **(settings | more))

    return run


async def ready(server: TelegramServer) -> None:
    await server.until(lambda: server.called("setWebhook"), 10, "the webhook")


async def post(port: int, body: bytes, secret: str | None = SECRET) -> httpx.Response:
    headers = {} if secret is None else {HEADER: secret}
    async with httpx.AsyncClient() as client:
        return await client.post(f"http://127.0.0.1:{port}/hook", content=body, headers=headers)


def numbers(person) -> list[str]:
    return [m.marked("bold")[1].split(" ·")[0] for m in person.chat.from_bot]


def delivery(number: int, text: str) -> bytes:
    chat = {"id": 5, "type": "private", "first_name": "Eve"}
    message = {"message_id": number, "date": 0, "chat": chat, "text": text}
    sender = {"id": 5, "is_bot": False, "first_name": "Eve"}
    return json.dumps({"update_id": number, "message": message | {"from": sender}}).encode()


async def test_what_is_delivered_is_answered_in_order(server: TelegramServer, hooked) -> None:
    people = [server.person(n, f"P{n}") for n in range(1, 5)]
    for number in (1, 2, 3):
        for person in people:
            person.send(f"第{number}條")
    async with hooked():
        await server.settled(20)
    assert all(numbers(person) == ["第 1 條", "第 2 條", "第 3 條"] for person in people)
    (call,) = server.called("setWebhook")
    assert call.parameters.text("secret_token") == SECRET


async def test_a_delivery_is_answered_with_200_only_when_the_reply_is_sent(
    server: TelegramServer, hooked
) -> None:
    ada = server.person()
    async with hooked():
        await ready(server)
        server.faults.script("sendMessage", Fault.slow(0.4))
        ada.send("第15條")
        await ada.chat.reply()
        assert server.webhook.attempts == []  # the reply is there, the bot does not know it yet
        await server.settled()
        assert [code for _, code in server.webhook.attempts] == [200]


async def test_a_delivery_that_comes_twice_is_answered_once_also_after_a_restart(
    server: TelegramServer, hooked, port: int
) -> None:
    eve = server.person(5, "Eve", known=True)
    async with hooked():
        await ready(server)
        both = await asyncio.gather(*(post(port, delivery(7, "第15條")) for _ in range(3)))
        assert [r.status_code for r in both] == [200, 200, 200]
    async with hooked():
        await server.until(lambda: len(server.called("setWebhook")) == 2, 10)
        assert (await post(port, delivery(7, "第15條"))).status_code == 200
        assert (await post(port, delivery(8, "第16條"))).status_code == 200
    assert numbers(eve) == ["第 15 條", "第 16 條"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1]])
async def test_whoever_does_not_know_the_secret_learns_nothing(
    server: TelegramServer, hooked, port: int, secret: str | None
) -> None:
    async with hooked():
        await ready(server)
        answer = await post(port, delivery(1, "第15條"), secret)
        assert (answer.status_code, answer.content) == (403, b"")
        assert "server" not in answer.headers
    assert not server.called("sendMessage")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"{}", b'{"update_id": "x"}', b"\xff\xfe", b'{"update_id": 1e400}']
)  # fmt: skip
async def test_a_body_that_is_no_update_is_refused_and_ends_nothing(
    server: TelegramServer, hooked, port: int, body: bytes
) -> None:
    eve = server.person(5, "Eve", known=True)
    async with hooked():
        await ready(server)
        assert (await post(port, body)).status_code == 400
        assert (await post(port, delivery(2, "第15條"))).status_code == 200
    assert numbers(eve) == ["第 15 條"]


async def test_a_body_too_long_is_not_read(server: TelegramServer, hooked, port: int) -> None:
    async with hooked():
        await ready(server)
        with contextlib.suppress(httpx.TransportError):  # cut off while it is still sent
            answer = await post(port, b" " * (MAX_BODY + 1))
            assert answer.status_code in (400, 413)
        assert (await post(port, delivery(2, "第15條"))).status_code == 200


async def test_stopping_finishes_what_is_in_hand_and_takes_no_more(
    server: TelegramServer, hooked
) -> None:
    ada = server.person()
    async with hooked():
        await ready(server)
        server.faults.script("sendMessage", Fault.slow(0.5))
        ada.send("第1條")
        await server.until(lambda: server.called("sendMessage"), 5)
    assert numbers(ada) == ["第 1 條"]
    assert server.pending == ()


async def test_an_address_that_is_taken_is_named(server: TelegramServer, hooked, port: int) -> None:
    from bot.errors import BotError

    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(BotError, match=f"TELEGRAM_WEBHOOK_LISTEN=127.0.0.1:{port}"):
            async with hooked() as running:
                await asyncio.wait({running}, timeout=10)
