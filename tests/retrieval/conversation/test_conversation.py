"""Conversations: steps, further articles, and questions that lean on the turn before."""

import pytest

from corpus import Document
from retrieval import Answer, Conversation, ConversationState, Retriever


@pytest.fixture
def conversation(retriever: Retriever) -> Conversation:
    return retriever.conversation()


def numbers(answer: Answer) -> list[int]:
    return [citation.article.number for citation in answer.citations]


def test_next_and_previous_walk_from_what_was_shown(conversation: Conversation) -> None:
    assert numbers(conversation.ask("第1條")) == [1]
    for said, number in (("next", 2), ("下一條", 3), ("上一條", 2), ("again", 2)):
        assert numbers(conversation.ask(said)) == [number]
    assert numbers(conversation.ask("往下兩條")) == [4]
    assert numbers(conversation.ask("back to the first one")) == [1]


@pytest.mark.parametrize(("anchor", "step"), [("36", "next"), ("1", "previous"), ("1", "two back")])
def test_a_step_past_the_end_says_what_articles_there_are_and_stays(
    conversation: Conversation, anchor: str, step: str
) -> None:
    conversation.ask(anchor)
    before = conversation.state
    answer = conversation.ask(step)
    assert (answer.status, answer.citations, answer.related) == ("not_found", (), ())
    assert answer.confidence == 0.0  # no article answers, for certain
    assert [n.to_dict() for n in answer.notes] == [{"code": "past_end", "first": 1, "last": 36}]
    assert conversation.state == before


def test_from_the_preface_the_next_is_article_one(conversation: Conversation) -> None:
    assert numbers(conversation.ask("前言")) == [0]
    assert numbers(conversation.ask("下一條")) == [1]


def test_a_step_with_nothing_shown_before_is_a_question_like_any_other(
    conversation: Conversation,
) -> None:
    answer = conversation.ask("next")
    assert answer.question == "next"
    assert answer.status != "answered" or answer.confidence < 1.0


@pytest.mark.parametrize("said", ["謝謝", "哈哈", "lol ok", "今天天氣真好"])
def test_small_talk_leaves_the_thread_where_it_was(conversation: Conversation, said: str) -> None:
    conversation.ask("第15條")
    before = conversation.state
    assert conversation.ask(said).citations == ()
    assert conversation.state == before
    assert numbers(conversation.ask("下一條")) == [16]


def test_of_several_articles_the_first_is_where_the_walk_goes_on(
    conversation: Conversation,
) -> None:
    conversation.ask("第3條跟第9條")
    assert numbers(conversation.ask("next")) == [4]


def test_what_else_shows_articles_not_yet_shown_until_there_are_none(
    conversation: Conversation, document: Document
) -> None:
    seen = numbers(conversation.ask("核子保安文化由誰來建立？"))
    assert seen
    for _turn in range(len(document)):
        answer = conversation.ask("還有嗎？")
        if not answer.citations:
            break
        assert [n.code for n in answer.notes] == ["more"]
        assert not set(numbers(answer)) & set(seen)
        seen += numbers(answer)
    assert [n.code for n in answer.notes] == ["no_more"]
    assert answer.status == "not_found"


@pytest.mark.parametrize(
    ("first", "then", "right"),
    [
        ("國際實體防護諮詢服務做過幾次任務", "去過幾個國家", 15),
        ("IPPAS 做過幾次任務", "這是強制的嗎", 15),
        ("高濃縮鈾的存量要怎麼辦", "那鈽呢", 21),
        ("How many IPPAS missions have there been?", "is it voluntary?", 15),
    ],
)
def test_a_short_turn_leans_on_the_one_before(
    conversation: Conversation, first: str, then: str, right: int
) -> None:
    conversation.ask(first)
    assert numbers(conversation.ask(then))[:1] == [right]


def test_what_a_turn_was_read_as_a_follow_up_to_is_said(conversation: Conversation) -> None:
    first = "國際實體防護諮詢服務做過幾次任務"
    assert conversation.ask(first).notes == ()
    notes = [note.to_dict() for note in conversation.ask("會洩密嗎").notes]
    assert notes == [{"code": "in_context", "earlier": first}]
    assert conversation.ask("2016 年的高峰會由哪個國家主辦？").notes == ()


def test_a_follow_up_has_the_sentence_marked_that_answers_what_it_leans_on(
    conversation: Conversation,
) -> None:
    conversation.ask("國際實體防護諮詢服務做過幾次任務")
    (cited,) = conversation.ask("去過幾個國家").citations[:1]
    assert "40 個國家" in "".join(cited.marked)


def test_a_question_that_stands_alone_starts_afresh(conversation: Conversation) -> None:
    conversation.ask("第15條")
    asked = "2016 年的高峰會由哪個國家主辦？"
    assert numbers(conversation.ask(asked))[:1] == [36]


def test_an_article_by_number_is_shown_whatever_was_said(conversation: Conversation) -> None:
    conversation.ask("核子保安文化由誰來建立？")
    assert numbers(conversation.ask("直接看第 8 條")) == [8]
    assert conversation.state.question == ""


def test_a_conversation_goes_on_from_a_state_kept_elsewhere(retriever: Retriever) -> None:
    state = ConversationState(anchor=2)
    conversation = retriever.conversation(state)
    assert numbers(conversation.ask("next")) == [3]
    assert state == ConversationState(anchor=2)  # a record that never changes


def test_two_conversations_know_nothing_of_each_other(retriever: Retriever) -> None:
    one, other = retriever.conversation(), retriever.conversation()
    one.ask("1")
    other.ask("3")
    assert numbers(one.ask("next")) == [2]
    assert numbers(other.ask("previous")) == [2]


def test_a_state_from_another_document_is_no_trap(retriever: Retriever) -> None:
    conversation = retriever.conversation(ConversationState(anchor=99, first=99))
    assert conversation.state == ConversationState()
    assert numbers(conversation.ask("第15條")) == [15]


@pytest.mark.parametrize("nasty", ["", "\u200b", "\ud800", "核" * 5000, "\ufdfa" * 300])
def test_any_turn_has_an_answer(conversation: Conversation, nasty: str) -> None:
    conversation.ask("第15條")
    assert isinstance(conversation.ask(nasty), Answer)


def test_the_other_one_is_the_next_of_those_shown_together(conversation: Conversation) -> None:
    conversation.ask("第9條跟第10條")
    assert numbers(conversation.ask("另一個呢")) == [10]
    assert numbers(conversation.ask("the other one")) == [9]


def test_the_rest_of_a_section_can_be_asked_for(conversation: Conversation) -> None:
    conversation.ask("第25條")
    assert numbers(conversation.ask("anything else in that section?")) == [26]


def test_back_to_the_one_before_is_the_article_shown_before_not_its_neighbour(
    conversation: Conversation,
) -> None:
    conversation.ask("第12條")
    conversation.ask("第20條")
    conversation.ask("第15條")
    assert numbers(conversation.ask("go back to the one you showed me before this one")) == [20]
    assert numbers(conversation.ask("這份文件最後一條")) == [36]
    assert numbers(conversation.ask("回到我們一開始看的那條")) == [12]


def test_a_question_that_stands_alone_is_answered_whatever_was_asked_before(
    conversation: Conversation,
) -> None:
    conversation.ask("駭客攻擊核電廠的電腦怎麼辦")
    assert numbers(conversation.ask("can medical isotopes be made without HEU"))[:1] == [22]
    assert numbers(conversation.ask("INTERPOL"))[:1] == [32]
