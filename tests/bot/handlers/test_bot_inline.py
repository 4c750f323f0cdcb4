"""What inline mode promises: articles while typing, in any chat."""

import pytest

from bot.wording import heading
from corpus import Document
from tests.telegram_server import Person, TelegramServer

COUNTED = "迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。"


async def test_typing_lists_articles(bot: TelegramServer, ada: Person, by_number) -> None:
    results = await ada.inline("高濃縮鈾").results()
    assert {"a21", "a22"} <= {result["id"] for result in results}
    number = int(results[0]["id"][1:])
    assert results[0]["title"].startswith(by_number(number).label)
    assert f"start=a{number}" in str(results[0])
    await bot.settled()
    assert all(call.error is None for call in bot.calls)


@pytest.mark.parametrize(
    ("typed", "deciding"), [("國際實體防護諮詢服務去過幾個國家？", [COUNTED]), ("第15條", [])]
)
async def test_choosing_posts_the_article_in_a_block_quote_its_deciding_sentence_bold(
    bot: TelegramServer, ada: Person, by_number, typed: str, deciding: list[str]
) -> None:
    search = ada.inline(typed)
    inline_id = ada.choose(search, (await search.results())[0])
    assert inline_id is not None
    posted, article = ada.posted(inline_id), by_number(15)
    assert posted.marked("expandable_blockquote") == [article.text]
    assert posted.marked("bold") == [heading(article), *deciding]
    (link,) = posted.marked("text_link")
    assert posted.text == f"{heading(article)}\n{article.text}\n{link}"
    assert all(call.error is None for call in bot.calls)


async def test_without_a_word_the_first_articles_are_offered(ada: Person) -> None:
    assert [r["id"] for r in await ada.inline("").results()][:3] == ["a0", "a1", "a2"]


@pytest.mark.parametrize("typed", ["第15條", "15", "Article 15"])
async def test_a_number_finds_its_article(ada: Person, typed: str) -> None:
    assert (await ada.inline(typed).results())[0]["id"] == "a15"


async def test_buttons_under_a_posted_article_edit_it(
    bot: TelegramServer, ada: Person, by_number
) -> None:
    search = ada.inline("第15條")
    inline_id = ada.choose(search, (await search.results())[0])
    assert inline_id is not None
    buttons = [button for row in ada.posted(inline_id).buttons for button in row]
    data = next(button["callback_data"] for button in buttons if button["text"] == "16 ▶")
    await ada.press_inline(inline_id, data).answer()
    await bot.settled()
    assert ada.posted(inline_id).marked("expandable_blockquote") == [by_number(16).text]


async def test_every_article_fits_a_result(
    bot: TelegramServer, ada: Person, document: Document
) -> None:
    for article in document:
        results = await ada.inline(article.label).results()
        assert results[0]["id"] == f"a{article.number}"
    assert all(call.error is None for call in bot.calls)


@pytest.mark.parametrize("typed", ["<b>&", "\u202e\u200b", "𠮷" * 128, "?", "ﷺ" * 200])
async def test_anything_typed_gets_an_answer(bot: TelegramServer, ada: Person, typed: str) -> None:
    await ada.inline(typed).results()
    await bot.settled()
    assert all(call.error is None for call in bot.calls)


async def test_a_query_typed_over_is_let_go(bot: TelegramServer, ada: Person) -> None:
    ada.inline("高").expire()
    assert await ada.inline("高濃縮鈾").results()
    await bot.settled()
    assert ada.chat.unread == ()


async def test_who_searches_too_much_is_asked_to_wait(server: TelegramServer, serving) -> None:
    ada, bob = server.person(1001, "Ada"), server.person(1002, "Bob")
    async with serving(server.url, server.token, TELEGRAM_QUOTA="1"):
        for number in range(6):
            assert await ada.inline(f"第{number + 1}條").results()
        told = await ada.inline("第7條").query.answer(5)
        assert told["results"] == [] and told["button"]["text"].startswith("問得好快")
        assert await ada.inline("").results()  # costs nothing, and is not counted
        assert await bob.inline("第7條").results()
        ada.send("/start wait")
        assert (await ada.chat.reply()).labels
