"""What taking updates promises: in order, many chats at once, nothing confirmed before it is handled."""

import asyncio
import contextlib
import socket
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot import sending
from bot.delivery import polling, seconds_of
from bot.errors import BotError
from tests.telegram_server import TOKEN, Fault, Person, TelegramServer, Timing


@pytest.fixture
def quick_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "_MIN_BACK_OFF", 0.05)


def numbers(person: Person) -> list[str]:
    return [m.marked("bold")[1].split(" ·")[0] for m in person.chat.from_bot]


async def test_several_chats_are_answered_and_each_in_order(bot: TelegramServer) -> None:
    people = [bot.person(2000 + n, f"P{n}") for n in range(6)]
    for number in range(1, 6):
        for shift, person in enumerate(people):
            person.send(f"第{number + shift}條")
    await bot.settled(timeout=20)
    for shift, person in enumerate(people):
        assert numbers(person) == [f"第 {number + shift} 條" for number in range(1, 6)]


async def test_a_429_is_waited_out_in_its_chat_and_keeps_no_other_waiting(
    server: TelegramServer, serving
) -> None:
    ada, bob = server.person(1, "Ada"), server.person(2, "Bob")
    for number in (1, 2):
        ada.send(f"第{number}條")
        bob.send(f"第{number}條")
    server.faults.script("sendMessage", Fault.too_many_requests(1))
    async with serving(server.url, server.token):
        await server.settled()
    # Each chat has its answers once and in order, also the one that had to wait ...
    assert numbers(ada) == numbers(bob) == ["第 1 條", "第 2 條"]
    first, second, third, fourth = server.called("sendMessage")
    # ... and the other one had both of its own meanwhile.
    chats = [call.parameters.integer("chat_id") for call in (first, second, third, fourth)]
    assert chats in ([1, 1, 2, 2], [2, 2, 1, 1])
    assert third.at - first.at >= 0.9


async def test_a_slow_chat_keeps_no_later_message_of_others_waiting(
    server: TelegramServer, serving
) -> None:
    ada, bob = server.person(1, "Ada"), server.person(2, "Bob")
    ada.send("第1條")
    server.faults.script("sendMessage", Fault.too_many_requests(5))
    async with serving(server.url, server.token):
        await server.until(lambda: server.faults.met, 5)
        # What comes while a chat waits is taken all the same, one after another.
        for number in (1, 2, 3):
            bob.send(f"第{number}條")
            assert (await bob.chat.reply(timeout=4)).marked("bold")[1].startswith(f"第 {number} 條")
        assert ada.chat.unread == () and len(server.pending) >= 1
        await server.settled(timeout=10)
    assert numbers(ada) == ["第 1 條"] and len(numbers(bob)) == 3


async def test_what_telegram_gives_out_again_is_answered_once(
    server: TelegramServer, serving
) -> None:
    ada = server.person()
    async with serving(server.url, server.token):
        ada.send("第1條")
        (update,) = server.pending
        await ada.chat.reply()
        await server.settled()
    server.world.queue.repeat(update)
    async with serving(server.url, server.token):
        ada.send("第2條")
        await server.settled()
    assert numbers(ada) == ["第 1 條", "第 2 條"]


async def test_updates_stay_unconfirmed_until_they_are_handled(bot: TelegramServer) -> None:
    ada = bot.person()
    bot.faults.script("sendMessage", Fault.slow(0.3))
    ada.send("第15條")
    await ada.chat.reply()
    # The reply is there, but the bot does not know it yet.
    assert len(bot.pending) == 1
    await bot.settled()


async def test_a_429_on_polling_is_waited_out(server: TelegramServer, serving) -> None:
    server.faults.script("getUpdates", Fault.too_many_requests(1))
    ada = server.person()
    ada.send("第15條")
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with serving(server.url, server.token):
        await ada.chat.reply()
        assert loop.time() - begun >= 1.0


@pytest.mark.parametrize(
    "fault",
    [Fault.server_error(500), Fault.server_error(502), Fault.reset(), Fault.half()],
    ids=lambda f: f.kind,
)
async def test_polling_goes_on_after_a_fault(
    quick_back_off: None, bot: TelegramServer, fault: Fault
) -> None:
    bot.faults.script("getUpdates", fault, times=2)
    ada = bot.person()
    for number in (1, 2, 3):
        ada.send(f"第{number}條")
        await ada.chat.reply(timeout=10)
    await bot.settled(timeout=10)
    assert numbers(ada) == ["第 1 條", "第 2 條", "第 3 條"]
    assert len(bot.faults.met) == 2


async def test_a_reply_that_fails_once_is_sent_again(bot: TelegramServer) -> None:
    ada = bot.person(language_code="en")
    bot.faults.script("sendMessage", Fault.server_error(502))
    ada.send("Article 15")
    assert (await ada.chat.reply()).marked("expandable_blockquote")
    await bot.settled()
    assert ada.chat.unread == ()


