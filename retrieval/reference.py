"""Find direct references in a question: 第十五條, 第3條跟第4條, Article 9, Art. XII, 21–22.

Works on cleaned text (NFKC) before any model is asked. Numbers that name another law are reported
and not followed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, parse_number
from retrieval.other_law import names_other_law

_TOO_LARGE = 99_999
_MAX_RANGE = 100

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_UNITS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()  # fmt: skip


def _english_numbers() -> dict[str, int]:
    """Return the English cardinals and ordinals from 1 to 99."""
    words: dict[str, int] = {}
    for value, (cardinal, ordinal) in enumerate(zip(_UNITS, _ORDINAL_UNITS, strict=True), start=1):
        words[cardinal] = words[ordinal] = value
    for ten, word in enumerate(_TENS, start=2):
        words[word] = words[word[:-1] + "ieth"] = ten * 10
        for unit in range(1, 10):
            words[f"{word}-{_UNITS[unit - 1]}"] = ten * 10 + unit
            words[f"{word}-{_ORDINAL_UNITS[unit - 1]}"] = ten * 10 + unit
    return words


_ENGLISH = _english_numbers()
_CARDINAL = "|".join(sorted((w for w in _ENGLISH if not w.endswith(("th", "st", "nd", "rd"))), key=len, reverse=True))  # fmt: skip
_ORDINAL = "|".join(sorted((w for w in _ENGLISH if w.endswith(("th", "st", "nd", "rd"))), key=len, reverse=True))  # fmt: skip

_TO = r"[-–—~〜]|至|到|から|to|through|until|bis|à|hasta|até|sampai|đến|до"
_AND = r"[、,&+/]|和|與|与|及|跟|或|還有|还有|and|or|et|y|und|e|và|dan|и|と"
_SEPARATOR = rf"\s*(?:[,、]\s*)?(?:{_TO}|{_AND})\s*"

_CJK_NUMBER = rf"(?:\d+|{CHINESE_NUMERAL}+)"
_LATIN_NUMBER = rf"(?:\d+|[ivxlIVXL]+(?![\w'’])|(?:{_CARDINAL})\b)"
_NOUN = (
    r"articles?|arts?\.?|paragraphs?|paras?\.?|provisions?|clauses?|points?|items?|sections?|artículos?|articulos?"
    r"|artikeln?|paragraphe|artigos?|điều|pasal|стать[яиюе]|ст\.|пункт[аеу]?|المادة|ข้อ(?:ที่)?|มาตรา|§§?"
)
_NUMBER_SIGN = r"(?:no\.?|number|nr\.?|n[°º]|#|numéro|número|số|№|nomor)\s*"

_WITH_DI = re.compile(
    rf"第\s*(?P<numbers>{_CJK_NUMBER}(?:{_SEPARATOR}(?:第\s*)?{_CJK_NUMBER})*)\s*(?:[條条]|[段點点](?![子半]))"
    rf"|제\s*(?P<korean>\d+(?:{_SEPARATOR}(?:제\s*)?\d+)*)\s*조"
)
# Without 第 a count looks the same (有 36 條, 三條路), so what stands around it decides.
_WITHOUT_DI = re.compile(
    r"(?:(?<![^\s，。、？！；：,?!:;(（「看讀读查翻找給给我要是和跟與与及とや])|(?<=[法典例約约則则章程定議议書书訴诉基保]))(?<![有共計计約约全]\s)"
    rf"(?P<numbers>\d+(?:{_SEPARATOR}\d+)*|{CHINESE_NUMERAL}+)\s*(?:[條条]|조)"
    r"(?=$|[\s，。、？！；：,?!:;)）」的在說説说寫写講讲規规內内是提呢嗎吗跟和與与到至關关怎如什甚為为要全原請请文之はがをにってとのや])"
)
_LATIN = re.compile(
    rf"(?<!\w)(?:{_NOUN})\s*(?:{_NUMBER_SIGN})?(?P<numbers>{_LATIN_NUMBER}(?:{_SEPARATOR}(?:(?:{_NOUN})\s*)?{_LATIN_NUMBER})*)"
    r"(?!\s*(?:years?|days?|months?|hours?|percent|%))(?![\w])",
    re.IGNORECASE,
)
_LATIN_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{_ORDINAL}))\s+(?:{_NOUN})(?!\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?<!\w)(?:{_NUMBER_SIGN})(?P<numbers>\d+(?:{_SEPARATOR}\d+)*)"
    r"(?=\s*(?:$|[?？.,。，!]|says?\b|about\b|means?\b|states?\b|covers?\b|deals?\b|please\b|in the (?:doc|text|comm)))",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"最[後后]一?[個个]?[條条]文?|最後の[條条]文?|末[條条]|最終[條条]"
    rf"|(?<!\w)(?:last|final|closing|último|ultimo|letzte[rn]?|dernier)\s+(?:{_NOUN})(?!\w)",
    re.IGNORECASE,
)
_POLITE_CJK = r"(?:請問?|请问?|麻煩|麻烦|我要|我想|想要?|給我|给我|幫我|帮我|看看?|讀|读|查|顯示|显示|翻到?|列出|一下|\s)*"
_PREFACE = re.compile(
    rf"^{_POLITE_CJK}(?:這份|这份|公報|公报|文件|的|\s)*(?:前言|序言|序文|導言|导言|引言|前文)"
    r"(?:的?(?:內容|内容|全文|原文)|(?:在|是|有)?(?:說|说|寫|写|講|讲)?(?:些|了)?(?:什麼|什么|啥)|呢|を(?:見せて|読みたい).*|は|\s)*[?？。!！]*$"
    r"|^(?:please\s+|can i (?:see|read)\s+|show(?: me)?\s+|read(?: me)?\s+|give me\s+|what does\s+|what is in\s+)*"
    r"(?:the\s+)?(?:preface|preamble|foreword|introduction|pr[eé]ambul[eo]|präambel|prefacio|préface)(?:\s+says?)?(?:\s*,?\s*please)?[?.!]*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^[\s#(（「]*(?P<numbers>(?:\d{{1,3}}|{CHINESE_NUMERAL}{{1,4}})"
    rf"(?:{_SEPARATOR}(?:\d{{1,3}}|{CHINESE_NUMERAL}{{1,4}}))*|[IVXL]{{2,}})[\s.。?？!！)）」]*$"
)
_EXCEPT = re.compile(
    r"(?:除了?|除開|除开|besides|except(?: for)?|other than|apart from|aside from|außer|sauf|excepto)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\d+|{CHINESE_NUMERAL}+|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_IS_RANGE = re.compile(rf"\s*(?:第|제)?\s*(?:{_TO})\s*(?:第|제)?\s*", re.IGNORECASE)

# What people say around a number when they only want to see the article.
_SHOWING = re.compile(
    r"請問?|请问?|麻煩|麻烦|可以|可否|能不能|我想?要?|想|給我|给我|幫我|帮我|看看?|讀|读|查|顯示|显示|列出|一下|內容|内容|全文|原文"
    r"|條文|条文|公報|公报|文件|是什麼|是什么|什麼|什么|[說说寫写講讲提規规]到?了?|定|解釋|解释|說明|说明|意思|的|呢|嗎|吗|在|些|啥|跟|和|與|与|及|有|區別|差別|不同"
    r"|教えて|ください|何|です|か|は|を|の|に|見せて"
    r"|\b(?:what|does|do|is|are|the|say|says|said|about|tell|me|show|give|read|please|full|text|of|content|contents|explain|can|could|you|i|see|want|to"
    r"|in|simple|words|and|between|difference|mean|means|this|communiqu[eé]|document|look|at|up|it|cite|quote|qu[eé]|dice|el|la|le|dit|was|sagt|der|die|das)\b",
    re.IGNORECASE,
)
# A Latin word or two Chinese characters are about one word of content.
_CONTENT = re.compile(
    r"[a-zà-ÿа-я]{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|\d+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold the article numbers a question names.

    ``numbers`` are in the document, in the order asked; ``out_of_range`` are not. ``rest`` is the
    question without the references. ``names_other_law`` tells that a number belongs to another law.
    """

    numbers: tuple[int, ...] = ()
    out_of_range: tuple[int, ...] = ()
    names_other_law: bool = False
    rest: str = ""

    def __bool__(self) -> bool:
        return bool(self.numbers or self.out_of_range)

    @property
    def asks_more(self) -> bool:
        """Tell whether something of the articles is asked beyond showing them."""
        words = _SHOWING.sub(" ", self.rest)
        return len(_CONTENT.findall(words)) >= 3


