"""Read from a message what was asked: its text, caption or quotation, where it is meant for us."""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"^❓ ")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Hold the text of a message that is meant for the bot; "" where it has none."""

    text: str


def read_incoming(message: Message, username: str, bot_id: int) -> Incoming | None:
    """Return what a message asks, or None where it is not meant for the bot.

    In private all messages are. In a group those are that name it, answer it, or come with a
    command; such a command's own words are the caller's to take off.
    """
    text = message.text or message.caption or ""
    name = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    if message.chat.type != message.chat.PRIVATE:
        answered = message.reply_to_message
        answers_us = answered is not None and (
            answered.from_user is not None and answered.from_user.id == bot_id
        )
        if not answers_us and not _mentions(message, username):
            return None
    own = " ".join(name.sub(" ", text).split("\n")).strip() if name.search(text) else text.strip()
    if _WORD.search(own):
        return Incoming(own)
    return Incoming(quoted(message))


def is_ours(message: Message, bot_id: int) -> bool:
    """Tell what somebody posted with our help, such as an article, from what they wrote."""
    return message.via_bot is not None and message.via_bot.id == bot_id


def is_meant_for_others(message: Message, username: str, bot_id: int) -> bool:
    """Tell a command in a group that neither names us, nor is /ask, nor answers us.

    Telegram shows a bot every command of a group; a bare one is as likely another bot's.
    """
    command = (message.text or message.caption or "").split(maxsplit=1)[:1]
    if message.chat.type == message.chat.PRIVATE or not command or command[0][0] != "/":
        return False
    name, at, bot = command[0].lower().partition("@")
    answered = message.reply_to_message
    answers_us = answered is not None and (
        answered.from_user is not None and answered.from_user.id == bot_id
    )
    return bot != username.lower() if at else not (name == "/ask" or answers_us)


def quoted(message: Message) -> str:
    """Return the text that a message quotes or answers, where that is not our own."""
    if message.quote and message.quote.text:
        return message.quote.text
    answered = message.reply_to_message
    if answered is None or (answered.from_user is not None and answered.from_user.is_bot):
        return ""
    return answered.text or answered.caption or ""


def question_behind(message: Message, username: str) -> str:
    """Return the question that ``message``, one of ours, answered; "" where it is not to be had.

    Of what we wrote ourselves only an example that was pressed is one.
    """
    asked = message.reply_to_message
    if asked is None:
        return ""
    text = asked.text or asked.caption or ""
    if asked.from_user is not None and asked.from_user == message.from_user:
        return _QUOTED.sub("", text).strip() if _QUOTED.match(text) else ""
    text = re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"^\s*/ask(?:@\w+)?\s", "", text)
    return _QUOTED.sub("", text).strip() or quoted(asked)


def _mentions(message: Message, username: str) -> bool:
    own = f"@{username}".lower()
    kinds: list[str | None] = [MessageEntity.MENTION]
    found = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    return any(text.lower() == own for text in found.values())
