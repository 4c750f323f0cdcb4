"""Whatever is typed, pressed or linked: no exception, no reply Telegram refuses, never for long."""

import os
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callback import decode
from bot.deep_link import linked_article
from bot.reply import render_answer
from bot.translations import translation
from corpus import Document
from retrieval import Retriever
from retrieval.clean import clean
from retrieval.conversation.more import find_more
from retrieval.conversation.moves import find_move
from retrieval.conversation.steps import find_step
from retrieval.reference import find_reference
from tests.nasties import nasty_inputs
from tests.telegram_server import TelegramServer
from tests.telegram_server.markup import parse_html

SEED = 20140324
# Of a pattern, which is tried on every question; a whole answer is bounded by its length, and two
# threads work on it. Processor time: other tests run beside these.
_MOST_SECONDS_READ = 0.5
_MOST_SECONDS_ANSWERED = 10.0
_LONG = int(os.environ.get("TIAOWEN_NASTIES", "100000"))


def _read_everything(text: str) -> None:
    """Run every pattern we wrote over a text."""
    cleaned = clean(text).text
    reference = find_reference(cleaned, range(37), ("海牙核子保安高峰會公報",))
    assert all(0 <= number <= 36 for number in reference.numbers)
    find_step(cleaned)
    find_more(cleaned)
    find_move(cleaned, reference)
    decode(text)
    linked_article(text)


def _timed(work: Callable[[str], object], text: str, most: float) -> None:
    begun = time.process_time()
    work(text)
    seconds = time.process_time() - begun
    assert seconds < most, f"{seconds:.2f} s for {text[:80]!r}"


def test_no_input_is_read_with_an_exception_or_for_long() -> None:
    for text in nasty_inputs(SEED, 3_000):
        _timed(_read_everything, text, _MOST_SECONDS_READ)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_text_is_read_with_an_exception(text: str) -> None:
    _read_everything(text)


def _answer(retriever: Retriever) -> Callable[[str], None]:
    words = translation("zh-Hant")
    conversation = retriever.conversation()

    def answer(text: str) -> None:
        for found in (retriever.ask(text), conversation.ask(text)):
            for part in render_answer(found, retriever.document, words):
                parse_html(part)

    return answer


def test_every_answer_to_a_nasty_is_one_telegram_takes(retriever: Retriever) -> None:
    answer = _answer(retriever)
    for text in nasty_inputs(SEED + 1, 300):
        _timed(answer, text, _MOST_SECONDS_ANSWERED)


def test_a_megabyte_through_the_library_is_cut_and_answered(retriever: Retriever) -> None:
    for piece in ("核", "a ", "第1條、", "\u0301", "\ufdfa"):
        answer = retriever.ask(piece * (1_000_000 // len(piece)))
        assert answer.status in ("answered", "related", "not_found")


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_inputs_are_read_and_thousands_answered(retriever: Retriever) -> None:
    for text in nasty_inputs(SEED + 2, _LONG):
        _timed(_read_everything, text, _MOST_SECONDS_READ)
    answer = _answer(retriever)
    for text in nasty_inputs(SEED + 3, _LONG // 20):
        _timed(answer, text, _MOST_SECONDS_ANSWERED)


async def test_a_storm_of_nasties_over_http_ends_with_a_bot_that_answers(
    bot: TelegramServer, caplog: pytest.LogCaptureFixture, document: Document
) -> None:
    eve, ada = bot.person(66, "Eve", language_code="xx"), bot.person(1001, "Ada")
    first = eve.send("第15條")
    shown = await eve.chat.reply()
    for text in [t for t in nasty_inputs(SEED + 4, 160) if t.strip()]:
        sendable = text.encode("utf-8", "replace").decode()[:4096]
        eve.send(sendable)
        eve.inline(sendable[:256])
        eve.press_data(shown, sendable.encode()[:64].decode("utf-8", "ignore"))
    await bot.settled(timeout=90)
    eve.edit(first, "\u202e</b>")
    ada.send("第15條")
    assert (await ada.chat.reply(timeout=10)).marked("expandable_blockquote")
    refused = [call for call in bot.calls if call.error and "too old" not in call.error]
    assert [call.error for call in refused] == []
    assert "could not be answered" not in caplog.text
    own = {article.text for article in document}
    quoted = {t for m in eve.chat.from_bot for t in m.marked("expandable_blockquote")}
    assert quoted <= own


async def test_forged_updates_reach_no_operator_command(bot: TelegramServer) -> None:
    eve = bot.person(66, "Eve")
    for text in ("/stats", "/STATS", "/stats@tiaowen_test_bot", "/stats 1", " /stats"):
        eve.send(text)
    await bot.settled()
    assert not any("p50" in m.text or "Questions:" in m.text for m in eve.chat.from_bot)
