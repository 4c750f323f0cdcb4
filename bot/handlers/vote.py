"""👍 and 👎: votes, and consent to keeping the question beside them."""

import time

from bot.markup import plain
from bot.press import Press
from bot.sending import reply
from bot.store import Vote
from bot.translations import Translate
from corpus.language import detect_language


async def press_vote(press: Press) -> None:
    """Remember a vote; the first time, ask whether the question may be kept with it."""
    began = time.monotonic()
    _, services = press.words, press.services
    person = services.person(press.user)
    consent = (await services.store.people.get(person)).consent
    question = press.own_question if consent else ""
    await services.store.votes.put(
        Vote(
            person,
            press.message_key,
            press.callback.number,
            press.callback.action == "up",
            question or None,
            detect_language(question) if question else None,
        )
    )
    await press.done(_("Thank you! Your vote is noted."))
    if consent is None:
        await _ask_consent(press, person)
    await services.forget_again(person, began)


async def _ask_consent(press: Press, person: str) -> None:
    """Ask once whether the text of questions may be kept, under one that the person asked."""
    _, services = press.words, press.services
    if press.message is None or not press.own_question:
        return
    if await services.store.people.ask_consent(person):
        asked = press.message.reply_to_message or press.message
        await reply(asked, [consent_text(_)], services.keyboards.consent(person, _))


async def press_keep(press: Press) -> None:
    """Remember the consent, and the question of the vote that led to it."""
    _, services = press.words, press.services
    person = services.person(press.user)
    answer, _dash, owner = press.callback.argument.partition("-")
    if not person.startswith(owner or "-"):
        await press.done(_("This button is for somebody else."), alert=True)
        return
    agrees = answer == "1"
    await services.store.people.set_consent(person, agrees)
    if agrees and press.own_question and press.message is not None:
        asked = press.message.reply_to_message
        if asked is not None:
            await _add_question(press, person, asked.message_id)
    text = _("Thank you. /forget takes it back.") if agrees else _("Nothing of it will be kept.")
    await press.done()
    await press.change([plain(text)], None)


async def _add_question(press: Press, person: str, asked: int) -> None:
    """Put the question beside the votes on its answers."""
    store, message = press.services.store, press.message
    if message is None:
        return
    question, chat = press.question, message.chat_id
    given = await store.answers.get(store.key("message", chat, asked))
    for number in given.messages if given else ():
        key = store.key("message", chat, number)
        await store.votes.add_question(person, key, question, detect_language(question))


def consent_text(_: Translate) -> str:
    """Return what asks whether the text of questions may be kept."""
    return plain(
        _(
            "May the text of questions you vote on, or that get no answer, be kept to make me "
            "better? Your name is not kept with it. /privacy says more."
        )
    )
