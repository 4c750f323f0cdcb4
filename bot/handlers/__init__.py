"""Handlers, each named after what it answers."""

from bot.handlers.about import about
from bot.handlers.apologise import apologise
from bot.handlers.article import article
from bot.handlers.ask import ask
from bot.handlers.buttons import press
from bot.handlers.edited import edited
from bot.handlers.gate import gate
from bot.handlers.inline import inline
from bot.handlers.language import language
from bot.handlers.other import other
from bot.handlers.privacy import forget, privacy
from bot.handlers.question import question
from bot.handlers.random_article import random_article
from bot.handlers.start import show_help, start
from bot.handlers.stats import stats
from bot.handlers.toc import toc
from bot.handlers.unknown import unknown

__all__ = [
    "about",
    "apologise",
    "article",
    "ask",
    "edited",
    "forget",
    "gate",
    "inline",
    "language",
    "other",
    "press",
    "privacy",
    "question",
    "random_article",
    "show_help",
    "start",
    "stats",
    "toc",
    "unknown",
]
