"""Figures are right, tell of nobody, and reach Prometheus on loopback where wanted."""

import socket
import urllib.request

import pytest

from bot.errors import BotError
from bot.metrics import Latency, Metrics, serve_prometheus


def test_percentiles_are_those_of_what_was_observed() -> None:
    metrics = Metrics()
    assert metrics.latency is None
    for number in range(100):
        metrics.observe("answered", "en", number / 1000)
    assert metrics.latency == Latency(0.050, 0.095)
    assert metrics.uptime >= 0


def test_prometheus_reads_what_was_answered_and_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metrics = Metrics(serve_prometheus(port))
    metrics.observe("related", "zh-Hant", 0.01)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
        told = response.read().decode()
    assert 'tiaowen_answers_total{language="zh-Hant",status="related"} 1.0' in told
    from prometheus_client import REGISTRY

    for collector in list(REGISTRY._collector_to_names):
        if any(name.startswith("tiaowen") for name in REGISTRY._collector_to_names[collector]):
            REGISTRY.unregister(collector)
    with pytest.raises(BotError, match="cannot be used"):
        serve_prometheus(port)
