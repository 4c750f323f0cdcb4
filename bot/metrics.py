"""How the bot fares since it started: time to answer, and figures for Prometheus where wanted."""

import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from bot.errors import BotError

_REMEMBERED = 5_000


class Exporter(Protocol):
    """What takes each answered question to a monitoring system."""

    def __call__(self, status: str, language: str, seconds: float) -> None:
        """Take the facts of one answer."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Hold percentiles of the seconds from reading a question to the last message of its answer."""

    p50: float
    p95: float


class Metrics:
    """Collect figures; nothing in them tells who asked or what."""

    def __init__(self, exporter: Exporter | None = None) -> None:
        self._exporter = exporter
        self._started = time.monotonic()
        self._seconds: deque[float] = deque(maxlen=_REMEMBERED)

    def observe(self, status: str, language: str, seconds: float) -> None:
        """Take one answered question."""
        self._seconds.append(seconds)
        if self._exporter:
            self._exporter(status, language, seconds)

    @property
    def uptime(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self._started

    @property
    def latency(self) -> Latency | None:
        """Return the percentiles of the last 5,000 answers, None before the first."""
        if not self._seconds:
            return None
        ordered = sorted(self._seconds)
        return Latency(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])


def serve_prometheus(port: int) -> Exporter:
    """Serve figures to Prometheus on 127.0.0.1, and return what takes them.

    Raises BotError where the port is taken or the package is missing.
    """
    try:
        from prometheus_client import Counter, Histogram, start_http_server
    except ImportError as error:
        raise BotError(
            "TELEGRAM_METRICS_PORT needs another package. Run: pip install 'tiaowen[metrics]'"
        ) from error
    answers = Counter("tiaowen_answers", "Questions answered", ["status", "language"])
    times = Histogram("tiaowen_answer_seconds", "Time from a question to its answer")
    try:
        start_http_server(port, addr="127.0.0.1")
    except OSError as error:
        raise BotError(
            f"TELEGRAM_METRICS_PORT={port} cannot be used ({error.strerror})."
        ) from error

    def export(status: str, language: str, seconds: float) -> None:
        answers.labels(status, language).inc()
        times.observe(seconds)

    return export
