"""Inputs that break programs: a corpus of them, and a generator of as many more as wanted."""

import random
from collections.abc import Iterator

NASTIES = (
    "", " ", "\u200b", "\x00", "\x00第15條\x00", "\ud800", "\udfff第15條", "第\u202e51\u202c條", "\u2066第15條\u2069",
    "e" + "\u0301" * 2000, "\ufdfa" * 3000, "👨‍👩‍👧‍👦" * 500, "\u200d" * 1000, "🏳️‍🌈第15條", "\ufe0f" * 500,
    "<b>第15條</b>", "</blockquote><script>alert(1)</script>", "&lt;&amp;&#0;&#x110000;", "*_`[x](tg://user?id=1)`_*",
    "'; DROP TABLE vote; --", "%s%n%x{}{0}{question}", "${jndi:ldap://x}", "../../etc/passwd", "file:///etc/passwd",
    "第" * 5000, "第1" * 2500, "1" * 5000, "1、" * 2500, "article " * 600, "article 1 , " * 400, "not " * 1000, "第-1條",
    "第99999999999999999999條", "article 1e400", "article NaN", "第٣條", "第１５條", "第15條\r\n\r\n第16條", "\t\v\f\x1b[31m",
    "下" * 3000, "下一條" * 900, "the one after " * 300, "還有" * 2000, "what else " * 400, "back " * 800, "次の" * 1500,
    "a" * 100_000, "核" * 100_000, "核 " * 50_000, "\n" * 50_000, "𠀀" * 3000, "\U0010ffff" * 100, "ﷺ" * 1000, "½¾⅓",
    "倒數第" + "二" * 2000 + "條", "para " * 700, "Ⅻ" * 500, "從第1條到第" + "9" * 300 + "條", "{" * 1000, "[[[[" * 500, "\\" * 2000,
    "/start", "/ask", "/article 99999999999999999999", "/ARTICLE@someone 5", "@tiaowen_test_bot", "/start a" + "9" * 60,
    "ข้อ" * 800, "المادة " * 500, "제" * 900, "조부터 " * 600, "статья " * 500, "điều " * 700, "の条" * 900, "1조와 " * 500,
)  # fmt: skip
_PIECES = (
    "第", "條", "条", "1", "15", "99", "十", "廿", "article ", "Art. ", " to ", "、", "和", "至", "〜", "-", "not ", "除了", "倒數", "最後",
    "下一", "上", "再", "回到", "next ", "back ", "what else ", "還有", "哪些", "提到", "法", "公約", "憲法", "NPT ", "GDPR ", "#", "§",
    "\u200b", "\u202e", "\u0301", "\ufdfa", "\ud83d", "😀", "\x00", "\n", " ", "<b>", "&", "|", "{", "(", "核", "鈾", "IAEA", "前言",
    "調", "则", "ข้อ", "สิบ", "المادة ", "조", "부터", "の", "つ", "先看", "再看", "vs", "以及", "編號", "兩", "三四", "ª", "th", "-й",
)  # fmt: skip


def nasty_inputs(seed: int, count: int, longest: int = 60) -> Iterator[str]:
    """Yield the corpus, then strings of pieces and of any characters, ``count`` in all."""
    yield from NASTIES[:count]
    generator = random.Random(seed)
    for number in range(max(0, count - len(NASTIES))):
        length = generator.choice((1, 2, 3, 5, 8, 13, 21, 34, longest))
        if number % 3:
            yield "".join(generator.choice(_PIECES) for _ in range(length))
        else:
            ceiling = generator.choice((0x7F, 0x3FF, 0xFFFF, 0x10FFFF))
            yield "".join(chr(generator.randint(0, ceiling)) for _ in range(length))
