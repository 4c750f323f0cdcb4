"""What Telegram remembers: people, chats, and every message sent, edited or deleted."""

# Waiting with a limit is what these methods are for.
# ruff: noqa: ASYNC109

import time
from dataclasses import dataclass
from typing import Any

from .changes import Changes
from .entities import Entity, cut, units
from .errors import bad_request, forbidden

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """Someone who writes: a person, or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def as_json(self) -> Raw:
        """Return the user as the Bot API shows one."""
        fields = ("id", "is_bot", "first_name", "last_name", "username", "language_code")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


def without_reply(raw: Raw) -> Raw:
    """Return a message as the answers to it show it, without what it answers itself."""
    return {name: value for name, value in raw.items() if name != "reply_to_message"}


class Message:
    """A message and its earlier versions; what it shows is the newest."""

    def __init__(self, chat: "Chat", raw: Raw) -> None:
        self.chat = chat
        self.versions = [raw]
        self.deleted = False
        # True where Telegram no longer shows the message to the bot: its chat and number are left.
        self.inaccessible = False

    def __repr__(self) -> str:
        state = " deleted" if self.deleted else ""
        return f"<Message {self.id} in {self.chat.id}{state}: {self.text!r}>"

    @property
    def raw(self) -> Raw:
        """Return the message as the Bot API shows it."""
        return self.versions[-1]

    @property
    def pressed(self) -> Raw:
        """Return the message as a press of one of its buttons shows it."""
        if self.inaccessible:
            return {"chat": self.raw["chat"], "message_id": self.id, "date": 0}
        return self.raw

    @property
    def id(self) -> int:
        """Return its number in the chat."""
        return int(self.raw["message_id"])

    @property
    def by_bot(self) -> bool:
        """Return whether the bot sent it."""
        return bool(self.raw["from"]["is_bot"])

    @property
    def text(self) -> str:
        """Return its plain text or caption, "" when it has none."""
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def entities(self) -> list[Entity]:
        """Return its entities, offsets in UTF-16 units."""
        found: list[Entity] = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return found

    @property
    def reply_to(self) -> int | None:
        """Return the number of the message it answers."""
        answered = self.raw.get("reply_to_message")
        return int(answered["message_id"]) if answered else None

    @property
    def thread(self) -> int | None:
        """Return the topic it is in."""
        return self.raw.get("message_thread_id")

    @property
    def buttons(self) -> list[list[Raw]]:
        """Return the rows of its inline keyboard."""
        markup: Raw = self.raw.get("reply_markup") or {}
        rows: list[list[Raw]] = markup.get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """Return what its buttons say, row after row."""
        return [button["text"] for row in self.buttons for button in row]

    def marked(self, kind: str) -> list[str]:
        """Return the parts of the text under entities of one kind, such as "bold"."""
        return [cut(self.text, entity) for entity in self.entities if entity["type"] == kind]

    @property
    def size(self) -> int:
        """Return the length of its text in UTF-16 units."""
        return units(self.text)

    def change(self, raw: Raw) -> None:
        """Show ``raw`` from now on, and in the answers to it."""
        self.versions.append(raw)
        for answer in self.chat.messages.values():
            if answer.reply_to == self.id:
                answer.versions[-1] = answer.raw | {"reply_to_message": without_reply(raw)}
        self.chat.changes.notify()

    def delete(self) -> None:
        """Take the message away."""
        self.deleted = True
        self.chat.changes.notify()

    async def edited(self, timeout: float = 5, version: int = 1) -> "Message":
        """Return the message once it has been changed ``version`` times."""
        await self.chat.changes.until(
            lambda: len(self.versions) > version, timeout, f"an edit of {self!r}"
        )
        return self

    async def gone(self, timeout: float = 5) -> None:
        """Return once the message has been deleted."""
        await self.chat.changes.until(lambda: self.deleted, timeout, f"{self!r} to be deleted")


class Chat:
    """A private chat, a group, or a supergroup, which may have topics."""

    def __init__(self, changes: Changes, id: int, kind: str, title: str) -> None:
        self.changes = changes
        self.id = id
        self.kind = kind
        self.title = title
        self.topics: dict[str, int] = {}
        self.members: dict[int, User] = {}
        self.messages: dict[int, Message] = {}
        self.actions: list[str] = []
        self.keyboard: Raw | None = None
        # False until the bot could know the chat: Telegram then says "chat not found".
        self.known = kind != "private"
        self.bot_is_admin = False
        self.closed_because: str | None = None
        self.upgraded_to: int | None = None
        self._read = 0
        self._from_bot: list[Message] = []

    def __repr__(self) -> str:
        return f"<Chat {self.id} {self.kind} {self.title!r}>"

    def as_json(self) -> Raw:
        """Return the chat as a message shows it."""
        raw: Raw = {"id": self.id, "type": self.kind}
        if self.kind == "private":
            for user in self.members.values():
                shown = user.as_json()
                names = ("first_name", "last_name", "username")
                raw |= {name: shown[name] for name in names if name in shown}
        else:
            raw["title"] = self.title
        if self.topics:
            raw["is_forum"] = True
        return raw

    def add(self, raw: Raw) -> Message:
        """Keep a new message and wake whoever waits for it."""
        message = Message(self, raw)
        self.messages[message.id] = message
        if message.by_bot:
            self._from_bot.append(message)
        self.changes.notify()
        return message

    def find(self, message_id: int) -> Message | None:
        """Return a message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def topic(self, name: str) -> int:
        """Return the thread number of a topic of this supergroup."""
        return self.topics[name]

    @property
    def from_bot(self) -> tuple[Message, ...]:
        """Return everything the bot ever sent here, deleted or not, oldest first."""
        return tuple(self._from_bot)

    @property
    def unread(self) -> tuple[Message, ...]:
        """Return what the bot sent here that `reply` has not handed out."""
        return tuple(self._from_bot[self._read :])

    async def reply(self, timeout: float = 5) -> Message:
        """Return the bot's next message here, in the order they came, each one once.

        ``timeout`` is in seconds; TimeoutError when nothing came.
        """
        await self.changes.until(
            lambda: len(self._from_bot) > self._read, timeout, f"a message from the bot in {self!r}"
        )
        self._read += 1
        return self._from_bot[self._read - 1]

    async def typing(self, timeout: float = 5, count: int = 1) -> str:
        """Return the newest chat action once the bot has sent ``count`` of them."""
        await self.changes.until(
            lambda: len(self.actions) >= count, timeout, f"a chat action in {self!r}"
        )
        return self.actions[-1]


