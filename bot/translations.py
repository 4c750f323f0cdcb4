"""Speak to people in zh-Hant, zh-Hans or English, from gettext catalogues."""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOMAIN = "tiaowen"
LOCALES = Path(__file__).parent / "locales"
UI_LANGUAGES = ("zh-Hant", "zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Translate:
    """Take English words and return those of ``language``."""

    language: str
    _words: Callable[[str], str]

    def __call__(self, words: str) -> str:
        """Return the translation of ``words``; themselves where there is none."""
        return self._words(words)


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
    return Translate(language, found.gettext)


def is_foreign(language: str, _: Translate) -> bool:
    """Tell whether a text in ``language`` is in another than the words, whatever the script."""
    own, other = (re.split("[-_]", tag.lower())[0] for tag in (_.language, language))
    return other not in ("", "und", own)


def language_name(language: str, _: Translate) -> str:
    """Return what ``language`` is called in the language of the words; its tag where nobody says."""
    # Here, not above: few answers need it, and its data takes a while to load.
    from babel import Locale, UnknownLocaleError

    try:
        named = Locale.parse(language, sep="-").get_display_name(_.language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        named = None
    return named or language
