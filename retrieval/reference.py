"""Find direct references in a question: 第十五條, 第3條跟第4條, Article 9, Art. XII, 21–22.

Works on cleaned text (NFKC) before any model is asked. Numbers that name another law are reported
and not followed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.number_words import CARDINALS, ORDINALS, OTHER_CARDINALS, OTHER_ORDINALS, THAI
from corpus.numerals import parse_number
from retrieval import reference_patterns as patterns
from retrieval.other_law import names_other_law

_TOO_LARGE = 99_999
_MAX_RANGE = 100
_DIGITS = "一二三四五六七八九"
_COUNTED_UP = {_DIGITS[a:b] for a in range(9) for b in range(a + 2, 10)} - {"一二"}
_REACH = 60


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
        return len(patterns.CONTENT.findall(patterns.SHOWING.sub(" ", self.rest))) >= 3


def find_reference(question: str, known: Sequence[int], own_names: Sequence[str] = ()) -> Reference:
    """Return what ``question``, cleaned, refers to among the article numbers ``known``.

    ``own_names`` are the document's titles, which do not make a number another law's.
    """
    question = patterns.SPACED_NUMERAL.sub("", question)
    if patterns.PREFACE.match(question) and 0 in known:
        return Reference((0,))
    if match := patterns.BARE.match(question):
        bare = _sort_out(_expand(match["numbers"]), known, False, "")
        if bare.numbers or not _is_latin_word(match["numbers"]):
            return bare
    named: list[int] = []
    other_law, rest, at = False, "", 0
    mentions = list(_mentions(question, known))
    foreign = _of_other_law(question, mentions, own_names)
    excepted, before = False, 0
    for (start, end, numbers), is_foreign in zip(mentions, foreign, strict=True):
        joined = (
            excepted
            and bool(patterns.IS_JOINED.fullmatch(question[before:start]))
            and not patterns.INSTEAD.match(question, start)
        )
        excepted = joined or bool(patterns.EXCEPT.search(question[max(0, start - 40) : start]))
        before = end
        if excepted or patterns.EXCEPTED_BEHIND.match(question, end):
            continue
        if is_foreign:
            other_law = True
            continue
        between = question[at:start]
        if named and named[-1] and patterns.IS_RANGE.fullmatch(between) and named[-1] < numbers[0]:
            numbers = _range(named[-1], numbers[0]) + numbers[1:]  # 第二條到第四條
            between = ""
        named += numbers
        rest += between
        at = end
    return _sort_out(named, known, other_law, (rest + question[at:]).strip())


def _of_other_law(
    question: str, mentions: Sequence[tuple[int, int, list[int]]], own_names: Sequence[str]
) -> list[bool]:
    """Tell of each mention whether it, or one joined to it by a mere "and", names another law."""
    foreign = [names_other_law(question, start, end, own_names) for start, end, _ in mentions]
    joined = [
        bool(patterns.IS_PART_OR_JOINED.fullmatch(question[a[1] : b[0]]))
        for a, b in pairwise(mentions)
    ]
    for i, is_joined in enumerate(joined):
        if is_joined:
            foreign[i + 1] = foreign[i + 1] or foreign[i]
    for i, is_joined in reversed(list(enumerate(joined))):
        if is_joined:
            foreign[i] = foreign[i] or foreign[i + 1]
    return foreign


def _mentions(question: str, known: Sequence[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the place and numbers of each reference, in order of place; the longer where two meet."""
    last = max(known, default=0)
    found = list(_spelled_out(question))
    found += [
        (match.start(), match.end(), _expand(_listed(match)))
        for pattern in patterns.MENTIONS
        for match in pattern.finditer(question)
        if not _is_pronoun(question, match.end(), _listed(match))
        and not (pattern is patterns.WITHOUT_DI and patterns.COUNTING.search(question))
    ]
    found += [(match.start(), match.end(), [last]) for match in patterns.LAST.finditer(question)]
    found += _counted_from_an_end(question, last)
    first = min((number for number in known if number), default=1)
    found += [(m.start(), m.end(), [first]) for m in patterns.FIRST.finditer(question)]
    if 0 in known:
        found += [(m.start(), m.end(), [0]) for m in patterns.PREFACE_TOO.finditer(question)]
    at = 0
    for start, end, numbers in sorted(found, key=lambda m: (m[0], -m[1])):
        if start >= at and numbers:
            yield start, end, numbers
            at = end


