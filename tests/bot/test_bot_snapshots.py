"""Every kind of reply, in three languages, as it was when somebody last looked at it.

After a change that is meant: `pytest tests/bot/test_bot_snapshots.py --snapshot-update`, and look
at `make preview`.
"""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.markup import MAX_UNITS, utf16_length
from bot.translations import UI_LANGUAGES, translation
from corpus import Document
from tests.bot.reply_catalogue import ARTICLE_USAGE, FORGET, NOTICES, Shown, catalogue
from tests.telegram_server.limits import keyboard as check_keyboard
from tests.telegram_server.markup import parse_html


def as_text(shown: Shown) -> str:
    """Return a reply as text: its messages as they are sent, its buttons with what is behind them."""
    lines = [f"### {shown.name}: {shown.asked}"]
    for message in shown.messages:
        lines += [message, "---"]
    for row in shown.keyboard.inline_keyboard if shown.keyboard else ():
        lines.append("  ".join(f"[{b.text} → {b.callback_data or b.url}]" for b in row))
    return "\n".join(lines)


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_every_kind_of_reply_looks_as_it_did(
    document: Document, language: str, snapshot: SnapshotAssertion
) -> None:
    assert "\n\n".join(map(as_text, catalogue(document, language))) == snapshot


def test_the_notices_of_the_catalogue_are_the_bots_own() -> None:
    for text in (*NOTICES, ARTICLE_USAGE, FORGET):
        assert translation("zh-Hant")(text) != text


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_telegram_takes_every_kind_of_reply(document: Document, language: str) -> None:
    for shown in catalogue(document, language):
        for message in shown.messages:
            text, _entities = parse_html(message)
            assert 0 < utf16_length(text) <= MAX_UNITS
        if shown.keyboard:
            check_keyboard(shown.keyboard.to_dict())
