"""What the markup promises: escaped, and never longer than Telegram takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markup import MAX_UNITS, bold, clip, plain, quote, split, utf16_length

bounded = settings(max_examples=60, derandomize=True, deadline=None)
# Astral characters, breaks of every kind, and what HTML would take for its own.
texts = st.text(st.sampled_from("核子保安𠮷👍。！？;. \n<&>ab"), max_size=300)


def test_length_is_counted_as_telegram_counts() -> None:
    assert utf16_length("a核") == 2
    assert utf16_length("𠮷👍") == 4
    assert MAX_UNITS == 4096


@pytest.mark.parametrize("write", [plain, bold, quote])
def test_nothing_in_a_text_is_taken_for_markup(write) -> None:
    written = write("<b>&amp;</b> 'x' \"y\"")
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in written
    assert written.count("<b>") == (1 if write is bold else 0)


def test_a_quote_marks_its_spans_and_keeps_every_character() -> None:
    assert quote("甲乙<丙", ((1, 3),)) == "<blockquote expandable>甲<b>乙&lt;</b>丙</blockquote>"


@bounded
@given(texts, st.integers(2, 40))
def test_the_pieces_joined_are_the_text(text: str, units: int) -> None:
    pieces = [piece for piece, _ in split(text, (), units)]
    assert "".join(pieces) == text
    assert all(0 < utf16_length(piece) <= units for piece in pieces)


@bounded
@given(texts, st.integers(2, 40), st.data())
def test_marks_stay_on_the_characters_they_were_on(text: str, units: int, data) -> None:
    edges = st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True)
    a, b, c, d = sorted(data.draw(edges)) if len(text) >= 4 else (0, 0, 0, 0)
    spans = ((a, b), (c, d)) if d else ()
    marked = [piece[s:e] for piece, inside in split(text, spans, units) for s, e in inside]
    assert "".join(marked) == "".join(text[s:e] for s, e in spans)
    for piece, inside in split(text, spans, units):
        assert all(0 <= s < e <= len(piece) for s, e in inside)


@pytest.mark.parametrize("end", ["。", "！", "？", "；", "!", "?", "\n", ". "])
def test_a_cut_falls_behind_a_sentence_where_there_is_one(end: str) -> None:
    first = "甲" * 20 + end
    pieces = [piece for piece, _ in split(first + "乙" * 20, (), 30)]
    assert pieces == [first, "乙" * 20]


def test_a_text_without_a_place_to_cut_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece, _ in split("甲" * 25, (), 10)] == [10, 10, 5]
    assert [len(piece) for piece, _ in split("𠮷" * 5, (), 5)] == [2, 2, 1]


def test_an_empty_text_has_no_pieces() -> None:
    assert list(split("", (), 10)) == []


@bounded
@given(texts, st.integers(1, 40))
def test_what_is_clipped_fits_and_begins_the_text(text: str, units: int) -> None:
    clipped = clip(text, units)
    assert utf16_length(clipped) <= units
    if utf16_length(text) <= units:
        assert clipped == text
    else:
        assert clipped.endswith("…") and text.startswith(clipped[:-1])
