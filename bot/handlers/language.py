"""/language: in which language the bot speaks."""

from telegram import Update

from bot.keyboards import LANGUAGE_NAMES
from bot.markup import plain
from bot.menu import set_chat_menu
from bot.press import Press
from bot.sending import reply
from bot.services import Context, services_of, spoken_by
from bot.translations import Translate, translation


async def language(update: Update, context: Context) -> None:
    """Ask which language the person wants."""
    message, services = update.effective_message, services_of(context)
    if message is None:
        return
    _ = await services.words(update.effective_sender)
    await reply(message, [language_text(_)], services.keyboards.languages(_))


async def press_language(press: Press) -> None:
    """Remember the language that was chosen."""
    chosen = press.callback.argument if press.callback.argument in LANGUAGE_NAMES else None
    await press.services.store.people.set_language(press.services.person(press.user), chosen)
    spoken = chosen or spoken_by(press.user)
    _ = translation(spoken)
    text = (
        _("I speak {language}.").format(language=LANGUAGE_NAMES[spoken])
        if chosen
        else _("I speak the language of each question.")
    )
    await press.change([plain(text)], press.services.keyboards.languages(_))
    await press.done()
    if press.message is not None and press.message.chat.type == press.message.chat.PRIVATE:
        await set_chat_menu(press.message.get_bot(), press.message.chat_id, spoken)


def language_text(_: Translate) -> str:
    """Return what asks for a language."""
    return plain(
        _("In which language shall I speak? Articles are always shown in the document's own words.")
    )
