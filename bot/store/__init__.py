"""What the bot remembers, in one SQLite file."""

from bot.store.answers import Answers, GivenAnswer
from bot.store.conversations import Conversations
from bot.store.counts import Counts
from bot.store.database import Database, StoreError
from bot.store.people import People, Person
from bot.store.questions import Unanswered
from bot.store.store import Store
from bot.store.updates import Updates
from bot.store.votes import Vote, Votes

__all__ = [
    "Answers",
    "Conversations",
    "Counts",
    "Database",
    "GivenAnswer",
    "People",
    "Person",
    "Store",
    "StoreError",
    "Unanswered",
    "Updates",
    "Vote",
    "Votes",
]
