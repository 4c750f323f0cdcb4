"""Read the numerals in which article numbers are written: 15, １５, 十五, 廿一, XII.

Only what numbers articles is read: whole numbers from 0 to 99,999.
"""

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "兩": 2,
    "壹": 1, "貳": 2, "贰": 2, "參": 3, "参": 3, "叁": 3, "肆": 4, "伍": 5, "陸": 6, "陆": 6,
    "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_KOREAN = str.maketrans("일이삼사오육칠팔구십", "一二三四五六七八九十")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_FORM = re.compile(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)

CHINESE_NUMERAL = "[" + "".join([*_DIGITS, *_UNITS, *_TENS]) + "]"
"""A character class that matches one character of a Chinese numeral."""


def parse_number(text: str) -> int | None:
    """Return the whole number that ``text`` writes, or None where it writes none.

    Reads decimal digits of any script and width, Chinese numerals (also by position: 一五, and as Korean
    writes them) and Roman
    numerals below 400.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > 12:
        return None
    if text.isdecimal():  # digits of any script: 15, ١٥, १५
        return int(text) if len(text) <= 5 else None
    if text.isascii():
        return _parse_roman(text)
    return _parse_chinese(text.translate(_KOREAN))


def _parse_roman(text: str) -> int | None:
    if not _ROMAN_FORM.fullmatch(text):
        return None
    values = [_ROMAN[c] for c in text.upper()]
    following = [*values[1:], 0]
    return sum(-v if v < nxt else v for v, nxt in zip(values, following, strict=True))


def _parse_chinese(text: str) -> int | None:
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 5 else None
    total, pending = 0, None
    lowest_unit = 10_000
    for c in text:
        if c in _DIGITS:
            if pending:  # two digits with no unit between: not a numeral in units
                return None
            pending = _DIGITS[c]
        elif c in _UNITS:
            unit = _UNITS[c]
            if unit >= lowest_unit:
                return None
            total += (1 if pending is None else pending) * unit
            lowest_unit, pending = unit, None
        elif c in _TENS:
            if lowest_unit <= 10 or pending:
                return None
            total, lowest_unit, pending = total + _TENS[c], 10, None
        else:
            return None
    return total + (pending or 0)
