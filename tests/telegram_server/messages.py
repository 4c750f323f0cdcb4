"""The methods by which the bot sends, edits and deletes messages."""

import time
from typing import Any

from .chats import Chat, Message, Raw, without_reply
from .errors import bad_request
from .limits import chat_action, formatted, keyboard
from .parameters import Parameters
from .world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_DELETABLE_FOR = 48 * 3600


def send_message(world: World, parameters: Parameters) -> Raw:
    """Send a text."""
    chat = world.chats.get(parameters.integer("chat_id"))
    text, entities = formatted(parameters)
    markup = keyboard(parameters.structure("reply_markup"))
    answered, quote = _answered(chat, parameters)
    thread = parameters.integer("message_thread_id") or (answered.thread if answered else None)
    # In a supergroup without topics the number is that of a thread of replies.
    is_replies = chat.kind == "supergroup" and not chat.topics and bool(answered)
    if thread and not is_replies and thread not in chat.topics.values():
        raise bad_request("message thread not found")
    raw = world.chats.draft(chat, world.bot)
    raw["text"] = text
    if entities:
        raw["entities"] = entities
    if thread:
        raw["message_thread_id"] = thread
        if not is_replies:
            raw["is_topic_message"] = True
    if answered:
        raw["reply_to_message"] = without_reply(answered.raw)
    if answered and quote:
        raw["quote"] = {"text": quote, "position": answered.text.find(quote), "is_manual": True}
    if markup and "inline_keyboard" in markup:
        raw["reply_markup"] = markup
    elif markup:
        chat.keyboard = markup
    return chat.add(raw).raw


def edit_message_text(world: World, parameters: Parameters) -> Raw | bool:
    """Replace the text, and the keyboard, of a message of the bot."""
    inline = _inline_message(world, parameters)
    message = None if inline is not None else _own_message(world, parameters)
    text, entities = formatted(parameters)
    markup = keyboard(parameters.structure("reply_markup"))
    before = inline if message is None else message.raw
    after = {**(before or {}), "text": text, "entities": entities, "reply_markup": markup}
    return _replace(world, message, before or {}, after)


def edit_message_reply_markup(world: World, parameters: Parameters) -> Raw | bool:
    """Replace the keyboard of a message of the bot."""
    inline = _inline_message(world, parameters)
    message = None if inline is not None else _own_message(world, parameters)
    before = inline if message is None else message.raw
    markup = keyboard(parameters.structure("reply_markup"))
    return _replace(world, message, before or {}, {**(before or {}), "reply_markup": markup})


def delete_message(world: World, parameters: Parameters) -> bool:
    """Delete a message: the bot's own, or anyone's where the bot may."""
    chat = world.chats.get(parameters.integer("chat_id"))
    message = chat.find(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    may = message.by_bot or chat.kind == "private" or chat.bot_is_admin
    if not may or message.raw["date"] < time.time() - _DELETABLE_FOR:
        raise bad_request("message can't be deleted")
    message.delete()
    return True


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """Show that the bot is typing."""
    chat = world.chats.get(parameters.integer("chat_id"))
    chat.actions.append(chat_action(parameters.text("action")))
    chat.changes.notify()
    return True


def _answered(chat: Chat, parameters: Parameters) -> tuple[Message | None, str]:
    reply = parameters.structure("reply_parameters")
    if reply is None:
        reply = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    given = Parameters(reply)
    message_id = given.integer("message_id")
    if not message_id:
        return None, ""
    message = chat.find(message_id)
    if message is None:
        if not given.flag("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return None, ""
    quote = given.text("quote")
    if quote and quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message, quote


def _inline_message(world: World, parameters: Parameters) -> Raw | None:
    given = parameters.text("inline_message_id")
    if not given:
        return None
    if given not in world.inline_messages:
        raise bad_request("MESSAGE_ID_INVALID")
    return world.inline_messages[given]


def _own_message(world: World, parameters: Parameters) -> Message:
    chat = world.chats.get(parameters.integer("chat_id"))
    message = chat.find(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return message


def _replace(world: World, message: Message | None, before: Raw, after: Raw) -> Raw | bool:
    # An edit without a keyboard takes the keyboard away; absent and empty are the same.
    after = {name: value for name, value in after.items() if value not in (None, [], {})}
    if after.get("reply_markup") == {"inline_keyboard": []}:
        del after["reply_markup"]
    compared = ("text", "entities", "reply_markup")
    if all(before.get(name) == after.get(name) for name in compared):
        raise bad_request(NOT_MODIFIED)
    after["edit_date"] = int(time.time())
    if message is None:
        before.clear()
        before.update(after)
        world.changes.notify()
        return True
    message.change(after)
    return after


METHODS: dict[str, Any] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
}
