"""Under load the bot stays fast, small and awake; `make soak` runs it in full and says the figures."""

import json
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram_server import TelegramServer, ThreadedServer, Timing, running_in_thread

COMMAND = Path(sys.executable).with_name("tiaowen")
TOKEN = "987654:AAF1zQk-_secret-part-of-the-token"
QUESTIONS = (
    "國際實體防護諮詢服務去過幾個國家", "who fights smuggling at the border", "高浓铀怎么处理", "駭客攻擊核電廠怎麼辦", "第15條",
    "医療用の同位元素の供給", "what about medical isotopes", "今天天氣如何", "下一條", "INTERPOL", "運送核材料要注意什麼",
)  # fmt: skip
_KNOWN = 20_000


@pytest.fixture
def server() -> Iterator[ThreadedServer]:
    with running_in_thread(token=TOKEN, timing=Timing.fast()) as running:
        yield running


def _resident(process: "subprocess.Popen[bytes]") -> int:
    """Return the memory of a process in kilobytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def _ask(there: TelegramServer, chat: int, number: int) -> None:
    there.person(_KNOWN + chat, f"P{chat}").send(QUESTIONS[number % len(QUESTIONS)])


def _delays(there: TelegramServer, chats: int, sent: dict[tuple[int, int], float]) -> list[float]:
    """Return the seconds from each question to its reply, by the order in each chat."""
    times: dict[int, list[float]] = {}
    for call in there.called("sendMessage"):
        if call.error is None:
            times.setdefault(call.parameters.integer("chat_id"), []).append(call.at)
    return [times[_KNOWN + chat][at] - asked for (chat, at), asked in sent.items() if chat < chats]


def _percentiles(delays: list[float]) -> str:
    cuts = statistics.quantiles(delays, n=100)
    return (
        f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"
    )


def _flood(server: ThreadedServer, chats: int, questions: int) -> tuple[float, list[float]]:
    """Hand out everything at once; return questions a second and the delays."""
    sent: dict[tuple[int, int], float] = {}

    async def run(there: TelegramServer) -> float:
        import asyncio

        loop = asyncio.get_running_loop()
        begun = loop.time()
        for number in range(questions):
            chat, at = number % chats, number // chats
            _ask(there, chat, number)
            sent[chat, at] = loop.time()
        await there.settled(600)
        return questions / (loop.time() - begun)

    rate = server.run(run, 700)
    return rate, server.run(lambda there: _delays(there, chats, sent))


def _steady(
    server: ThreadedServer, chats: int, seconds: float, rate: float, before: int
) -> list[float]:
    """Ask ``rate`` questions a second, chat after chat; return the delays."""
    sent: dict[tuple[int, int], float] = {}

    async def run(there: TelegramServer) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        begun, number = loop.time(), 0
        while loop.time() - begun < seconds:
            chat, at = number % chats, before + number // chats
            _ask(there, chat, number)
            sent[chat, at] = loop.time()
            number += 1
            await asyncio.sleep(max(0.0, begun + number / rate - loop.time()))
        await there.settled(120)

    server.run(run, seconds + 200)
    return server.run(lambda there: _delays(there, chats, sent))


def _load(
    server: ThreadedServer, environment: dict[str, str], state: Path, chats: int, questions: int, seconds: float
) -> dict[str, object]:  # fmt: skip
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "TELEGRAM_QUOTA": "0"}
    with subprocess.Popen(
        [str(COMMAND), "bot"], env=environment | settings, stderr=subprocess.DEVNULL
    ) as process:
        try:
            server.run(lambda there: there.polled(40), 50)
            rate, flooded = _flood(server, chats, questions)
            time.sleep(1)
            start = _resident(process)
            steady = _steady(server, chats, seconds, rate * 0.5, questions // chats)
            end = _resident(process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0
        finally:
            process.kill()
    health = json.loads((state / "health.json").read_bytes())
    return {
        "rate": rate, "flooded": flooded, "steady": steady, "start": start, "end": end,
        "lag": health["lag_ms"], "worst": health["worst_lag_ms"],
    }  # fmt: skip


def test_a_flood_is_answered_whole(
    server: ThreadedServer, environment: dict[str, str], retriever: object, tmp_path: Path
) -> None:
    found = _load(server, environment, tmp_path / "state", chats=40, questions=160, seconds=2)
    assert len(found["flooded"]) == 160 and found["steady"]


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_two_thousand_questions_at_once_and_ten_steady_minutes(
    server: ThreadedServer, environment: dict[str, str], retriever: object, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    found = _load(server, environment, tmp_path / "state", chats=500, questions=2_000, seconds=600)
    growth = found["end"] / found["start"] - 1
    with capsys.disabled():
        sys.stdout.write(
            f"\nflood: 2,000 questions of 500 chats, {found['rate']:.0f} a second, {_percentiles(found['flooded'])}\n"
            f"steady: 10 minutes, {len(found['steady']):,} questions, {_percentiles(found['steady'])}\n"
            f"memory: {found['start'] / 1024:.0f} MB before, {found['end'] / 1024:.0f} MB after ({growth:+.1%})\n"
            f"event loop late: 99 % within {found['lag']} ms, at worst {found['worst']} ms\n"
        )
    assert growth <= 0.05
    assert found["lag"] <= 50
