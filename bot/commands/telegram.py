"""`tiaowen bot`: run the Telegram bot."""

import argparse
import asyncio
import logging

from bot.app import serve
from bot.settings import BotSettings
from bot.terminal import BuildProgress
from retrieval import Retriever
from retrieval.settings import environment_and_dotenv


def run(arguments: argparse.Namespace) -> int:
    """Answer messages until told to stop; return 0."""
    settings = BotSettings.read()
    _configure_logging(environment_and_dotenv().get("LOG_LEVEL", ""))
    progress = BuildProgress()
    retriever = Retriever.open(progress=progress)
    progress.close()
    asyncio.run(serve(settings, retriever))
    return 0


def _configure_logging(level: str) -> None:
    wanted = logging.getLevelNamesMapping().get(level.strip().upper(), logging.INFO)
    handler = logging.StreamHandler()
    # A library that sets its own logger's level does not decide what is shown here.
    handler.setLevel(wanted)
    logging.basicConfig(
        level=wanted,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[handler],
    )
    # These write whole URLs, and a URL of Telegram's holds the token.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
