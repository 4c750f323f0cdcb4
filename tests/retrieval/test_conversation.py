"""Conversations: next, previous, again, and questions of their own."""

import time

import pytest

from corpus import Document
from retrieval import Answer, Citation, Conversation, ConversationState
from retrieval.clean import clean
from retrieval.conversation import find_step


@pytest.mark.parametrize(
    ("said", "step"),
    [
        *((s, "next") for s in ("下一條", "下一條呢？", "下一条", "下一個", "看下一條", "那下一條呢", "請看下一條。", "next", "Next?", "the next one", "next article, please", "go to the next paragraph", "次の条は?")),
        *((s, "previous") for s in ("上一條", "上一条呢", "前一條", "回上一條", "previous", "the previous one", "back", "prev", "前の条")),
        *((s, "again") for s in ("再說一次", "再说一遍", "請再說一次", "再看一次", "重複", "again", "say it again", "once more, please", "もう一度")),
        *((s, None) for s in ("", "下一屆高峰會在哪", "next summit", "what comes next in 2016?", "再說一次第3條", "前言", "上面說的是什麼", "the previous summits", "again and again", "下雨嗎", "background")),
    ],
)  # fmt: skip
def test_a_step_is_told_from_a_question(said: str, step: str | None) -> None:
    assert find_step(clean(said).text) == step


@pytest.mark.parametrize(
    "bomb",
    ["看" * 1000, "再看" * 500, "請看" * 500, "the " * 250, "下一條" * 333, "go to the " * 100],
)
def test_no_turn_takes_long_to_read(bomb: str) -> None:
    started = time.process_time()
    find_step(bomb)
    assert time.process_time() - started < 0.2


class Asker:
    """Answer "N" with article N, "N M" with both, and anything else with nothing."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __call__(self, question: str) -> Answer:
        found = [self.document.get(int(n)) for n in question.split() if n.isdigit()]
        cited = tuple(Citation(a, (), 1.0) for a in found if a is not None)
        return Answer(question, "answered" if cited else "not_found", 0.5, cited, language="en")


@pytest.fixture
def conversation(small_document: Document) -> Conversation:
    return Conversation(small_document, Asker(small_document))


def _number(answer: Answer) -> int:
    return answer.citations[0].article.number


def test_next_and_previous_walk_from_what_was_shown(conversation: Conversation) -> None:
    assert _number(conversation.ask("1")) == 1
    assert _number(conversation.ask("next")) == 2
    assert _number(conversation.ask("下一條")) == 3
    assert _number(conversation.ask("上一條")) == 2
    assert _number(conversation.ask("again")) == 2
    assert _number(conversation.ask("again")) == 2


def test_the_preface_stands_before_article_one(conversation: Conversation) -> None:
    conversation.ask("1")
    assert _number(conversation.ask("previous")) == 0
    assert _number(conversation.ask("next")) == 1


@pytest.mark.parametrize(("anchor", "step"), [(3, "next"), (0, "previous")])
def test_a_step_past_the_end_says_what_articles_there_are_and_stays(
    conversation: Conversation, anchor: int, step: str
) -> None:
    conversation.ask(str(anchor))
    answer = conversation.ask(step)
    assert (answer.status, answer.citations, answer.related) == ("not_found", (), ())
    assert answer.confidence == 0.0  # no article answers, for certain
    assert [n.to_dict() for n in answer.notes] == [{"code": "out_of_range", "first": 1, "last": 3}]
    assert conversation.state == ConversationState(anchor)


def test_a_step_with_nothing_shown_before_is_a_question_like_any_other(
    conversation: Conversation,
) -> None:
    answer = conversation.ask("next")
    assert answer.status == "not_found"
    assert answer.question == "next"
    assert conversation.state == ConversationState(None)


def test_an_answer_without_articles_leaves_the_thread_where_it_was(
    conversation: Conversation,
) -> None:
    conversation.ask("2")
    conversation.ask("hello")
    assert _number(conversation.ask("next")) == 3


def test_of_several_articles_the_first_is_where_the_walk_goes_on(
    conversation: Conversation,
) -> None:
    conversation.ask("1 3")
    assert _number(conversation.ask("next")) == 2


def test_a_conversation_goes_on_from_a_state_kept_elsewhere(small_document: Document) -> None:
    state = ConversationState(2)
    conversation = Conversation(small_document, Asker(small_document), state)
    assert _number(conversation.ask("next")) == 3
    assert state == ConversationState(2)  # a record that never changes


def test_two_conversations_know_nothing_of_each_other(small_document: Document) -> None:
    one, other = (Conversation(small_document, Asker(small_document)) for _ in range(2))
    one.ask("1")
    other.ask("3")
    assert _number(one.ask("next")) == 2
    assert _number(other.ask("previous")) == 2
