"""Wire the Telegram bot together, and run it until it is told to stop."""

import asyncio
import logging
import signal
from typing import Any

from telegram import BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, CommandHandler, MessageHandler, filters

from bot import handlers
from bot.brain import Brain
from bot.delivery import Polling, seconds_of
from bot.errors import TokenRefused
from bot.handlers.context import BRAIN, Context, reply, words_for
from bot.markup import plain
from bot.settings import BotSettings
from bot.translations import translation
from retrieval import Retriever

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)


def build_application(settings: BotSettings, brain: Brain) -> App:
    """Return the application: Telegram's client and one handler for each thing a person does."""
    application = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .updater(None)
        .build()
    )
    application.bot_data[BRAIN] = brain
    application.add_handler(CommandHandler("start", handlers.start))
    application.add_handler(CommandHandler("help", handlers.show_help))
    application.add_handler(CommandHandler("article", handlers.article))
    application.add_handler(CommandHandler("about", handlers.about))
    application.add_handler(MessageHandler(filters.COMMAND, handlers.unknown))
    application.add_handler(MessageHandler(filters.TEXT, handlers.question))
    application.add_error_handler(apologise)
    return application


async def apologise(update: object, context: Context) -> None:
    """Log what went wrong in a handler, by its kind alone, and tell the person."""
    _log.error("an update could not be answered: %s", type(context.error).__name__)
    message = getattr(update, "effective_message", None)
    if message is None or not hasattr(update, "effective_user"):
        return
    _ = words_for(update)  # type: ignore[arg-type]
    try:
        await reply(message, [plain(_("Something went wrong here. Please ask again in a moment."))])
    except TelegramError as error:
        _log.error("nor could that be said: %s", type(error).__name__)


async def serve(settings: BotSettings, retriever: Retriever) -> None:
    """Answer messages until SIGTERM or SIGINT.

    Raises TokenRefused where Telegram does not accept the token.
    """
    brain = Brain(retriever)
    application = build_application(settings, brain)
    polling = Polling(application)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, polling.stop)
    try:
        await _connect(application, polling)
        await polling.run()
    finally:
        await application.shutdown()
        # Where the start failed the application does nothing, and the connections are still open.
        await application.bot.shutdown()
        brain.close()


async def _connect(application: App, polling: Polling) -> None:
    """Say hello to Telegram, as often as it takes until it answers or we are told to stop."""
    while not polling.is_stopping:
        try:
            await application.initialize()
            await application.bot.delete_webhook()
            await application.bot.set_my_commands(_menu("en"))
            await application.bot.set_my_commands(_menu("zh-Hant"), language_code="zh")
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


def _menu(language: str) -> list[BotCommand]:
    _ = translation(language)
    return [
        BotCommand("article", _("show an article; 0 is the preface")),
        BotCommand("about", _("about the document")),
        BotCommand("help", _("how to ask")),
    ]