async def test_a_reply_that_cannot_be_sent_is_apologised_for(
    bot: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_FIRST_DELAY", 0.01)
    ada = bot.person(language_code="en")
    bot.faults.script("sendMessage", Fault.server_error(500), times=5)
    ada.send("Article 15")
    assert (await ada.chat.reply()).text == (
        "Something went wrong here. Please ask again in a moment."
    )
    ada.send("Article 15")
    assert (await ada.chat.reply()).marked("expandable_blockquote")


async def test_a_person_who_blocks_the_bot_holds_nobody_up(bot: TelegramServer) -> None:
    ada, bob = bot.person(1, "Ada"), bot.person(2, "Bob")
    ada.send("第15條")
    ada.block()
    bob.send("第15條")
    assert (await bob.chat.reply()).marked("expandable_blockquote")
    await bot.settled()


async def test_another_poller_is_waited_out(quick_back_off: None, bot: TelegramServer) -> None:
    async with Bot(bot.token, base_url=f"{bot.url}/bot") as other:
        await other.get_updates(timeout=0)
    await bot.until(lambda: [c for c in bot.called("getUpdates") if c.error], 5, "a conflict")
    ada = bot.person()
    ada.send("第15條")
    await ada.chat.reply()


def free_port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_a_server_that_is_not_there_yet_is_waited_for(
    serving, quick_back_off: None, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with serving(f"http://127.0.0.1:{port}", TOKEN) as running:
        for _ in range(200):
            if "trying again" in caplog.text:
                break
            await asyncio.sleep(0.02)
        assert "Telegram does not answer (NetworkError); trying again" in caplog.text
        assert not running.done()
        async with TelegramServer(timing=Timing.fast(), port=port) as server:
            await server.polled(timeout=15)
            ada = server.person()
            ada.send("第15條")
            assert (await ada.chat.reply()).marked("expandable_blockquote")


async def test_a_server_that_goes_and_comes_back_is_found_again(
    quick_back_off: None, server: TelegramServer, serving
) -> None:
    async with serving(server.url, server.token):
        await server.polled()
        await server.close()
        ada = server.person()
        ada.send("第15條")
        await server.open()
        await ada.chat.reply(timeout=15)


async def test_a_429_at_the_start_is_waited_out(server: TelegramServer, serving) -> None:
    server.faults.script("getMe", Fault.too_many_requests(1))
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with serving(server.url, server.token):
        await server.polled()
        assert 1.0 <= loop.time() - begun < 4.0


async def test_a_webhook_left_behind_is_taken_away(server: TelegramServer, serving) -> None:
    async with Bot(server.token, base_url=f"{server.url}/bot") as client:
        await client.set_webhook("https://127.0.0.1:1/hook")
    ada = server.person()
    ada.send("第15條")
    async with serving(server.url, server.token):
        assert (await ada.chat.reply()).marked("expandable_blockquote")


async def test_a_token_that_is_refused_ends_the_bot(server: TelegramServer, serving) -> None:
    wrong = f"{TOKEN}-wrong"
    with pytest.raises(BotError) as refused:
        async with serving(server.url, wrong) as running:
            await asyncio.wait({running}, timeout=10)
    assert str(refused.value).startswith("Telegram does not accept TELEGRAM_BOT_TOKEN.")
    assert wrong not in repr(refused.value)


async def test_a_token_that_is_revoked_ends_the_bot(server: TelegramServer, serving) -> None:
    with pytest.raises(BotError, match="does not accept TELEGRAM_BOT_TOKEN"):
        async with serving(server.url, server.token) as running:
            await server.polled()
            server.token = f"{TOKEN}-new"
            server.person().send("第15條")
            await asyncio.wait({running}, timeout=10)


async def test_stopping_confirms_what_was_handled(server: TelegramServer, serving) -> None:
    ada = server.person()
    for number in (1, 2, 3):
        ada.send(f"第{number}條")
    async with serving(server.url, server.token):
        await server.until(lambda: server.called("sendMessage"), 5)
    assert server.pending == ()
    assert numbers(ada) == ["第 1 條", "第 2 條", "第 3 條"]


async def test_stopping_an_idle_bot_does_not_wait_for_the_poll(
    server: TelegramServer, serving
) -> None:
    loop = asyncio.get_running_loop()
    async with serving(server.url, server.token):
        await server.polled()
        begun = loop.time()
    assert loop.time() - begun < 5


def test_the_wait_that_telegram_asks_for_is_in_seconds() -> None:
    assert seconds_of(RetryAfter(3)) == 3.0
    assert seconds_of(RetryAfter(timedelta(seconds=1.5))) == 1.5
