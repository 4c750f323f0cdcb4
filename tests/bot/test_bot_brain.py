"""What the brain promises: the event loop stays free, and a state goes in and comes out."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from bot.brain import Brain
from corpus import Document
from retrieval import Answer, Citation, ConversationState, Retriever

FRESH = ConversationState()


@pytest.fixture
def brain(retriever: Retriever) -> Iterator[Brain]:
    made = Brain(retriever)
    yield made
    made.close()


async def test_a_turn_goes_on_from_the_state_it_is_given(brain: Brain) -> None:
    answer, state = await brain.ask("第15條", FRESH)
    assert [c.article.number for c in answer.citations] == [15]
    answer, after = await brain.ask("下一條", state)
    assert [c.article.number for c in answer.citations] == [16]
    assert (state.anchor, after.anchor) == (15, 16)


async def test_an_explanation_comes_with_the_answer(brain: Brain) -> None:
    assert (await brain.explain("核子保安文化")).explanation is not None
    assert (await brain.search("核子保安文化")).explanation is None


class Slow:
    """Answers after holding its thread, and tells which one that was."""

    def __init__(self, document: Document, seconds: float) -> None:
        self.document = document
        self.seconds = seconds
        self.threads: list[int] = []

    def ask(self, question: str) -> Answer:
        self.threads.append(threading.get_ident())
        time.sleep(self.seconds)
        return Answer(question, "answered", 1.0, (Citation(self.document.articles[1]),))


async def test_answering_does_not_block_the_event_loop(document: Document) -> None:
    slow = Slow(document, 0.3)
    brain = Brain(slow)  # type: ignore[arg-type]
    asking = asyncio.create_task(brain.search("q"))
    ticks = 0
    while not asking.done():
        await asyncio.sleep(0.01)
        ticks += 1
    brain.close()
    assert ticks > 5
    assert threading.get_ident() not in slow.threads


async def test_closing_lets_the_answer_in_progress_finish(document: Document) -> None:
    brain = Brain(Slow(document, 0.1))  # type: ignore[arg-type]
    asking = asyncio.create_task(brain.search("q"))
    await asyncio.sleep(0)
    brain.close()
    assert [c.article.number for c in (await asking).citations] == [1]
    with pytest.raises(RuntimeError):
        await brain.search("q")
