"""What the brain promises: the event loop stays free, each chat keeps its own thread."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from bot import brain as module
from bot.brain import Brain
from corpus import Document
from retrieval import Answer, Citation, Conversation, Retriever


@pytest.fixture
def brain(retriever: Retriever) -> Iterator[Brain]:
    made = Brain(retriever)
    yield made
    made.close()


def number(answer: Answer) -> int:
    return answer.citations[0].article.number


async def test_each_chat_goes_on_from_its_own_article(brain: Brain) -> None:
    await brain.ask(1, "第15條")
    await brain.ask(2, "第3條")
    assert number(await brain.ask(1, "下一條")) == 16
    assert number(await brain.ask(2, "previous")) == 2
    assert number(await brain.ask(1, "next")) == 17


async def test_what_is_not_shown_is_not_gone_on_from(brain: Brain) -> None:
    await brain.ask(1, "第15條")
    hidden = await brain.ask(1, "第3條", lambda answer: False)
    assert number(hidden) == 3
    assert number(await brain.ask(1, "下一條")) == 16


async def test_no_more_conversations_are_remembered_than_stated(
    brain: Brain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_CONVERSATIONS", 2)
    for chat in (1, 2, 3):
        await brain.ask(chat, "第15條")
    assert number(await brain.ask(2, "下一條")) == 16
    # The oldest is forgotten: its step has nothing to go on from.
    assert (await brain.ask(1, "下一條")).confidence < 1.0


class Slow:
    """Answers after holding its thread, and tells which one that was."""

    def __init__(self, document: Document, seconds: float) -> None:
        self.document = document
        self.seconds = seconds
        self.threads: list[int] = []

    def conversation(self) -> Conversation:
        return Conversation(self.document, self.ask)

    def ask(self, question: str) -> Answer:
        self.threads.append(threading.get_ident())
        time.sleep(self.seconds)
        return Answer(question, "answered", 1.0, (Citation(self.document.articles[1]),))


async def test_answering_does_not_block_the_event_loop(document: Document) -> None:
    slow = Slow(document, 0.3)
    brain = Brain(slow)  # type: ignore[arg-type]
    asking = asyncio.create_task(brain.ask(1, "q"))
    ticks = 0
    while not asking.done():
        await asyncio.sleep(0.01)
        ticks += 1
    brain.close()
    assert ticks > 5
    assert threading.get_ident() not in slow.threads


async def test_closing_lets_the_answer_in_progress_finish(document: Document) -> None:
    brain = Brain(Slow(document, 0.1))  # type: ignore[arg-type]
    asking = asyncio.create_task(brain.ask(1, "q"))
    await asyncio.sleep(0)
    brain.close()
    assert number(await asking) == 1
    with pytest.raises(RuntimeError):
        await brain.ask(1, "q")
