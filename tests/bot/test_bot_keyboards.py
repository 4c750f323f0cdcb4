"""What the buttons under an answer offer, whatever the document."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callback import decode
from bot.handlers.toc import section_text
from bot.keyboards import Keyboards
from bot.markup import utf16_length
from bot.translations import translation
from corpus import Article, Document
from tests.telegram_server.limits import keyboard as check_keyboard

_ = translation("en")
bounded = settings(max_examples=60, derandomize=True, deadline=None)


def labels(keyboard) -> list[str]:
    return [button.text for row in keyboard.inline_keyboard for button in row]


def test_a_related_article_without_a_heading_is_named_by_its_first_words(make_answer) -> None:
    texts = ("甲。", "我們強調核子保安是全球的挑戰，需要國際合作與各國的努力才能達成。\n第二段")
    answer = make_answer(*texts, section=None, status="related")
    articles = tuple(c.article for c in answer.related)
    keyboard = Keyboards(Document("d", "t", "zh-Hant", articles), "b").answer(
        answer, _, is_searched=True
    )
    assert any(label.startswith("第 2 條 · 我們強調核子保安") for label in labels(keyboard))


def test_an_answer_that_shows_nothing_has_no_buttons(make_answer) -> None:
    document = Document("d", "t", "zh-Hant", (Article("d/1", 1, "第 1 條", None, "甲"),))
    assert Keyboards(document, "b").answer(make_answer(), _, is_searched=True) is None


wild = st.text(st.sampled_from('核子𠮷👍。<&>\n a"'), min_size=1, max_size=300)


@bounded
@given(st.lists(st.tuples(wild, wild), min_size=1, max_size=9), st.text("abcdef_", min_size=5))
def test_telegram_takes_the_buttons_of_any_document(rows, username: str) -> None:
    articles = tuple(
        Article(f"x/{n}", n, f"第 {n} 條", section, f"甲{text}")
        for n, (section, text) in enumerate(rows, start=1)
    )
    keyboards = Keyboards(Document("x" * 200, "t", "zh-Hant", articles), username)
    made = [keyboards.article(article, _) for article in articles]
    made += [keyboards.section(n, _) for n in range(len({section for section, _text in rows}))]
    made.append(keyboards.contents())
    for keyboard in made:
        check_keyboard(keyboard.to_dict())
        for button in (b for row in keyboard.inline_keyboard for b in row):
            assert utf16_length(button.text) <= 64
            assert button.url or decode(button.callback_data) is not None


def _pages(first, turn) -> list:
    """Follow the button that leads on, as long as there is one."""
    pages = [first]
    while on := [b for row in pages[-1].inline_keyboard for b in row if b.text.endswith("▶")]:
        pages.append(turn(decode(on[0].callback_data)))
    return pages


def test_the_contents_lead_to_everything_however_much_it_is() -> None:
    articles = tuple(
        Article(f"x/{n}", n, f"第 {n} 條", None if n <= 150 else f"第 {n // 2} 節", "甲")
        for n in range(1, 701)
    )
    keyboards = Keyboards(Document("x", "t", "zh-Hant", articles), "bot_bot")
    pages = _pages(keyboards.contents(), lambda callback: keyboards.contents(callback.number))
    for page in pages:
        check_keyboard(page.to_dict())
    found = [
        decode(button.callback_data)
        for page in pages
        for row in page.inline_keyboard
        for button in row
        if "/" not in button.text
    ]
    assert [c.number for c in found if c.action == "article"] == list(range(1, 151))
    assert [c.number for c in found if c.action == "section"] == list(range(276))
    assert labels(pages[1])[-2:] == [f"◀ 1/{len(pages)}", f"3/{len(pages)} ▶"]
    assert labels(keyboards.contents(10**6)) == labels(pages[-1])


def test_a_long_section_leads_to_every_article_of_it() -> None:
    articles = tuple(Article(f"x/{n}", n, f"第 {n} 條", "節", "甲" * 99) for n in range(1, 101))
    document = Document("x", "t", "zh-Hant", articles)
    keyboards = Keyboards(document, "bot_bot")
    pages = _pages(
        keyboards.section(0, _), lambda c: keyboards.section(c.numbers[0], _, c.numbers[1])
    )
    texts = [section_text(document, 0, page) for page in range(len(pages))]
    for page, text in zip(pages, texts, strict=True):
        check_keyboard(page.to_dict())
        assert utf16_length(text) <= 4096
    shown = [label for page in pages for label in labels(page) if label.startswith("第")]
    assert shown == [article.label for article in articles]
    assert all(article.label in "".join(texts) for article in articles)
