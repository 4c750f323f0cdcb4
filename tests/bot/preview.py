"""Write every kind of reply as one HTML page, as Telegram would show it: `make preview`."""

import re
import sys
from html import escape
from pathlib import Path

from bot.translations import UI_LANGUAGES
from corpus import open_pack
from tests.bot.reply_catalogue import Shown, catalogue

STYLE = """
body { background: #d5e3ee; font: 16px/1.45 "Noto Sans CJK TC", "Noto Sans TC", sans-serif; margin: 0; }
h1 { font-size: 18px; margin: 24px; } .chats { columns: 440px; column-gap: 24px; padding: 0 24px 24px; }
.chat { break-inside: avoid; padding-bottom: 18px; } .kind { color: #567; font-size: 13px; }
.asked, .answer { border-radius: 14px; margin: 4px 0; padding: 8px 12px; max-width: 400px; width: fit-content; }
.asked { background: #e1f6cf; margin-left: auto; } .answer { background: #fff; white-space: pre-wrap; }
blockquote { border-left: 3px solid #3a8fd6; background: #eef5fb; border-radius: 6px; margin: 4px 0; padding: 6px 10px; }
pre { white-space: pre-wrap; font-size: 11px; margin: 0; } code { font-size: 12px; color: #567; }
.row { display: flex; gap: 4px; max-width: 424px; margin-bottom: 4px; }
.row span { flex: 1; background: #7a9bb5; color: #fff; border-radius: 8px; padding: 6px; text-align: center; font-size: 14px; }
"""


def page(language: str, names: frozenset[str] = frozenset()) -> str:
    """Return the page for one language; of the kinds ``names`` alone, where there are any."""
    document = open_pack().document
    shown = [s for s in catalogue(document, language) if not names or s.name in names]
    chats = "".join(map(_chat, shown))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{language}</title>'
        f'<style>{STYLE}</style><div class="chats">{chats}</div></html>'
    )


def _chat(shown: Shown) -> str:
    asked = f'<div class="asked">{escape(shown.asked)}</div>' if shown.asked else ""
    answers = "".join(map(_answer, shown.messages))
    rows = shown.keyboard.inline_keyboard if shown.keyboard else ()
    buttons = "".join(
        '<div class="row">' + "".join(f"<span>{escape(b.text)}</span>" for b in row) + "</div>"
        for row in rows
    )
    return f'<div class="chat"><div class="kind">{escape(shown.name)}</div>{asked}{answers}{buttons}</div>'


def _answer(message: str) -> str:
    # Telegram breaks the line around a block quote by itself.
    tidy = re.sub(r"\n?(</?blockquote[^>]*>)\n?", r"\1", message)
    return f'<div class="answer">{tidy}</div>'


def main() -> None:
    """Write a page a language into the folder given, and say where."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "report")
    names = frozenset(sys.argv[2:])
    folder.mkdir(parents=True, exist_ok=True)
    for language in UI_LANGUAGES:
        path = folder / f"replies.{language}.html"
        path.write_text(page(language, names), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
