"""`tiaowen bot`: run the Telegram bot."""

import argparse
import asyncio
import gc

from bot import logs
from bot.app import serve
from bot.errors import BotSettingsError
from bot.settings import BotSettings
from bot.terminal import BuildProgress
from retrieval import Retriever
from retrieval.settings import environment_and_dotenv


def run(arguments: argparse.Namespace) -> int:
    """Answer messages until told to stop; return 0."""
    settings = BotSettings.read()
    values = environment_and_dotenv()
    logs.configure(
        values.get("LOG_LEVEL", ""), _form(values.get("LOG_FORMAT", "")), settings.secrets
    )
    progress = BuildProgress()
    retriever = Retriever.open(progress=progress)
    progress.close()
    # What is loaded now stays: to look through it for garbage would hold up everything each time.
    gc.collect()
    gc.freeze()
    asyncio.run(serve(settings, retriever))
    return 0


def _form(value: str) -> str:
    """Return the form of the log; raise BotSettingsError for one there is not."""
    form = value.strip().lower() or "text"
    if form not in ("text", "json"):
        raise BotSettingsError(f"LOG_FORMAT is {value.strip()!r}; expected text or json.")
    return form
