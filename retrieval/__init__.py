"""Retrieval: a question in, the articles of a document that answer it out."""

from retrieval.answer import Answer, Citation, Note, Status
from retrieval.conversation import Conversation, ConversationState
from retrieval.errors import (
    ArtefactError,
    EngineError,
    GlossaryError,
    RetrievalError,
    SettingsError,
)
from retrieval.explanation import Explanation, NearQuestion, Reason
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

__all__ = [
    "Answer",
    "ArtefactError",
    "Citation",
    "Conversation",
    "ConversationState",
    "EngineError",
    "Explanation",
    "GlossaryError",
    "NearQuestion",
    "Note",
    "Reason",
    "RetrievalError",
    "RetrievalSettings",
    "Retriever",
    "SettingsError",
    "Status",
]
