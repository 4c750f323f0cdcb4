"""/privacy and /forget: what is kept about a person, and its deletion."""

from telegram import Update

from bot.markup import plain
from bot.press import Press
from bot.sending import reply
from bot.services import Context, services_of
from bot.translations import Translate


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept about the person."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _ = await services.words(update.effective_sender)
    consent = (await services.store.people.get(services.person(update.effective_sender))).consent
    await reply(
        message,
        [privacy_text(consent, _)],
        services.keyboards.forget(services.person(update.effective_sender), _),
    )


async def forget(update: Update, context: Context) -> None:
    """Ask whether everything about the person is to be deleted."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _ = await services.words(update.effective_sender)
    text = _("This deletes your language, your conversation, your votes and their questions.")
    await reply(
        message,
        [plain(text)],
        services.keyboards.forget(services.person(update.effective_sender), _),
    )


async def press_forget(press: Press) -> None:
    """Delete everything about whoever presses, and say so."""
    _, person = press.words, press.services.person(press.user)
    if not person.startswith(press.callback.argument or "-"):
        await press.done(_("This button is for somebody else."), alert=True)
        return
    await press.services.forget(person)
    await press.done()
    await press.change([plain(_("Everything about you is deleted."))], None)


def privacy_text(consent: bool | None, _: Translate) -> str:
    """Return what is kept about a person who gave, or did not give, ``consent``."""
    texts = (
        _("You agreed that the text of questions you vote on, or that get no answer, is kept.")
        if consent
        else _("The text of your questions is not kept beyond the conversation.")
    )
    return plain(
        "\n".join(
            [
                _("You stand in my records under a code, not under your name or number."),
                _(
                    "Kept are: the language you chose, your votes, which message answered which (two days), where our conversation stands with its last questions (six hours), and, when I am slow, a message until it is answered."
                ),
                texts,
                _("Nothing is sent to anyone; answers are found on the computer I run on."),
                _("/forget deletes all of it."),
            ]
        )
    )
