"""Handlers, each named after what it answers."""

from bot.handlers.about import about
from bot.handlers.article import article
from bot.handlers.question import question
from bot.handlers.start import show_help, start
from bot.handlers.unknown import unknown

__all__ = ["about", "article", "question", "show_help", "start", "unknown"]
