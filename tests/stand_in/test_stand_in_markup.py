"""What the stand-in promises of Telegram's HTML."""

import pytest
import telegram
from telegram.error import BadRequest

from tests.telegram_server import Person
from tests.telegram_server.markup import parse_html


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<strong>a</strong><em>b</em><ins>c</ins><u>d</u>", "bold italic underline underline"),
        ("<s>a</s><strike>b</strike><del>c</del>", "strikethrough strikethrough strikethrough"),
        ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "spoiler spoiler"),
        ("<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
         "blockquote expandable_blockquote"),
        ('<a href="https://e.org/?a=1&amp;b=2">a</a><code>b</code>', "text_link code"),
        ('<pre><code class="language-python">a</code></pre>', "pre"),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "custom_emoji"),
        ("<B>upper</B>", "bold"),
        ("<b></b>empty", ""),
    ],
)  # fmt: skip
def test_every_documented_tag_is_understood(html: str, kinds: str) -> None:
    assert " ".join(entity["type"] for entity in parse_html(html)[1]) == kinds


def test_attributes_and_character_references_are_resolved() -> None:
    text, entities = parse_html('<a href="https://e.org/?a=1&amp;b=2">&#26781;&#x6587;&nbsp;&</a>')
    assert text == "條文&nbsp;&"
    assert entities[0]["url"] == "https://e.org/?a=1&b=2"
    assert parse_html('<pre><code class="language-c">x</code></pre>')[1][0]["language"] == "c"


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("條<p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b", 'Unclosed start tag "b" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused(bot: telegram.Bot, ada: Person, html: str, why: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(1001, html, parse_mode="HTML")
    # The client writes the whole description in lower case.
    assert refused.value.message.lower() == f"can't parse entities: {why}".lower()
    assert not ada.chat.from_bot
