"""Wire the Telegram bot together, and run it until it is told to stop."""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import handlers
from bot.brain import Brain
from bot.delivery import Lanes, Polling, seconds_of
from bot.errors import TokenRefused
from bot.menu import set_menu
from bot.metrics import Metrics, serve_prometheus
from bot.quota import Quota
from bot.services import KEY, Services
from bot.settings import BotSettings
from bot.store import Store
from retrieval import Retriever

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)
_HOUR = 3600.0
_NEW = filters.UpdateType.MESSAGE
_COMMANDS = {
    "start": handlers.start,
    "help": handlers.show_help,
    "ask": handlers.ask,
    "article": handlers.article,
    "toc": handlers.toc,
    "about": handlers.about,
    "random": handlers.random_article,
    "language": handlers.language,
    "privacy": handlers.privacy,
    "forget": handlers.forget,
    "stats": handlers.stats,
}


def build_application(settings: BotSettings) -> App:
    """Return the application: Telegram's client and one handler for each thing a person does."""
    application = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .updater(None)
        .build()
    )
    application.add_handler(TypeHandler(Update, handlers.gate), group=-1)
    for name, handler in _COMMANDS.items():
        application.add_handler(CommandHandler(name, handler, filters=_NEW))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, handlers.unknown))
    asked = filters.TEXT | filters.CAPTION
    application.add_handler(MessageHandler(_NEW & asked, handlers.question))
    edited = filters.UpdateType.EDITED_MESSAGE
    application.add_handler(MessageHandler(edited & asked, handlers.edited))
    said = ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(_NEW & said, handlers.other))
    application.add_handler(CallbackQueryHandler(handlers.press))
    application.add_handler(InlineQueryHandler(handlers.inline))
    application.add_error_handler(handlers.apologise)
    return application


async def serve(settings: BotSettings, retriever: Retriever) -> None:
    """Answer messages until SIGTERM or SIGINT.

    Raises TokenRefused where Telegram does not accept the token, and BotError for a database or
    port that cannot be used.
    """
    store = Store(settings.state_dir)
    brain = Brain(retriever)
    try:
        exporter = serve_prometheus(settings.metrics_port) if settings.metrics_port else None
        await _serve(settings, brain, store, Metrics(exporter))
    finally:
        brain.close()
        store.close()


async def _serve(settings: BotSettings, brain: Brain, store: Store, metrics: Metrics) -> None:
    application = build_application(settings)
    polling = Polling(application)
    tidying: asyncio.Task[None] | None = None
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, polling.stop)
    try:
        await _connect(application, polling)
        if not polling.is_stopping:
            username = application.bot.username
            quota = Quota(settings.quota)
            application.bot_data[KEY] = Services(brain, store, settings, username, metrics, quota)
            lanes = Lanes(application.process_update, give_up(application), store.updates)
            tidying = asyncio.create_task(_purge_hourly(store))
            await polling.run(lanes)
    finally:
        if tidying is not None:
            tidying.cancel()
        await application.shutdown()
        # Where the start failed the application does nothing, and the connections are still open.
        await application.bot.shutdown()


def give_up(application: App) -> Callable[[Update], Awaitable[None]]:
    """Return what apologises for an update that cannot be handled."""

    async def apologise(update: Update) -> None:
        context = application.context_types.context.from_update(update, application)
        context.error = RuntimeError("passed over")
        await handlers.apologise(update, context)

    return apologise


async def _purge_hourly(store: Store) -> None:
    while True:
        try:
            await store.purge()
        except sqlite3.Error as error:
            _log.warning("the database could not be tidied (%s)", type(error).__name__)
        await asyncio.sleep(_HOUR)


async def _connect(application: App, polling: Polling) -> None:
    """Say hello to Telegram, as often as it takes until it answers or we are told to stop."""
    while not polling.is_stopping:
        try:
            await application.initialize()
            await application.bot.delete_webhook()
            await set_menu(application.bot)
        except InvalidToken:
            raise TokenRefused from None
        except RetryAfter as wait:
            await polling.pause(seconds_of(wait))
        except TelegramError as error:
            _log.warning("Telegram does not answer (%s); trying again", type(error).__name__)
            await polling.back_off()
        else:
            _log.info("@%s is listening", application.bot.username)
            return
