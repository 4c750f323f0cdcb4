"""Inline mode: articles while somebody types our name and a word in any chat."""

from collections.abc import Sequence

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.deep_link import article_link
from bot.markup import MAX_UNITS, clip, plain, utf16_length
from bot.reply import pack_blocks, render_article
from bot.sending import patiently
from bot.services import Context, Services, services_of
from bot.translations import Translate
from bot.wording import heading, too_many_questions
from retrieval import Answer, Citation

_CACHED_SECONDS = 60
_MOST_RESULTS = 10


async def inline(update: Update, context: Context) -> None:
    """List the articles that answer what was typed so far; without a word, the first ones."""
    query, services = update.inline_query, services_of(context)
    if query is None:
        return
    text = query.query.strip()
    if text and services.typing.ask(services.person(query.from_user)) != "yes":
        _ = await services.words(query.from_user)
        wait = InlineQueryResultsButton(clip(too_many_questions(_), 64), start_parameter="wait")
        await _answer(query, [], button=wait, cache_time=0)
        return
    answer = await services.brain.search(text) if text else None
    _ = await services.words(query.from_user, answer.language if answer else "und")
    results = [result_of(citation, services, _) for citation in listed(answer, services)]
    await _answer(query, results, cache_time=_CACHED_SECONDS)


async def _answer(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    *,
    cache_time: int,
    button: InlineQueryResultsButton | None = None,
) -> None:
    try:
        await patiently(
            lambda: query.answer(results, cache_time=cache_time, is_personal=True, button=button)
        )
    except BadRequest as error:
        # Who types on has asked anew; the earlier query needs no answer.
        if "too old" not in error.message.lower():
            raise


def listed(answer: Answer | None, services: Services) -> list[Citation]:
    """Return the articles to offer: those cited, then those related; the first ones without any."""
    if answer is None:
        return [Citation(article) for article in services.document.articles[:_MOST_RESULTS]]
    return [*answer.citations, *answer.related][:_MOST_RESULTS]


def result_of(citation: Citation, services: Services, _: Translate) -> InlineQueryResultArticle:
    """Return an article as something to choose; choosing it posts the cited text."""
    article = citation.article
    text = pack_blocks(render_article(citation, _))[0]
    link = article_link(services.username, article.number)
    invitation = _("Open in the bot")
    posted = f'{text}\n<a href="{link}">{plain(invitation)}</a>'
    if utf16_length(posted) > MAX_UNITS:
        posted = text
    return InlineQueryResultArticle(
        id=f"a{article.number}",
        title=clip(heading(article), 100),
        description=clip("".join(citation.marked) or article.text, 160),
        input_message_content=InputTextMessageContent(
            posted,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=services.keyboards.article(article, _),
    )
