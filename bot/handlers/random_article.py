"""/random: an article by chance."""

import random

from telegram import Update

from bot.handlers.article import show_named
from bot.services import Context, services_of


async def random_article(update: Update, context: Context) -> None:
    """Show some article, the preface apart."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    numbers = [article.number for article in services.document if not article.is_preface]
    await show_named(services, message, update.effective_sender, str(random.choice(numbers)))
