"""What a rendered reply promises; each message goes through a server that refuses what Telegram does."""

from collections.abc import AsyncIterator, Callable

import pytest
import telegram
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markup import MAX_UNITS, utf16_length
from bot.reply import pack_blocks, render_answer, render_article
from bot.translations import UI_LANGUAGES, translation
from corpus import Article, Document
from retrieval import Answer, Citation, Note
from tests.telegram_server import Message, TelegramServer
from tests.telegram_server.markup import parse_html

bounded = settings(max_examples=60, derandomize=True, deadline=None)
_ = translation("en")
Send = Callable[[list[str]], "list[Message]"]


@pytest.fixture
async def send(server: TelegramServer) -> AsyncIterator[Callable]:
    """Send messages as HTML and return them as the server shows them."""
    chat = server.person(known=True).chat
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as client:

        async def send_all(messages: list[str]) -> list[Message]:
            for text in messages:
                await client.send_message(chat.id, text, parse_mode="HTML")
            return [await chat.reply() for _ in messages]

        yield send_all


def titled(title: str) -> Document:
    return Document("d", title, "zh-Hant", ())


def text_behind(html: str) -> str:
    text, _entities = parse_html(html)
    return text


async def test_every_article_arrives_byte_for_byte(send, document: Document) -> None:
    assert len(document) == 37
    for article in document:
        (message,) = await send(pack_blocks(render_article(Citation(article), _)))
        assert message.marked("expandable_blockquote") == [article.text]
        assert message.marked("bold")[0].startswith(article.label)


async def test_marked_sentences_are_bold_and_nothing_else_in_the_article(send, by_number) -> None:
    article = by_number(15)
    start = article.text.index("迄今")
    end = article.text.index("。", start) + 1
    (message,) = await send(pack_blocks(render_article(Citation(article, ((start, end),)), _)))
    assert message.marked("bold")[1:] == [article.text[start:end]]
    assert message.marked("expandable_blockquote") == [article.text]


async def test_the_preface_names_who_translated_it(send, by_number) -> None:
    preface = by_number(0)
    (message,) = await send(pack_blocks(render_article(Citation(preface), _)))
    assert message.marked("italic") == [f"Translator: {preface.metadata['translator']}"]


async def test_a_fact_that_answers_is_bold(send, by_number) -> None:
    citation = Citation(by_number(0), facts=("translator",))
    (message,) = await send(pack_blocks(render_article(citation, _)))
    line = f"Translator: {citation.article.metadata['translator']}"
    assert message.marked("bold")[1:] == message.marked("italic") == [line]


async def test_a_long_article_is_shown_whole_in_numbered_parts(send) -> None:
    text = "核子保安𠮷👍<&>。" * 1200
    article = Article("d/1", 1, "第 1 條", "節 <i>&", text)
    messages = await send(pack_blocks(render_article(Citation(article, ((5, 7000),)), _)))
    assert len(messages) > 2
    assert "".join(part for m in messages for part in m.marked("expandable_blockquote")) == text
    for number, message in enumerate(messages, start=1):
        assert message.marked("bold")[0].endswith(f"({number}/{len(messages)})")
    bold = "".join(part for m in messages for part in m.marked("bold")[1:])
    assert bold == text[5:7000]


wild = st.text(st.sampled_from('核子𠮷👍。<&>\n a"'), min_size=1, max_size=60)


@bounded
@given(
    st.lists(st.tuples(wild, st.integers(1, 200)), min_size=1, max_size=5),
    st.one_of(st.none(), wild),
    st.integers(1, 40),
    st.sampled_from(["answered", "related"]),
    wild,
)
def test_nothing_rendered_is_longer_than_telegram_takes(
    make_answer, texts, section: str | None, repeat: int, status: str, title: str
) -> None:
    section = section and section * repeat
    earlier = Note("in_context", (("earlier", title * repeat),))
    notes = (Note("other_law"), Note("cut", (("limit", 1000),)), earlier)
    articles = [f"甲{text * times}" for text, times in texts]
    answer: Answer = make_answer(*articles, section=section, status=status, notes=notes)
    for language in UI_LANGUAGES:
        messages = render_answer(answer, titled(title * repeat), translation(language))
        assert all(0 < utf16_length(text_behind(m)) <= MAX_UNITS for m in messages)
        shown = "".join(messages)
        assert shown.count("<blockquote") == shown.count("</blockquote>") > 0


@bounded
@given(st.integers(3_000, 9_000), st.integers(0, 700), st.integers(0, 900))
def test_headings_and_facts_of_any_length_leave_room_for_the_text(
    size: int, heading: int, fact: int
) -> None:
    article = Article("d/1", 1, "第 1 條", "👍" * heading, "𠮷" * size, {"translator": "👍" * fact})
    blocks = render_article(Citation(article, ((0, size),)), _)
    assert all(utf16_length(text_behind(block)) <= MAX_UNITS for block in blocks)
    assert sum(block.count("𠮷") for block in blocks) == size


def test_of_what_is_offered_as_related_the_nearest_is_shown(make_answer) -> None:
    (message,) = render_answer(make_answer("甲。", "乙。", status="related"), titled("t"), _)
    shown = text_behind(message)
    assert shown.startswith("The document speaks of this, but does not say what you ask.")
    assert "甲。" in shown and "乙。" not in shown


def test_nothing_found_is_one_short_message() -> None:
    answer = Answer(
        "q", "not_found", 1.0, notes=(Note("out_of_range", (("first", 1), ("last", 36))),)
    )
    assert [text_behind(m) for m in render_answer(answer, titled("t"), _)] == [
        "There is no article of that number.\nThis document has articles 1–36."
    ]


async def test_the_question_before_is_no_markup(send, make_answer) -> None:
    note = Note("in_context", (("earlier", "<b>&amp; who"),))
    (message,) = await send(render_answer(make_answer("甲", notes=(note,)), titled("t"), _))
    assert message.text.splitlines()[:3] == [
        "The document says:",
        "The text is in Chinese (Traditional), word for word.",
        "Read as a follow-up to “<b>&amp; who”.",
    ]
    assert message.marked("bold")[0] == "The document says:"


def test_blocks_share_a_message_while_they_fit() -> None:
    assert pack_blocks(["a" * 2000, "b" * 2000, "c" * 95]) == [
        "a" * 2000 + "\n\n" + "b" * 2000,
        "c" * 95,
    ]
    assert pack_blocks(["a" * 2047, "b" * 2047]) == ["a" * 2047 + "\n\n" + "b" * 2047]
    assert len(pack_blocks(["a" * 2047, "b" * 2048])) == 2
    assert pack_blocks([]) == []
