"""Tell when an article number names another law than the document.

勞基法第24條, NPT article VI and Art. 17 GDPR are no references to the document, although they look
like one. What counts is the name that stands right before or right behind the number.
"""

import re
from collections.abc import Sequence

_LAW_CJK = (
    "法|法典|法律|條例|条例|公約|公约|規則|规则|憲章|宪章|章程|協定|协定|協議|协议|條約|条约|条約|施行令|議定書|议定书"
    "|細則|细则|辦法|办法|準則|准则|規程|规程|規章|规章|規約|规约|契約|契约|合約|合约|合同|增修條文|增修条文|通則|通则|刑訴|刑诉|民訴|民诉|勞基|劳基|勞保|劳保|宣言|北約|北约|決議|决议"
)
# The name, up to a few characters before the number: 《…公約》的第七條, 憲法 第八條.
_BEFORE_CJK = re.compile(
    rf"([^\s，。、？！；：,?!]{{0,24}}(?:{_LAW_CJK})(?:執行部分|执行部分|附件.?)?)[》」』\"')）]?\s*[的之中の]?\s*$"
)
# 本法, 這個公約, this treaty: the document in hand.
_THIS = re.compile(rf"(?<![基根])[本這这此該该][個个項项份部]?(?:{_LAW_CJK})$")

_LAW_WORDS = frozenset(
    "treaty treaties convention constitution charter act code law statute protocol covenant regulation directive "
    "agreement treaties conventions constitutions charters acts codes laws statutes protocols regulations directives contract contracts lease "
    "unscr infcirc constitución constitucion ley tratado convenio código loi traité gesetz grundgesetz costituzione legge codice trattato "
    "grundgesetzes gesetzes vertrag vertrags vertrages verfassung конституции конституция кодекса кодекс договора "
    "закона федерального constituição lei undang-undang hiến luật bộ anayasa anayasanın anayasası kanun kanunu kanununun "
    "دستور الدستور قانون القانون ميثاق معاهدة اتفاقية".split()
)  # fmt: skip
# Korean and German write the kind of law as the end of its name: 민법, Arbeitszeitgesetz.
_LAW_ENDINGS = (
    "법",
    "법률",
    "시행령",
    "조약",
    "협약",
    "헌장",
    "gesetz",
    "gesetzes",
    "gesetzbuch",
    "ordnung",
    "vertrag",
)
_LAW_ACRONYMS = frozenset(
    "npt gdpr dsgvo ctbt cppnm icsant tpnw unclos nato eu tfeu teu echr udhr iccpr icescr un gg bgb stgb uu uud kuhp ук гк рф".split()
)
_REACH = 120
_WORD = r"[^\W\d_][\w.&’'-]*"
# A year or number may follow: UUD 1945, INFCIRC/153.
_BEFORE_WORD = re.compile(rf"({_WORD})(?:[\s/]+\d{{1,4}})?[\s,:]*$")
# Convention on Nuclear Safety, Statute of the Agency, UNSCR 1540 operative: a title ends before it.
_TITLE_BEFORE = re.compile(
    r"\b(?:Convention|Treaty|Statute|Charter|Resolution|Constitution|Declaration|Agreement|Protocol|Tratado|Convenio|Convenção)"
    r"(?:[\s,]+(?:on|of|for|the|against|and|de|del|da|do|la|operative|part|annex|[A-Z][\w’'-]*|\d{1,4}))*[\s,:]*$"
)
_ASCII_TAIL = re.compile(r"[A-Za-z.]+$")
# A part of the article that may stand between its number and the law's name.
_PART = (
    r"^\s*(?:,\s*(?=inciso|abs|para))?"
    r"(?:(?:\([^)]{1,4}\)|(?:abs|absatz|para|satz|lit|nr|ayat|inciso)\.?\s*\w{1,5})\s*(?:,\s*)?)*"
)
_LINK = r"(?:of|from|in|under|de|del|des|der|du|do|da|dari|của|della|dello|dei|من|في)\s"
_LINKED = re.compile(_PART + _LINK, re.IGNORECASE)
_AFTER_WORDS = re.compile(
    rf"{_PART}(?:(?:{_LINK}|on\s)\s*)?"
    rf"(?:(?:the|la|le|el|a|o)\s+|l['’]\s*)?({_WORD}(?:\s+{_WORD}){{0,5}})?",
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
    # A name is short; a question may be long and hold hundreds of numbers.
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if match := _BEFORE_CJK.search(before):
        name = match[1]
        return not _THIS.search(name) and not any(_shortens(name, own) for own in own_names)
    shouting = text.isupper()
    if _TITLE_BEFORE.search(before) and not _is_own(before, own_names):
        return True
    if match := _BEFORE_WORD.search(before):
        word = match[1].strip(".'’")
        if tail := _ASCII_TAIL.search(word):
            word = tail[0]  # 歐盟GDPR
        if _is_law_word(word, shouting) and not _is_own(before, own_names):
            return True
    match = _AFTER_WORDS.match(after)
    if match and match[1]:
        words = match[1].split()
        if any(w.lower().strip(".'’") in _OWN_WORDS for w in words):
            return False
        # Right behind the number a name stands bare (Art. 17 GDPR); behind "of the" it may be long.
        candidates = words if _LINKED.match(after) else words[:1]
        return any(_is_law_word(w.strip(".'’"), shouting) for w in candidates)
    return False


def _is_law_word(word: str, shouting: bool) -> bool:
    lower = word.lower()
    if lower in _LAW_WORDS or lower in _LAW_ACRONYMS or lower.endswith(_LAW_ENDINGS):
        return True
    # An acronym: GDPR, StVO.
    return not shouting and word.isalpha() and word[-1].isupper() and word[0].isupper()


def _is_own(before: str, own_names: Sequence[str]) -> bool:
    lower = before.lower().rstrip()
    return any(lower.endswith(name.lower()) for name in own_names if name)


def _shortens(name: str, title: str) -> bool:
    """Tell whether ``name`` is ``title`` with characters left out, in the same order."""
    characters = iter(title)
    return len(name) >= 2 and all(c in characters for c in name)
