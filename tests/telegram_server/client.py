"""The person's side: people who write, press and search, and the groups they are in."""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .chats import Chat, Message, Raw, User, without_reply
from .entities import detect
from .world import Query, World

LONGEST_INLINE_QUERY = 256
# What a message says, and beside it what Telegram finds in that.
_ENTITIES = {"text": "entities", "caption": "caption_entities"}
_WORDS = frozenset((*_ENTITIES, *_ENTITIES.values()))


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed; `answer` waits for the bot to stop the spinner."""

    data: str
    query: Query
    update_id: int | None

    def expire(self) -> None:
        """Let the bot be too late with its answer."""
        self.query.expire()

    async def answer(self, timeout: float = 5) -> Raw:
        """Return the bot's answer: text, show_alert, url, cache_time."""
        return await self.query.answer(timeout)


@dataclass(frozen=True, slots=True)
class Search:
    """An inline query; `results` waits for the bot's answer."""

    text: str
    query: Query
    update_id: int | None

    def expire(self) -> None:
        """Let the bot be too late with its answer."""
        self.query.expire()

    async def answer(self, timeout: float = 5) -> Raw:
        """Return the bot's answer: results, cache_time, is_personal, next_offset, button."""
        return await self.query.answer(timeout)

    async def results(self, timeout: float = 5) -> list[Raw]:
        """Return the results in the bot's answer."""
        return list((await self.query.answer(timeout))["results"])


