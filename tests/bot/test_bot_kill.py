"""Under a storm of questions, faults and kills, none is lost and only those in flight come twice."""

import contextlib
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest

from tests.telegram_server import (
    Fault,
    Message,
    TelegramServer,
    ThreadedServer,
    Timing,
    running_in_thread,
)

COMMAND = Path(sys.executable).with_name("tiaowen")
TOKEN = "987654:AAF1zQk-_secret-part-of-the-token"
SEED = 20140324
FAULTS = (
    Fault.too_many_requests(1), Fault.server_error(500), Fault.server_error(502), Fault.reset(),
)  # fmt: skip
_KNOWN = 10_000


@dataclass
class Storm:
    """What is sent, and what came of it."""

    chats: int
    each: int
    kills: int
    mode: str
    repeated: int = 0
    replies: dict[int, list[str]] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        return self.chats * self.each


@pytest.fixture
def server() -> Iterator[ThreadedServer]:
    with running_in_thread(token=TOKEN, timing=Timing.fast()) as running:
        yield running


def _settings(mode: str, server: ThreadedServer) -> dict[str, str]:
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "TELEGRAM_QUOTA": "0",
    }  # fmt: skip
    if mode == "webhook":
        with contextlib.closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        settings |= {
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "TELEGRAM_WEBHOOK_SECRET": "a-webhook-secret-of-the-test",
        }
    return settings


def _answered(there: TelegramServer, storm: Storm) -> int:
    return sum(len(there.person(_KNOWN + n).chat.from_bot) for n in range(storm.chats))


def _heading(message: Message) -> str:
    bold = message.marked("bold")
    return bold[1].split(" ·")[0] if len(bold) > 1 else message.text


def _starts(there: TelegramServer, storm: Storm) -> int:
    """Return how many processes came so far as to serve."""
    return len(there.called("deleteWebhook" if storm.mode == "polling" else "setWebhook"))


def _ask_all(there: TelegramServer, storm: Storm) -> None:
    """Send each chat's questions in order, the chats mixed by chance."""
    turns = [n for n in range(storm.chats) for _ in range(storm.each)]
    random.Random(SEED).shuffle(turns)
    asked = dict.fromkeys(range(storm.chats), 0)
    for chat in turns:
        asked[chat] += 1
        there.person(_KNOWN + chat, f"P{chat}").send(f"第{asked[chat]}條")


def _wait(server: ThreadedServer, storm: Storm, count: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.run(lambda there: _answered(there, storm)) >= count:
            return
        time.sleep(0.02)
    raise TimeoutError(f"waited {seconds} s for {count} replies")


def _rage(storm: Storm, server: ThreadedServer, environment: dict[str, str]) -> None:
    """Ask everything, kill and restart the bot at moments drawn from a seed, and let it finish."""
    generator = random.Random(SEED)
    moments = sorted(generator.sample(range(1, storm.questions * 9 // 10), storm.kills))
    command, settings = [str(COMMAND), "bot"], environment | _settings(storm.mode, server)
    server.run(lambda there: _ask_all(there, storm))
    server.run(lambda there: there.faults.draw(SEED, 0.02, FAULTS, ["sendMessage"]))
    for moment in [*moments, None]:
        starts = server.run(lambda there: _starts(there, storm))
        with subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) as process:
            try:
                if moment is None:
                    # Only one that serves ends in order.
                    server.run(
                        lambda there, n=starts: there.until(lambda: _starts(there, storm) > n, 60),
                        70,
                    )
                    server.run(lambda there: there.settled(180), 200)
                    process.send_signal(signal.SIGTERM)
                    assert process.wait(30) == 0
                else:
                    _wait(server, storm, moment, 120)
            finally:
                process.kill()
    storm.replies = {
        n: server.run(lambda there, n=n: [_heading(m) for m in there.person(_KNOWN + n).chat.from_bot])
        for n in range(storm.chats)
    }  # fmt: skip


def _check(storm: Storm) -> None:
    wanted = [f"第 {number} 條" for number in range(1, storm.each + 1)]
    for replies in storm.replies.values():
        # A reply that came twice stands behind itself: the order holds.
        assert [reply for reply, _ in groupby(replies)] == wanted
        storm.repeated += len(replies) - len(wanted)
    # Each kill can catch one reply of each chat in flight, and seldom catches many.
    assert storm.repeated <= storm.kills * 40


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_no_question_is_lost_however_often_the_bot_is_killed(
    server: ThreadedServer, environment: dict[str, str], retriever: object, mode: str
) -> None:
    storm = Storm(chats=30, each=5, kills=3, mode=mode)
    _rage(storm, server, environment)
    _check(storm)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_of_a_thousand_questions_under_twenty_kills_none_is_lost(
    server: ThreadedServer, environment: dict[str, str], retriever: object, mode: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    storm = Storm(chats=200, each=5, kills=20, mode=mode)
    begun = time.monotonic()
    _rage(storm, server, environment)
    _check(storm)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{mode}: {storm.questions:,} questions, {storm.kills} kills, 0 lost, "
            f"{storm.repeated} replies repeated, order kept, {time.monotonic() - begun:.0f} s\n"
        )
