"""Speak to people in zh-Hant, zh-Hans or English, from gettext catalogues."""

import gettext
import re
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
    tag, *details = re.split("[-_]", re.split("[.@]", language)[0].lower())
    if tag in ("", "und", "c", "posix"):
        return fallback
    if tag != "zh":
        return "en"
    if "hant" in details:
        return "zh-Hant"
    return "zh-Hans" if {"hans", "cn", "sg", "my"} & set(details) else "zh-Hant"


@cache
def translation(language: str) -> Translate:
    """Return what turns our English words into those of ``language``."""
    found = gettext.translation(
        DOMAIN, LOCALES, languages=[language.replace("-", "_")], fallback=language == "en"
    )
    return found.gettext
