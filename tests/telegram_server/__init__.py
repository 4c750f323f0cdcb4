"""A stand-in Telegram Bot API server for tests: real HTTP, real semantics, no network."""

from .chats import Chat, Message, User
from .client import Person, Press, Search
from .errors import BotApiError
from .faults import Fault, Faults
from .queue import Update
from .server import TOKEN, TelegramServer
from .thread import ThreadedServer, running_in_thread
from .timing import Timing
from .world import Call

__all__ = [
    "TOKEN",
    "BotApiError",
    "Call",
    "Chat",
    "Fault",
    "Faults",
    "Message",
    "Person",
    "Press",
    "Search",
    "TelegramServer",
    "ThreadedServer",
    "Timing",
    "Update",
    "User",
    "running_in_thread",
]