def _counted_from_an_end(question: str, last: int) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the place and numbers of 倒數第二條, 最後三條, "the first four articles"."""
    for match in patterns.FROM_THE_END.finditer(question):
        counted = match["zh"] or match["en"] or match["ja"] or "two"
        number = last + 1 - (_number(counted) or last + 1)
        yield match.start(), match.end(), [number]
    for match in patterns.LAST_FEW.finditer(question):
        count = _number(match["zh"] or match["en"]) or 0
        yield match.start(), match.end(), list(range(last + 1 - count, last + 1))
    for match in patterns.FIRST_FEW.finditer(question):
        count = _number(match["zh"] or match["en"]) or 0
        yield match.start(), match.end(), list(range(1, count + 1))


def _spelled_out(question: str) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the place and number of "le douzième article", статья двенадцатая, điều mười lăm."""
    for noun in patterns.ANY_NOUN.finditer(question):
        if (behind := patterns.WORDS_BEHIND.match(question, noun.end())) is not None:
            words = list(patterns.WORD.finditer(behind[0]))
            for count in range(len(words), 0, -1):
                end = words[count - 1].end()
                word = _joined(words[:count])
                if value := OTHER_ORDINALS.get(word) or OTHER_CARDINALS.get(word):
                    yield noun.start(), noun.end() + end, [value]
                    break
        ahead = question[max(0, noun.start() - _REACH) : noun.start()]
        words = list(patterns.WORD.finditer(ahead))[-3:] if ahead.endswith(" ") else []
        for first in range(len(words)):
            if value := OTHER_ORDINALS.get(_joined(words[first:])):
                at = noun.start() - len(ahead) + words[first].start()
                yield at, noun.end(), [value]
                break


def _joined(words: Iterable[re.Match[str]]) -> str:
    return "-".join(word[0] for word in words).lower()


def _is_pronoun(question: str, end: int, numbers: str) -> bool:
    """Tell "the article I read" from "Article I"."""
    return numbers in ("I", "i") and bool(re.match(r"\s+[a-z]", question[end:]))


def _listed(match: re.Match[str]) -> str:
    """Return the numbers of a mention, without what only orders them: 22 first, then 21."""
    text = match["numbers"] or match["latin"]
    return re.sub(r"(?<=\d) first\b", "", text)


def _is_latin_word(text: str) -> bool:
    """Tell XL, a size before it is article 40, from digits and Chinese numerals."""
    return text.isascii() and text.isalpha()


def _expand(text: str) -> list[int]:
    """Return the numbers of "3、5-7" as 3, 5, 6, 7."""
    numbers: list[int] = []
    previous_end = 0
    for start, end, value in _values(text):
        between = text[previous_end:start]
        if numbers and patterns.IS_RANGE.fullmatch(between) and numbers[-1] < value:
            numbers += _range(numbers[-1], value)
        else:
            numbers.append(value)
        previous_end = end
    return numbers


def _values(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the place and value of each number in ``text``, in digits, numerals or words."""
    if text in _COUNTED_UP:  # 三四五條
        for at, digit in enumerate(text):
            yield at, at + 1, _number(digit) or 0
        return
    whole = _number(text)
    if whole is not None:  # number words may hold spaces: twenty one
        yield 0, len(text), whole
        return
    for match in patterns.NUMBER.finditer(text):
        if (value := _number(match[0])) is not None:
            yield match.start(), match.end(), value


def _number(text: str) -> int | None:
    if text.isdecimal() and len(text.lstrip("0")) > 5:
        return _TOO_LARGE
    word = text.lower().replace(" ", "-")
    for words in (CARDINALS, ORDINALS, OTHER_CARDINALS, THAI):
        if word in words:
            return words[word]
    return parse_number(text)


def _range(after: int, to: int) -> list[int]:
    """Return the numbers behind ``after`` up to ``to``.

    A long range is cut, but its end is kept: out of range must be seen to be so.
    """
    return [*range(after + 1, min(to, after + _MAX_RANGE)), to]


def _sort_out(named: list[int], known: Sequence[int], other_law: bool, rest: str) -> Reference:
    unique = tuple(dict.fromkeys(named))
    inside = set(known)
    return Reference(
        numbers=tuple(n for n in unique if n in inside),
        out_of_range=tuple(n for n in unique if n not in inside),
        names_other_law=other_law,
        rest=rest,
    )
