"""A stand-in server, the client library pointed at it, and somebody who has written to the bot."""

from collections.abc import AsyncIterator

import pytest
import telegram

from tests.telegram_server import Person, TelegramServer, Timing


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(timing=Timing.fast()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as running:
        yield running


@pytest.fixture
def ada(server: TelegramServer) -> Person:
    return server.person(username="ada", known=True)
