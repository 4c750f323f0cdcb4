"""/ask: a question in a group, or anywhere."""

from telegram import Update

from bot.answering import answer_message
from bot.incoming import quoted
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def ask(update: Update, context: Context) -> None:
    """Answer the words behind the command, else the message it replies to."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _command, words = words_of_command(message.text or "")
    text = words or quoted(message)
    if not text.strip():
        _ = await services.words(update.effective_user)
        await reply(message, [plain(_("Ask like this: /ask Who hosts the summit in 2016?"))])
        return
    await answer_message(services, message, update.effective_user, text)


def words_of_command(text: str) -> tuple[str, str]:
    """Return the command at the beginning of ``text``, and the words behind it."""
    command, _space, words = text.strip().partition(" ")
    if "\n" in command:
        command, _newline, first = command.partition("\n")
        words = f"{first} {words}"
    return command.lower(), words.strip()
