"""The state of a conversation is kept by the caller: small, versioned, and never trusted blindly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import ConversationState
from retrieval.conversation.state import MAX_QUESTION


def test_a_state_comes_back_as_it_was() -> None:
    state = ConversationState(15, 3, "去過幾個國家", (15, 20))
    assert ConversationState.from_json(state.to_json()) == state
    assert ConversationState.from_json(ConversationState().to_json()) == ConversationState()


def test_another_version_starts_afresh() -> None:
    text = json.dumps({**json.loads(ConversationState(15).to_json()), "version": 99})
    assert ConversationState.from_json(text) == ConversationState()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "15", '{"version": 1}', '{"version": 1, "anchor": "x"}']
)
def test_what_is_damaged_starts_afresh(text: str) -> None:
    assert ConversationState.from_json(text) == ConversationState()


@given(st.text(max_size=2_000))
def test_no_text_breaks_it_and_none_makes_it_large(text: str) -> None:
    ConversationState.from_json(text)
    kept = ConversationState.from_json(ConversationState(1, 1, text).to_json())
    assert len(kept.question) <= MAX_QUESTION


def test_a_state_of_the_version_before_is_gone_on_from() -> None:
    old = '{"version": 1, "anchor": 15, "first": 12, "question": "q", "shown": [15]}'
    assert ConversationState.from_json(old) == ConversationState(15, 12, "q", (15,))


def test_the_article_before_and_the_question_before_are_kept() -> None:
    state = ConversationState(15, 12, "and now?", (15,), before=20, earlier="what of it?")
    assert ConversationState.from_json(state.to_json()) == state
