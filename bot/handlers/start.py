"""/start and /help: what this is and how to use it."""

from telegram import Update

from bot.handlers.context import Context, brain_of, reply, words_for
from bot.markup import bold, clip, plain
from bot.reply import MAX_TITLE
from bot.translations import Translate


async def start(update: Update, context: Context) -> None:
    """Say what the bot does, with a few questions to try."""
    if update.effective_message:
        title = brain_of(context).retriever.document.title
        await reply(update.effective_message, [welcome(title, words_for(update))])


async def show_help(update: Update, context: Context) -> None:
    """Say how to ask, and list the commands."""
    if update.effective_message:
        await reply(update.effective_message, [help_text(words_for(update))])


def welcome(title: str, _: Translate) -> str:
    """Return the first message a person sees."""
    return "\n\n".join(
        [
            bold(clip(title, MAX_TITLE)),
            plain(
                _(
                    "Ask a question in your own language. You get the article that answers it, word "
                    "for word, the deciding sentence in bold; or an honest “it does not say”."
                )
            ),
            plain(_("For example:")) + "".join(f"\n• {plain(example)}" for example in examples(_)),
            plain(_("/help shows what else you can type.")),
        ]
    )


def examples(_: Translate) -> tuple[str, ...]:
    """Return questions to try, in the reader's language."""
    return (
        _("Who hosts the summit in 2016?"),
        _("What should be done against hackers at nuclear plants?"),
        _("Article 15"),
    )


def help_text(_: Translate) -> str:
    """Return how to ask, and the commands."""
    commands = {
        "/article N": _("show an article; 0 is the preface"),
        "/about": _("about the document"),
        "/help": _("this message"),
    }
    return "\n".join(
        [
            plain(
                _("Type a question, or name articles: “Article 9”, “第 3 條跟第 4 條”, “21–22”.")
            ),
            plain(_("“next”, “previous” and “again” move from the article shown last.")),
            "",
            *(f"{command} · {plain(meaning)}" for command, meaning in commands.items()),
        ]
    )
