"""`tiaowen bot`: run the Telegram bot."""

import argparse
import asyncio
import logging
import os

from bot.app import serve
from bot.settings import BotSettings
from bot.terminal import BuildProgress
from retrieval import Retriever


def run(arguments: argparse.Namespace) -> int:
    """Answer messages until told to stop; return 0."""
    settings = BotSettings.read()
    _configure_logging()
    progress = BuildProgress()
    retriever = Retriever.open(progress=progress)
    progress.close()
    asyncio.run(serve(settings, retriever))
    return 0


def _configure_logging() -> None:
    level = os.environ.get("LOG_LEVEL", "info").upper()
    logging.basicConfig(
        level=level if level in logging.getLevelNamesMapping() else "INFO",
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    # These write whole URLs, and a URL of Telegram's holds the token.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