class Person:
    """Someone with a Telegram account; `chat` is their private chat with the bot."""

    def __init__(self, world: World, user: User, known: bool = False) -> None:
        self._world = world
        self.user = user
        self.chat = world.chats.open(user.id, "private", user.first_name)
        self.chat.members[user.id] = user
        self.chat.known = self.chat.known or known

    def __repr__(self) -> str:
        return f"<Person {self.user.id} {self.user.first_name!r}>"

    def send(
        self,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        thread: int | None = None,
        forwarded_from: str | None = None,
        via_bot: User | None = None,
    ) -> Message:
        """Send a text: as an answer to, quoting from, forwarded from or via someone if given."""
        return self._post(_words(text), chat, reply_to, quote, thread, forwarded_from, via_bot)

    def photo(self, caption: str = "", *, chat: Chat | None = None, **where: Any) -> Message:
        """Send a photo, with a caption or without."""
        return self._post(self._picture(caption), chat, **where)

    def album(self, *captions: str, chat: Chat | None = None, **where: Any) -> list[Message]:
        """Send photos as one album, each with its caption, "" for none."""
        album: Raw = {"media_group_id": f"{13_000_000_000_000_000 + self._world.number()}"}
        return [self._post(self._picture(words) | album, chat, **where) for words in captions]

    def sticker(self, emoji: str = "👍", *, chat: Chat | None = None, **where: Any) -> Message:
        """Send a sticker."""
        sticker = self._file("sticker") | {"width": 512, "height": 512, "type": "regular"}
        sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
        return self._post({"sticker": sticker}, chat, **where)

    def voice(self, seconds: int = 3, *, chat: Chat | None = None, **where: Any) -> Message:
        """Send a voice message."""
        return self._post({"voice": self._file("voice") | {"duration": seconds}}, chat, **where)

    def edit(self, message: Message, text: str) -> Message:
        """Change what an own message says: its text, or its caption where it is no text."""
        if message.raw["from"]["id"] != self.user.id:
            raise ValueError(f"{message!r} is not by {self!r}; people edit only their own messages")
        words = _words(text, "text" if "text" in message.raw else "caption")
        kept = {name: value for name, value in message.raw.items() if name not in _WORDS}
        kept |= words | {"edit_date": message.raw["date"] + 1}
        message.change(kept)
        if self._reaches_bot(message):
            self._world.queue.put("edited_message", kept, message.chat.id)
        return message

    def press(self, message: Message, button: str) -> Press:
        """Press the button of ``message`` that says, or whose data is, ``button``."""
        if message.deleted:
            raise ValueError(f"{message!r} is gone; nobody can press its buttons")
        buttons = [found for row in message.buttons for found in row]
        for found in buttons:
            if button in (found["text"], found.get("callback_data")):
                break
        else:
            raise ValueError(f"no button {button!r}; there are {[b['text'] for b in buttons]}")
        if "callback_data" not in found:
            raise ValueError(f"button {button!r} has no callback data; it leads elsewhere: {found}")
        return self._press(found["callback_data"], {"message": message.pressed}, message.chat.id)

    def press_data(self, message: Message, data: str) -> Press:
        """Press with any data, as old or altered keyboards do."""
        return self._press(data, {"message": message.pressed}, message.chat.id)

    def inline(self, text: str, offset: str = "") -> Search:
        """Type ``text`` after the bot's name in any chat; Telegram passes on 256 characters."""
        query = self._world.open_query()
        payload: Raw = {
            "id": query.id,
            "from": self.user.as_json(),
            "query": text[:LONGEST_INLINE_QUERY],
            "offset": offset,
            "chat_type": "sender",
        }
        update = self._world.queue.put("inline_query", payload, self.user.id)
        return Search(payload["query"], query, update.update_id if update else None)

    def choose(self, search: Search, result: Raw) -> str | None:
        """Send an inline result; return its inline message id when it carries a keyboard."""
        payload = {"result_id": result["id"], "from": self.user.as_json(), "query": search.text}
        inline_id = None
        if result.get("reply_markup"):
            inline_id = f"inline{self._world.number():08d}"
            content = result["input_message_content"]
            self._world.inline_messages[inline_id] = {
                "text": content["message_text"],
                "entities": content.get("entities", []),
                "reply_markup": result["reply_markup"],
            }
            payload["inline_message_id"] = inline_id
        self._world.queue.put("chosen_inline_result", payload, self.user.id)
        return inline_id

    def posted(self, inline_id: str) -> Message:
        """Return what a message that was sent as an inline result shows now."""
        return Message(self.chat, self._world.inline_messages[inline_id])

    def press_inline(self, inline_id: str, data: str) -> Press:
        """Press a button under a message that was sent as an inline result."""
        return self._press(data, {"inline_message_id": inline_id}, self.user.id)

    def block(self) -> None:
        """Block the bot: it can no longer write here and is told so."""
        self.chat.closed_because = "bot was blocked by the user"
        self._membership("member", "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.chat.closed_because = None
        self._membership("kicked", "member")

    def _press(self, data: str, where: Raw, lane: int) -> Press:
        query = self._world.open_query()
        payload = {"id": query.id, "from": self.user.as_json(), "data": data, **where}
        payload["chat_instance"] = str(7_000_000_000 + lane)
        update = self._world.queue.put("callback_query", payload, lane)
        return Press(data, query, update.update_id if update else None)

    def _membership(self, before: str, after: str) -> None:
        def member(status: str) -> Raw:
            extra = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self._world.bot.as_json(), **extra}

        draft = self._world.chats.draft(self.chat, self.user)
        payload = {name: draft[name] for name in ("chat", "from", "date")}
        payload |= {"old_chat_member": member(before), "new_chat_member": member(after)}
        self._world.queue.put("my_chat_member", payload, self.chat.id)

    def _picture(self, caption: str) -> Raw:
        size = self._file("photo") | {"width": 800, "height": 600}
        return {"photo": [size]} | _words(caption, "caption")

    def _file(self, kind: str) -> Raw:
        number = self._world.number()
        return {"file_id": f"{kind}-{number}", "file_unique_id": f"unique-{number}"}

    def _post(
        self,
        content: Raw,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        thread: int | None = None,
        forwarded_from: str | None = None,
        via_bot: User | None = None,
    ) -> Message:
        chat = chat or self.chat
        if self.user.id not in chat.members:
            raise ValueError(f"{self!r} is not in {chat!r}; add them to the group first")
        chat.known = True
        raw = self._world.chats.draft(chat, self.user) | content
        thread = thread or (reply_to.thread if reply_to else None)
        if thread:
            raw |= {"message_thread_id": thread, "is_topic_message": True}
        elif reply_to and chat.kind == "supergroup" and not chat.topics:
            # Telegram numbers a thread of replies by its first message; it is no topic.
            raw["message_thread_id"] = reply_to.id
        if reply_to:
            raw["reply_to_message"] = without_reply(reply_to.raw)
            if quote:
                position = reply_to.text.find(quote)
                raw["quote"] = {"text": quote, "position": position, "is_manual": True}
        if forwarded_from:
            raw["forward_origin"] = {
                "type": "hidden_user",
                "date": raw["date"],
                "sender_user_name": forwarded_from,
            }
        if via_bot:
            raw["via_bot"] = via_bot.as_json()
        message = chat.add(raw)
        if self._reaches_bot(message):
            self._world.queue.put("message", raw, chat.id)
        return message

    def _reaches_bot(self, message: Message) -> bool:
        """Return whether Telegram's privacy mode lets the bot see a group's message."""
        chat, bot = message.chat, self._world.bot
        if chat.closed_because is not None:
            return False
        if chat.kind == "private" or not self._world.privacy or chat.bot_is_admin:
            return True
        if message.raw.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
            return True
        if message.raw.get("via_bot", {}).get("id") == bot.id:
            return True
        own = f"@{bot.username}".lower()
        named = [name.lower() for name in message.marked("mention")]
        commands = [command.lower() for command in message.marked("bot_command")]
        if own in named or any(command.endswith(own) for command in commands):
            return True
        return any("@" not in command for command in commands)


def _words(text: str, field: str = "text") -> Raw:
    """Return the part of a message that says ``text``; nothing for an empty one."""
    content: Raw = {field: text} if text else {}
    if entities := detect(text):
        content[_ENTITIES[field]] = entities
    return content


def group(
    world: World,
    title: str,
    people: Iterable[Person],
    topics: Iterable[str] = (),
    supergroup: bool = False,
) -> Chat:
    """Return a new group with the bot and ``people`` in it; topics make it a supergroup."""
    names = tuple(topics)
    number = world.number()
    large = supergroup or bool(names)
    chat = world.chats.open(
        -1_001_000_000_000 - number if large else -5_000_000 - number,
        "supergroup" if large else "group",
        title,
    )
    chat.members.update({person.user.id: person.user for person in people})
    chat.topics.update({name: world.chats.next_id(chat) for name in names})
    return chat
