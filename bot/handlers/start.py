"""/start and /help: what this is and how to use it; links that open an article."""

from telegram import Message, Update

from bot.answering import answer_message
from bot.deep_link import linked_article
from bot.handlers.article import show_named
from bot.markup import bold, clip, plain
from bot.menu import set_chat_menu
from bot.press import Press
from bot.reply import MAX_TITLE
from bot.sending import reply
from bot.services import Context, Sender, Services, services_of
from bot.translations import Translate


async def start(update: Update, context: Context) -> None:
    """Say what the bot does, with a few questions to try; or open the article a link names."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    number = linked_article((context.args or [""])[0])
    if number is not None:
        await show_named(services, message, update.effective_sender, str(number))
        return
    _ = await services.words(update.effective_sender)
    keyboard = services.keyboards.examples(examples(_))
    await reply(message, [welcome(services.document.title, _)], keyboard)
    if message.chat.type == message.chat.PRIVATE:
        await set_chat_menu(message.get_bot(), message.chat_id, _.language)


async def show_help(update: Update, context: Context) -> None:
    """Say how to ask, and list the commands."""
    if update.effective_message:
        _ = await services_of(context).words(update.effective_sender)
        await reply(update.effective_message, [help_text(_)])


async def press_example(press: Press) -> None:
    """Ask an example question, written out first so that the answer has a question to reply to."""
    await press.done()
    message = press.message
    number = press.callback.number
    questions = examples(press.words)
    if message is not None and 0 <= number < len(questions):
        await ask_example(press.services, message, press.user, questions[number])


async def ask_example(
    services: Services, message: Message, user: Sender | None, question: str
) -> None:
    """Write a question out and answer it."""
    (asked,) = await reply(message, [f"❓ {plain(question)}"])
    await answer_message(services, asked, user, question)


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
            plain(_("/help shows what else you can type. Or try one of these:")),
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
        "/start": _("what this is, and how to begin"),
        "/article N": _("show an article; 0 is the preface"),
        "/toc": _("the table of contents"),
        "/about": _("about the document"),
        "/random": _("an article by chance"),
        "/language": _("choose the language I speak"),
        "/privacy": _("what is kept about you"),
        "/forget": _("delete what is kept about you"),
        "/help": _("this message"),
    }
    return "\n".join(
        [
            plain(
                _("Type a question, or name articles: “Article 9”, “第 3 條跟第 4 條”, “21–22”.")
            ),
            plain(
                _(
                    "Ask on as you would with a person: “next”, “two back”, “what else?”, “and plutonium?”."
                )
            ),
            plain(
                _(
                    "In a group use /ask, call me by name, or reply to me. In any other chat type my "
                    "name and a word."
                )
            ),
            "",
            *(f"{command} · {plain(meaning)}" for command, meaning in commands.items()),
        ]
    )
