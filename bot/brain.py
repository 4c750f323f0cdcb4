"""What the handlers share: the retriever, used off the event loop."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from retrieval import Answer, ConversationState, Retriever

# Conversations remembered; the state of one is a single number.
_MAX_CONVERSATIONS = 10_000


class Brain:
    """Answer questions for many chats at once without blocking the event loop."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        # The model already uses both processors for one question.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")
        self._states: OrderedDict[int, ConversationState] = OrderedDict()

    async def ask(
        self, chat: int, question: str, is_shown: Callable[[Answer], bool] = lambda _: True
    ) -> Answer:
        """Return the answer to the next turn of the conversation in ``chat``.

        An answer of which ``is_shown`` says no leaves the conversation where it was.
        """
        conversation = self.retriever.conversation()
        conversation.state = self._states.get(chat, conversation.state)
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._pool, conversation.ask, question)
        if not is_shown(answer):
            return answer
        self._states[chat] = conversation.state
        self._states.move_to_end(chat)
        if len(self._states) > _MAX_CONVERSATIONS:
            self._states.popitem(last=False)
        return answer

    def close(self) -> None:
        """Let the answer in progress finish and take no more."""
        self._pool.shutdown()
