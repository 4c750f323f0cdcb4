"""What the buttons under an answer offer, whatever the document."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callback import decode
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
