"""Tell in which language and script a text is written, from its characters alone.

Made for choosing words to answer in, so it knows the scripts that matter there: Traditional and
Simplified Chinese, Japanese, Korean, and everything else as "en" or "und".
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z]")
_MAX_CHARACTERS = 5_000

# Characters that simplification gave a second use and that Traditional text uses as they are.
_IN_BOTH = frozenset(
    "里后干面台只系余谷几丑云斗范姜胡松朴借表别吁卜千曲冬才仆准制卷占向吃回困布志念折据摆周采杆杰板栗梁注游熏秋致舍获蒙蔑谥赞迹适郁针霉须"
)


def detect_language(text: str) -> str:
    """Return "zh-Hant", "zh-Hans", "ja", "ko", "en" (any Latin script) or "und".

    Chinese counts as Simplified where more of its characters are written only so than only the
    Traditional way; a text with no such character counts as Traditional.
    """
    text = unicodedata.normalize("NFKC", text[:_MAX_CHARACTERS])
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    if han := "".join(_HAN.findall(text)):
        traditional = _changed(han, "t2s")
        simplified = _changed("".join(c for c in han if c not in _IN_BOTH), "s2t")
        return "zh-Hans" if simplified > traditional else "zh-Hant"
    return "en" if _LATIN.search(text) else "und"


@cache
def _converter(configuration: str) -> OpenCC:
    return OpenCC(configuration)


def _changed(text: str, configuration: str) -> int:
    """Count the characters that a conversion would write differently."""
    converted: str = _converter(configuration).convert(text)
    return sum(a != b for a, b in zip(text, converted, strict=False))
