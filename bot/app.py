"""Wire the Telegram bot together, and run it until it is told to stop."""

import asyncio
import json
import logging
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import TelegramError
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
from bot.delivery import Health, Lanes, Polling, webhook
from bot.delivery.polling import WANTED
from bot.instance import single_instance
from bot.lag import watch_lag
from bot.menu import set_menu
from bot.metrics import Metrics, serve_prometheus
from bot.quota import Quota
from bot.services import KEY, Services
from bot.settings import BotSettings
from bot.store import Store
from retrieval import Retriever

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)
_HOUR, _MENU_SECONDS = 3600.0, 30.0
# So many chats Telegram delivers for at once.
_CONNECTIONS = 40
# Inline, every pause in typing is a search: so many of them count as one question.
_SEARCHES = 6
_NEW = filters.UpdateType.MESSAGE
# Telegram marks no command in a caption as one for us.
_ASK_IN_CAPTION = filters.CaptionRegex(r"(?i)^/ask(@\w+)?(\s|$)")
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
    application.add_handler(MessageHandler(_NEW & _ASK_IN_CAPTION, handlers.ask))
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
    address that cannot be used, or where another bot runs on the same state directory.
    """
    with single_instance(settings.state_dir):
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
    stopping = asyncio.Event()
    polling = Polling(application, stopping, Health(settings.state_dir))
    aside: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    try:
        await polling.until_it_answers(application.initialize)
        if not stopping.is_set():
            _log.info("@%s is listening", application.bot.username)
            username = application.bot.username
            quota = Quota(settings.quota)
            typing = Quota(_SEARCHES * settings.quota)
            services = Services(
                brain, store, settings, username, metrics, quota, polling.health, typing
            )
            application.bot_data[KEY] = services
            lanes = Lanes(application.process_update, give_up(application), store.updates)
            aside.append(asyncio.create_task(_purge_hourly(store)))
            aside.append(asyncio.create_task(watch_lag(polling.health)))
            aside.append(asyncio.create_task(_set_menu(application)))
            await _resume(lanes, store, application)
            await _deliver(settings, application, polling, lanes, stopping)
    finally:
        for task in aside:
            task.cancel()
        await application.shutdown()
        # Where the start failed the application does nothing, and the connections are still open.
        await application.bot.shutdown()


async def _set_menu(application: App) -> None:
    """Set the menu, as often as it takes: nobody has to wait for it."""
    while True:
        try:
            await set_menu(application.bot)
        except TelegramError as error:
            _log.info("the menu cannot be set (%s); trying again", type(error).__name__)
            await asyncio.sleep(_MENU_SECONDS)
        else:
            return


async def _resume(lanes: Lanes, store: Store, application: App) -> None:
    """Go on with what was confirmed before it was answered."""
    found = [json.loads(body) for body in await store.updates.kept()]
    updates = [Update.de_json(raw, application.bot) for raw in found]
    lanes.resume([update for update in updates if update is not None])


async def _deliver(
    settings: BotSettings,
    application: App,
    polling: Polling,
    lanes: Lanes,
    stopping: asyncio.Event,
) -> None:
    """Take updates until told to stop: delivered where there is an address for it, else fetched."""
    bot, url = application.bot, settings.webhook_url
    if url is None or settings.webhook_secret is None:
        await polling.until_it_answers(bot.delete_webhook)
        await polling.run(lanes)
        return
    secret = settings.webhook_secret.get_secret_value()
    with webhook.listening(settings.webhook_listen, url, secret, bot, lanes, polling.health):
        await polling.until_it_answers(
            lambda: bot.set_webhook(
                url, secret_token=secret, allowed_updates=WANTED, max_connections=_CONNECTIONS
            )
        )
        await webhook.serve_until(stopping, lanes)


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
