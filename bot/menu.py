"""The commands in Telegram's menu, in the reader's language."""

import logging
from functools import partial

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.sending import patiently
from bot.translations import translation

_log = logging.getLogger(__name__)


def menu(language: str) -> list[BotCommand]:
    """Return the commands with what each does, in one language."""
    _ = translation(language)
    return [
        BotCommand("start", _("what this is, and how to begin")),
        BotCommand("article", _("show an article; 0 is the preface")),
        BotCommand("toc", _("the table of contents")),
        BotCommand("about", _("about the document")),
        BotCommand("random", _("an article by chance")),
        BotCommand("ask", _("ask a question, in a group")),
        BotCommand("language", _("choose the language I speak")),
        BotCommand("privacy", _("what is kept about you")),
        BotCommand("forget", _("delete what is kept about you")),
        BotCommand("help", _("how to ask")),
    ]


async def set_menu(bot: Bot) -> None:
    """Set the menu for everyone: Telegram tells Chinese from other languages, but not its scripts."""
    await patiently(partial(bot.set_my_commands, menu("en")))
    await patiently(partial(bot.set_my_commands, menu("zh-Hant"), language_code="zh"))


async def set_chat_menu(bot: Bot, chat: int, language: str) -> None:
    """Set the menu of one chat, in a language that Telegram's setting cannot tell.

    Where it cannot be set the chat keeps the one it has, and no other answer hangs on it.
    """
    scope = BotCommandScopeChat(chat)
    try:
        await patiently(partial(bot.set_my_commands, menu(language), scope=scope))
    except TelegramError as error:
        _log.info("the menu of a chat cannot be set (%s)", type(error).__name__)
