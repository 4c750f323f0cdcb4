"""What the stand-in promises of injected faults."""

from datetime import timedelta

import pytest
import telegram
from telegram.error import NetworkError, RetryAfter

from tests.telegram_server import Fault, Person, TelegramServer


async def test_scripted_faults_meet_the_next_calls_only(
    server: TelegramServer, bot: telegram.Bot, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without it the client warns while it builds the exception, and warnings are errors.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.faults.script(
        "sendMessage",
        Fault.too_many_requests(7),
        Fault.server_error(500),
        Fault.server_error(502),
        Fault.reset(),
    )
    with pytest.raises(RetryAfter) as pause:
        await bot.send_message(1001, "1")
    assert pause.value.retry_after == timedelta(seconds=7)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "2")
    await bot.send_message(1001, "3")
    assert [message.text for message in ada.chat.from_bot] == ["3"]


@pytest.mark.parametrize("fault", [Fault.half(), Fault.reset(after=True), Fault.hang(after=True)])
async def test_a_fault_after_the_fact_loses_only_the_answer(
    server: TelegramServer, bot: telegram.Bot, ada: Person, fault: Fault
) -> None:
    server.faults.script("sendMessage", fault)
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "sent all the same", read_timeout=0.5)
    assert (await ada.chat.reply()).text == "sent all the same"


async def test_a_hang_answers_nothing_and_a_slow_answer_comes(
    server: TelegramServer, bot: telegram.Bot, ada: Person
) -> None:
    server.faults.script("getMe", Fault.hang(), Fault.slow(0.2))
    with pytest.raises(telegram.error.TimedOut):
        await bot.get_me(read_timeout=0.2)
    assert (await bot.get_me()).is_bot


async def test_the_same_seed_draws_the_same_faults() -> None:
    drawn = []
    for _ in range(2):
        faults = TelegramServer().faults
        faults.draw(7, 0.3, [Fault.server_error(), Fault.reset()], methods=["sendMessage"])
        drawn.append([faults.next("sendMessage") for _ in range(200)])
        assert all(faults.next("getMe") is None for _ in range(50))
    assert drawn[0] == drawn[1]
    assert 30 < sum(fault is not None for fault in drawn[0]) < 90
