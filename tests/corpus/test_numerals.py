"""The promises of corpus/numerals.py."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.numerals import CHINESE_NUMERAL, parse_number


def _chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "千百十") -> str:
    """Write 1-9999 in Chinese, long form (一十五)."""
    written = ""
    for value, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = number // value % 10
        if digit:
            written += digits[digit] + unit
        elif written and number % value and not written.endswith(digits[0]):
            written += digits[0]
    return written


def _roman(number: int) -> str:
    written = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
        (1, "I"),
    ):  # fmt: skip
        written += letters * (number // value)
        number %= value
    return written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", 15),
        ("１５", 15),
        ("0", 0),
        ("99999", 99_999),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("廿一", 21),
        ("卅六", 36),
        ("卌", 40),
        ("一百廿一", 121),
        ("一五", 15),
        ("二〇一四", 2014),
        ("參拾陸", 36),
        ("贰拾", 20),
        ("兩百", 200),
        ("XII", 12),
        ("xii", 12),
        ("١٥", 15),
        ("१५", 15),
        ("Ⅻ", 12),
        ("CCCXCIX", 399),
    ],
)
def test_a_numeral_is_read(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "IIII", "VX", "CD", "100000", "條", "十條", "一二十", "十百", "十十", "十廿", "廿十", "廿廿", "一廿", "1十",
     "-1", "1.5", "½", "9" * 5000, "一" * 5000, "\x00", "\ud800", "\ufdfa"],
)  # fmt: skip
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(1, 9999))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_every_chinese_number_is_read_back(number: int) -> None:
    assert parse_number(_chinese(number)) == number
    assert parse_number(_chinese(number, "零壹貳參肆伍陸柒捌玖", "仟佰拾")) == number
    assert parse_number(_chinese(number, "〇一二三四五六七八九")) == number
    assert re.fullmatch(f"{CHINESE_NUMERAL}+", _chinese(number))


def test_every_roman_number_below_400_is_read_back() -> None:
    assert [parse_number(_roman(n)) for n in range(1, 400)] == list(range(1, 400))


@given(st.text(max_size=20))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_text_gives_a_number_in_range_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or 0 <= number <= 99_999
