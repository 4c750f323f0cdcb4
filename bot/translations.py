"""Speak to people in zh-Hant, zh-Hans or English, from gettext catalogues."""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

DOMAIN = "tiaowen"
LOCALES = Path(__file__).parent / "locales"
UI_LANGUAGES = ("zh-Hant", "zh-Hans", "en")

Translate = Callable[[str], str]
"""Takes the English words and returns those of one language."""


def ui_language(language: str, fallback: str = "en") -> str:
    """Return the language to speak to whoever wrote in ``language`` or has it as a setting.

    Takes what `detect_language` returns, Telegram's ``language_code`` and POSIX locales. A
    language we do not speak is answered in English; an unknown one in ``fallback``.
    """
    tag = language.replace("_", "-").partition(".")[0].lower()
    if tag in ("", "und", "c", "posix"):
        return fallback
    if not tag.startswith("zh"):
        return "en"
    return "zh-Hans" if tag in ("zh-hans", "zh-cn", "zh-sg", "zh-my") else "zh-Hant"


@cache
def translation(language: str) -> Translate:
    """Return what turns our English words into those of ``language``."""
    found = gettext.translation(
        DOMAIN, LOCALES, languages=[language.replace("-", "_")], fallback=language == "en"
    )
    return found.gettext
