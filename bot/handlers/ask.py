"""/ask: a question in a group, or anywhere."""

from telegram import Message, Update

from bot.answering import answer_message
from bot.incoming import quoted
from bot.markup import plain
from bot.sending import reply
from bot.services import Context, services_of


async def ask(update: Update, context: Context) -> None:
    """Answer the words behind the command, else the message it replies to."""
    message, services = update.effective_message, services_of(context)
    if message is None or services.long_messages.is_continuation(message):
        return
    services.albums.take(message)
    own = asked_by_command(message, services.username)
    text = own or quoted(message)
    if not text.strip():
        _ = await services.words(update.effective_sender)
        await reply(message, [plain(_("Ask like this: /ask Who hosts the summit in 2016?"))])
        return
    await answer_message(services, message, update.effective_sender, text, may_keep=bool(own))


def asked_by_command(message: Message, username: str, wanted: str = "/ask") -> str:
    """Return the words behind a command; "" where there are none, or it is another one."""
    command, *words = (message.text or message.caption or "").split(maxsplit=1)
    name, _at, bot = command.lower().partition("@")
    if name != wanted or (bot and bot != username.lower()):
        return ""
    return words[0].strip() if words else ""
