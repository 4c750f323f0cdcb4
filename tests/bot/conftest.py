"""Fixtures for the ways in: a bot that runs in the test's loop, and commands as processes."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import serve
from bot.settings import BotSettings
from corpus import Article, Document
from retrieval import Answer, Citation, Retriever
from tests.telegram_server import Message, Person, TelegramServer, Timing

COMMAND = Path(sys.executable).with_name("tiaowen")
Say = Callable[[str], Awaitable[list[Message]]]
Serving = Callable[..., contextlib.AbstractAsyncContextManager["asyncio.Task[None]"]]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` of whoever runs the tests is read."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(timing=Timing.fast()) as running:
        yield running


@pytest.fixture
def serving(retriever: Retriever, tmp_path: Path) -> Serving:
    """Run the bot in this loop as `tiaowen bot` does, and end it as SIGTERM does."""

    @contextlib.asynccontextmanager
    async def run(url: str, token: str, **settings: str) -> AsyncIterator["asyncio.Task[None]"]:
        values = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": url, "TELEGRAM_QUOTA": "0"}
        values |= {"TIAOWEN_STATE_DIR": str(tmp_path / "state"), **settings}
        task = asyncio.create_task(serve(BotSettings.read(values), retriever))
        await asyncio.sleep(0)  # from here on the loop has a handler for SIGTERM
        try:
            yield task
        finally:
            if not task.done():
                signal.raise_signal(signal.SIGTERM)
            async with asyncio.timeout(20):
                await task

    return run


@pytest.fixture
async def bot(server: TelegramServer, serving: Serving) -> AsyncIterator[TelegramServer]:
    """A stand-in server with the bot connected to it and idle."""
    async with serving(server.url, server.token):
        await server.polled()
        yield server


@pytest.fixture
def ada(bot: TelegramServer) -> Person:
    """Somebody whose Telegram is in Traditional Chinese."""
    return bot.person(1001, "Ada", language_code="zh-hant")


@pytest.fixture
def say(bot: TelegramServer, ada: Person) -> Say:
    """Let Ada write something, and return every message of the answer."""

    async def run(text: str) -> list[Message]:
        ada.send(text)
        await bot.settled(20)
        return [await ada.chat.reply() for _ in ada.chat.unread]

    return run


@pytest.fixture
def environment(cache_dir: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a command: nothing set but where files lie."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    values = {name: os.environ[name] for name in kept if name in os.environ}
    values |= {"TIAOWEN_CACHE_DIR": str(cache_dir), "TIAOWEN_STATE_DIR": str(tmp_path / "state")}
    return values | {"PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def run_command(
    environment: dict[str, str], retriever: Retriever
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `tiaowen` as a process of its own; the model is built before."""

    def run(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        given = {"env": environment, "capture_output": True, "encoding": "utf-8", "timeout": 60}
        return subprocess.run([str(COMMAND), *words], check=False, **(given | more))

    return run


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, cache_dir: Path, retriever: Retriever) -> None:
    """Let `bot.cli.main` use what the tests have built."""
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(cache_dir))


@pytest.fixture(scope="session")
def make_answer() -> Callable[..., Answer]:
    """Make an answer that cites articles with the given texts."""

    def make(
        *texts: str, section: str | None = "節", status: str = "answered", **more: Any
    ) -> Answer:
        cited = tuple(
            Citation(Article(f"d/{n}", n, f"第 {n} 條", section, text), ((0, min(5, len(text))),))
            for n, text in enumerate(texts, start=1)
        )
        where = {"citations": cited} if status == "answered" else {"related": cited}
        return Answer(**({"question": "q", "status": status, "confidence": 0.5} | where | more))

    return make


@pytest.fixture
def by_number(document: Document) -> Callable[[int], Article]:
    def get(number: int) -> Article:
        article = document.get(number)
        if article is None:
            raise LookupError(number)
        return article

    return get
