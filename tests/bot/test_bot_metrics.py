"""Figures are right, tell of nobody, and reach Prometheus on loopback where wanted."""

import asyncio
import contextlib
import socket
import urllib.request
from collections.abc import Iterator

import httpx
import pytest

from bot.errors import BotError
from bot.metrics import Latency, Metrics, serve_prometheus
from tests.telegram_server import TelegramServer


def forget_figures() -> None:
    """Let figures be registered anew: a process has one registry."""
    from prometheus_client import REGISTRY

    for collector, names in list(REGISTRY._collector_to_names.items()):
        if any(name.startswith("tiaowen") for name in names):
            REGISTRY.unregister(collector)


@pytest.fixture
def port() -> Iterator[int]:
    """Find a free port for figures, and forget them afterwards."""
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        number = int(taken.getsockname()[1])
    yield number
    forget_figures()


def test_percentiles_are_those_of_what_was_observed() -> None:
    metrics = Metrics()
    assert metrics.latency is None
    for number in range(100):
        metrics.observe("answered", "en", number / 1000)
    assert metrics.latency == Latency(0.050, 0.095)
    assert metrics.uptime >= 0


def test_prometheus_reads_what_was_answered_and_a_port_that_is_taken_is_refused(
    port: int,
) -> None:
    metrics = Metrics(serve_prometheus(port))
    metrics.observe("related", "zh-Hant", 0.01)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
        told = response.read().decode()
    assert 'tiaowen_answers_total{language="zh-Hant",status="related"} 1.0' in told
    forget_figures()
    with pytest.raises(BotError, match="cannot be used"):
        serve_prometheus(port)


async def test_the_bot_tells_prometheus_what_it_answered_on_loopback_alone(
    server: TelegramServer, serving, port: int
) -> None:
    ada = server.person()
    async with serving(server.url, server.token, TELEGRAM_METRICS_PORT=str(port)):
        for question in ("國際實體防護諮詢服務去過幾個國家？", "第15條"):
            ada.send(question)
            await ada.chat.reply()
        await server.settled()
        async with httpx.AsyncClient() as client:
            told = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        # All of 127.0.0.0/8 is this machine: whatever listens on every address is reached here too.
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.2", port)
    assert 'tiaowen_answers_total{language="zh-Hant",status="answered"} 2.0' in told
    assert "tiaowen_answer_seconds_count 2.0" in told
    assert "去過" not in told