def find_reference(question: str, known: Sequence[int], own_names: Sequence[str] = ()) -> Reference:
    """Return what ``question``, cleaned, refers to among the article numbers ``known``.

    ``own_names`` are the document's titles, which do not make a number another law's.
    """
    last = max(known, default=0)
    if _PREFACE.match(question) and 0 in known:
        return Reference((0,))
    if match := _BARE.match(question):
        bare = _sort_out(_expand(match["numbers"]), known, False, "")
        if bare.numbers or not match["numbers"].isalpha() or not match["numbers"].isascii():
            return bare  # XL is a size before it is article 40
    named: list[int] = []
    other_law, rest, at = False, "", 0
    for start, end, numbers in _mentions(question, last):
        if _EXCEPT.search(question[:start]):
            continue
        if names_other_law(question, start, end, own_names):
            other_law = True
            continue
        between = question[at:start]
        if named and _IS_RANGE.fullmatch(between) and named[-1] < numbers[0]:
            numbers = _range(named[-1], numbers[0]) + numbers[1:]  # 第二條到第四條
            between = ""
        named += numbers
        rest += between
        at = end
    return _sort_out(named, known, other_law, (rest + question[at:]).strip())


def _mentions(question: str, last: int) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the place and numbers of each reference, in order of place."""
    found: list[tuple[int, int, list[int]]] = []
    for pattern in (_WITH_DI, _WITHOUT_DI, _LATIN, _NUMBERED):
        for match in pattern.finditer(question):
            groups = match.groupdict()
            numbers = groups.get("numbers") or groups.get("korean") or ""
            if _is_pronoun(question, match.end(), numbers):
                continue
            found.append((match.start(), match.end(), _expand(numbers)))
    for match in _LATIN_ORDINAL.finditer(question):
        value = _number(match["digits"] or match["word"])
        found.append((match.start(), match.end(), [] if value is None else [value]))
    for match in _LAST.finditer(question):
        found.append((match.start(), match.end(), [last]))
    end = 0
    for mention in sorted(found, key=lambda m: (m[0], -m[1])):
        if mention[0] >= end and mention[2]:
            yield mention
            end = mention[1]


def _is_pronoun(question: str, end: int, numbers: str) -> bool:
    """Tell "the article I read" from "Article I"."""
    return numbers in ("I", "i") and bool(re.match(r"\s+[a-z]", question[end:]))


def _expand(text: str) -> list[int]:
    """Return the numbers of "3、5-7" as 3, 5, 6, 7."""
    numbers: list[int] = []
    previous_end = 0
    for match in _NUMBER.finditer(text):
        value = _number(match[0])
        if value is None:
            continue
        between = text[previous_end : match.start()]
        if numbers and _IS_RANGE.fullmatch(between) and numbers[-1] < value:
            numbers += _range(numbers[-1], value)
        else:
            numbers.append(value)
        previous_end = match.end()
    return numbers


def _range(after: int, to: int) -> list[int]:
    """Return the numbers behind ``after`` up to ``to``.

    A long range is cut, but its end is kept: out of range must be seen to be so.
    """
    return [*range(after + 1, min(to, after + _MAX_RANGE)), to]


def _number(text: str) -> int | None:
    if text.isdecimal() and len(text.lstrip("0")) > 5:
        return _TOO_LARGE
    lower = text.lower()
    return _ENGLISH[lower] if lower in _ENGLISH else parse_number(text)


def _sort_out(named: list[int], known: Sequence[int], other_law: bool, rest: str) -> Reference:
    unique = tuple(dict.fromkeys(named))
    inside = set(known)
    return Reference(
        numbers=tuple(n for n in unique if n in inside),
        out_of_range=tuple(n for n in unique if n not in inside),
        names_other_law=other_law,
        rest=rest,
    )