class Chats:
    """Every chat by id, and the numbering of messages."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._by_id: dict[int, Chat] = {}
        # Private chats and basic groups share one numbering; a supergroup has its own.
        self._last_message: dict[int, int] = {0: 1000}

    def __iter__(self) -> Any:
        return iter(self._by_id.values())

    def open(self, id: int, kind: str, title: str) -> Chat:
        """Add a chat and return it; the one that is there if there is one."""
        if id not in self._by_id:
            self._by_id[id] = Chat(self._changes, id, kind, title)
        return self._by_id[id]

    def get(self, id: int) -> Chat:
        """Return a chat the bot may write to, or raise what Telegram answers."""
        chat = self._by_id.get(id)
        if chat is None or not chat.known:
            raise bad_request("chat not found")
        if chat.upgraded_to is not None:
            error = bad_request("group chat was upgraded to a supergroup chat")
            error.parameters["migrate_to_chat_id"] = chat.upgraded_to
            raise error
        if chat.closed_because is not None:
            raise forbidden(chat.closed_because)
        return chat

    def next_id(self, chat: Chat) -> int:
        """Return the number of the next message in ``chat``."""
        numbering = chat.id if chat.kind == "supergroup" else 0
        self._last_message[numbering] = self._last_message.get(numbering, 0) + 1
        return self._last_message[numbering]

    def draft(self, chat: Chat, sender: User) -> Raw:
        """Return the beginning of a new message: number, sender, chat, date in seconds."""
        return {
            "message_id": self.next_id(chat),
            "from": sender.as_json(),
            "chat": chat.as_json(),
            "date": int(time.time()),
        }
