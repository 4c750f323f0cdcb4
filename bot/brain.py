"""What answers for the handlers: the retriever, used off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from retrieval import Answer, ConversationState, Retriever

T = TypeVar("T")


class Brain:
    """Answer questions for many chats at once without blocking the event loop."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        # The model already uses both processors for one question.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")

    async def ask(
        self, question: str, state: ConversationState
    ) -> tuple[Answer, ConversationState]:
        """Return the answer to the next turn of a conversation, and where it then stands."""

        def turn() -> tuple[Answer, ConversationState]:
            conversation = self.retriever.conversation(state)
            return conversation.ask(question), conversation.state

        return await self.run(turn)

    def opened(self, number: int, state: ConversationState) -> ConversationState:
        """Return where a conversation stands once a button opened an article."""
        return self.retriever.conversation(state).after([number], "")

    async def explain(self, question: str) -> Answer:
        """Return the answer to a question that stands alone, with its explanation."""
        return await self.run(lambda: self.retriever.ask(question, why=True))

    async def search(self, question: str) -> Answer:
        """Return the answer to a question that stands alone."""
        return await self.run(lambda: self.retriever.ask(question))

    async def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done in the thread that answers."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the answer in progress finish and take no more."""
        self._pool.shutdown()
