"""What the handlers share, and how they get at it."""

import time
from dataclasses import dataclass, field

from telegram import Chat, MaybeInaccessibleMessage, Message, User
from telegram.ext import ContextTypes

from bot.albums import Albums
from bot.brain import Brain
from bot.delivery import Health
from bot.keyboards import Keyboards
from bot.long_messages import LongMessages
from bot.metrics import Metrics
from bot.quota import Quota
from bot.settings import BotSettings
from bot.store import Store
from bot.translations import Translate, translation, ui_language
from corpus import Document

Context = ContextTypes.DEFAULT_TYPE
Sender = User | Chat
"""Who writes: a person, or a group or channel in whose name somebody does."""
KEY = "services"
_MOST_FORGOTTEN = 1_000


@dataclass(frozen=True)
class Services:
    """Hold what answers, what remembers, and the settings; one for the whole bot.

    ``quota`` holds people to so many questions a minute, ``typing`` to so many inline searches.
    """

    brain: Brain
    store: Store
    settings: BotSettings
    username: str
    metrics: Metrics
    quota: Quota
    health: Health
    typing: Quota
    long_messages: LongMessages = field(default_factory=LongMessages)
    albums: Albums = field(default_factory=Albums)
    _forgotten: dict[str, float] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """Return the document that is asked."""
        return self.brain.retriever.document

    @property
    def keyboards(self) -> Keyboards:
        """Return what makes the buttons."""
        return Keyboards(self.document, self.username)

    def person(self, user: Sender | None) -> str:
        """Return the key that stands for a sender in the database."""
        return self.store.key("person", user.id if user else 0)

    def place(self, message: MaybeInaccessibleMessage) -> str:
        """Return the key that stands for a chat, or for a topic of it.

        Telegram numbers every thread of replies; only a topic is a place of its own.
        """
        topic = None
        if isinstance(message, Message) and message.is_topic_message:
            topic = message.message_thread_id
        return self.store.key("chat", message.chat.id, topic or 0)

    async def forget(self, person: str) -> None:
        """Delete every row of a person."""
        # Noted first: an answer that ends while the rows are deleted must see it.
        self._forgotten.pop(person, None)
        self._forgotten[person] = time.monotonic()
        if len(self._forgotten) > _MOST_FORGOTTEN:
            del self._forgotten[next(iter(self._forgotten))]
        await self.store.people.forget(person)

    async def forget_again(self, person: str, began: float) -> None:
        """Delete what an answer that began at ``began`` left of a person who was forgotten since.

        Chats do not wait for each other: a question in a group may be in hand while its asker
        wants to be forgotten in private.
        """
        if self._forgotten.get(person, -1.0) >= began:
            await self.store.people.forget(person)

    async def words(self, user: Sender | None, language: str = "und") -> Translate:
        """Return the words for a user: in the language they chose, else that of their question
        ``language``, else that of their Telegram.
        """
        chosen = (await self.store.people.get(self.person(user))).language
        return translation(chosen or spoken_by(user, language))


def spoken_by(user: Sender | None, language: str = "und") -> str:
    """Return the language of a question, else that of the sender's Telegram."""
    setting = ui_language(getattr(user, "language_code", None) or "", fallback="zh-Hant")
    return ui_language(language, fallback=setting)


def services_of(context: Context) -> Services:
    """Return the shared services, which the application was given at its start."""
    services: Services = context.application.bot_data[KEY]
    return services
