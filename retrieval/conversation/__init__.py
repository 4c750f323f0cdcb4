"""Conversations: turns that lean on the ones before, resolved without a language model."""

from retrieval.conversation.conversation import Conversation
from retrieval.conversation.state import ConversationState

__all__ = ["Conversation", "ConversationState"]
