"""Tell when an article number names another law than the document.

勞基法第24條, NPT article VI and Art. 17 GDPR are no references to the document, although they look
like one. What counts is the name that stands right before or right behind the number.
"""

import re
from collections.abc import Sequence

_LAW_CJK = (
    "法|法典|法律|條例|条例|公約|公约|規則|规则|憲章|宪章|章程|協定|协定|協議|协议|條約|条约|議定書|议定书"
    "|細則|细则|辦法|办法|準則|准则|規程|规程|規章|规章|通則|通则|刑訴|刑诉|民訴|民诉|勞基|劳基|勞保|劳保"
)
# The name, up to a few characters before the number: 《…公約》的第七條, 憲法 第八條.
_BEFORE_CJK = re.compile(
    rf"([^\s，。、？！；：,?!]{{0,24}}(?:{_LAW_CJK}))[》」』\"')）]?\s*[的之中]?\s*$"
)
# 本法, 這個公約, this treaty: the document in hand.
_THIS = re.compile(rf"[本這这此該该][個个項项份部]?(?:{_LAW_CJK})$")

_LAW_WORDS = frozenset(
    "treaty treaties convention constitution charter act code law statute protocol covenant regulation directive "
    "agreement constitución constitucion ley tratado convenio código loi traité constitution gesetz grundgesetz "
    "grundgesetzes gesetzes vertrag vertrags vertrages verfassung конституции конституция кодекса кодекс договора "
    "закона constituição lei tratado undang-undang hiến luật 헌법 법 조약".split()
)  # fmt: skip
_LAW_ACRONYMS = frozenset(
    "npt gdpr dsgvo ctbt cppnm icsant tpnw unclos nato eu tfeu teu echr udhr iccpr icescr un gg bgb stgb uu ук гк рф".split()
)
_WORD = r"[^\W\d_][\w.&’'-]*"
_BEFORE_WORD = re.compile(rf"({_WORD})[\s,:]*$")
_AFTER_WORDS = re.compile(
    r"^\s*(?:\([^)]{1,4}\)\s*)*(?:(?:of|from|in|under|de|del|des|der|du|do|da|dari|của|on)\s+)?"
    rf"(?:(?:the|la|le|el|a|o|l['’])\s*)?({_WORD}(?:\s+{_WORD}){{0,5}})?",
    re.IGNORECASE,
)
_OWN_WORDS = frozenset(
    "communique communiqué document text summit hague declaration statement this it doc comunicado documento texte "
    "dokument dokuments".split()
)  # fmt: skip


def names_other_law(text: str, start: int, end: int, own_names: Sequence[str]) -> bool:
    """Tell whether the article number at ``text[start:end]`` belongs to another law.

    ``own_names`` are the document's titles; a name that is one of them cut short (勞基法 for
    勞動基準法) is the document's own.
    """
    before, after = text[:start], text[end:]
    if match := _BEFORE_CJK.search(before):
        name = match[1]
        return not _THIS.search(name) and not any(_shortens(name, own) for own in own_names)
    shouting = text.isupper()
    if match := _BEFORE_WORD.search(before):
        word = match[1].strip(".'’")
        if _is_law_word(word, shouting) and not _is_own(before, own_names):
            return True
    match = _AFTER_WORDS.match(after)
    if match and match[1]:
        words = match[1].split()
        if any(w.lower().strip(".'’") in _OWN_WORDS for w in words):
            return False
        # Right behind the number a name stands bare (Art. 17 GDPR); behind "of the" it may be long.
        linked = bool(
            re.match(
                r"^\s*(?:\([^)]{1,4}\)\s*)*(?:of|from|under|de|del|des|der|du|do|da|dari|của|in)\s",
                after,
                re.IGNORECASE,
            )
        )
        candidates = words if linked else words[:1]
        return any(_is_law_word(w.strip(".'’"), shouting) for w in candidates)
    return False


def _is_law_word(word: str, shouting: bool) -> bool:
    lower = word.lower()
    if lower in _LAW_WORDS or lower in _LAW_ACRONYMS:
        return True
    return not shouting and len(word) >= 2 and word.isupper() and word.isalpha()


def _is_own(before: str, own_names: Sequence[str]) -> bool:
    lower = before.lower().rstrip()
    return any(lower.endswith(name.lower()) for name in own_names if name)


def _shortens(name: str, title: str) -> bool:
    """Tell whether ``name`` is ``title`` with characters left out, in the same order."""
    characters = iter(title)
    return len(name) >= 2 and all(c in characters for c in name)
