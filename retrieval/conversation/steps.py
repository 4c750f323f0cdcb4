"""Read turns that step through the document: next, two back, the first one again.

A turn is a step where every word of it is known to belong to one; a single word more, and it is a
question. Words are taken off the front one after another, so reading takes time in proportion to
the length, whatever is typed.
"""

import re
from dataclasses import dataclass

_MAX_CHARACTERS = 60
_DIGITS = {"兩": 2, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"two": 2, "three": 3, "four": 4, "five": 5, "one": 1, "ふた": 2, "みっ": 3, "ひと": 1}
_DIGITS |= {"一": 1, "a": 1}


@dataclass(frozen=True, slots=True)
class Step:
    """Hold where a step leads: ``by`` articles from article ``start``, or to the first one shown.

    Without a ``start``, it goes from the article shown last; ``from_last`` from the document's last.
    ``to_other``: to the next of several articles that were shown together. ``to_before``: to the
    one that was shown before. ``to_number_one``: to the document's first.
    """

    by: int = 0
    to_first: bool = False
    start: int | None = None
    from_last: bool = False
    to_other: bool = False
    to_before: bool = False
    to_number_one: bool = False


# Tried in this order at every place. A count stands before or behind the direction it counts.
_TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "first",
        re.compile(
            r"最早|最初に?|最?一開始|最?一开始|最開始|最开始|最前面|最前頭|頭一|头一|第一次|第一[個个]|剛開始|刚开始"
            r"|(?:the )?(?:very )?first\b|(?:the )?(?:beginning|start)\b|where we (?:began|started)\b"
        ),
    ),
    (
        "next",
        re.compile(
            r"往?下(?=[兩两二三四五六][條条個个])|往?下(?:面|邊|边)?(?:一|1)?(?=[條条個个則则])|下(?=下[條条])|(?:往|向)(?:下|後|后|前進)(?:面)?|後面接|后面接|跳(?=[一兩两二三四五六])|下面|後面|后面|後(?=[兩两二三四五六])"
            r"|后(?=[两二三四五六])|接下來|接下来|接著|接着|再來(?!一?[次遍])|再来(?!一?[次遍])|繼續|继续|続けて|続きを?|次(?=$|[のはへ、。.?？!をお]|に)|(?<=[つ])先|後ろ"
            r"|next\b|forwards?\b|onwards?\b|further(?: on)?\b|ahead\b|after\b|following\b|(?:go|move|carry|read) on\b|keep going\b|continue\b|down\b"
        ),
    ),
    (
        "previous",
        re.compile(
            r"往?上(?=[兩两二三四五六][條条個个])|往?上(?:面|邊|边)?(?:一|1)?(?=[條条個个則则])|上(?=上[條条])|(?:往|向)(?:上|前|回)(?:面)?|往回|倒退|退回?|上面|前面|前(?:一|1)?(?=[條条個个則则])"
            r"|前(?=[兩两二三四五六])|前(?=$|[のはへ、。.?？]|に)"
            r"|previous\b|prev\b|(?<!say )(?<!it )before\b|back(?:wards?)?\b|earlier\b|preceding\b|(?<=go )up\b"
        ),
    ),
    (
        "again",
        re.compile(
            r"再(?:說|说|看|來|来|講|讲|貼|贴|給我看?|给我看?)?一?[次遍]|重複|重复|重來|重来|もう一[度回]|once more\b|again\b|repeat\b"
        ),
    ),
    (
        "count",
        re.compile(
            r"(?P<n>[1-6一兩两二三四五六]|ふた|みっ|ひと)(?:[條条個个則则つ](?:文)?|(?= ))"
            r"|(?P<w>one|two|three|four|five)\b(?: articles?| paragraphs?| ones?)?"
        ),
    ),
    (
        "filler",
        re.compile(
            r"[\s,，。.!！?？、~～…:：]+|ok\b|okay\b|請問|请问|可不可以|可以|能不能|能|返回|是|好的?|喔|哦|嗯|那麼|那么|那就|那|這|这|請|请|麻煩|麻烦|然後|然后|再|就|也|給我|给我|幫我|帮我|讓我|让我|我們|我们|我要|我想|我|換|换|從|从|咧|同一?節|同じ節"
            r"|想|要|看看|看過|看过|看|讀|读|翻|跳|回到|回去|回|到|去|過來|过来|了|的|呢|吧|啊|嗎|吗|它|剛剛|刚刚|剛才|刚才|內容|内容|條文|条文|一條|一条|條|条|個|个|則|则|文|是什麼|是什么|接?什麼|接?什么|講什麼|讲什么|說什麼|说什么|寫什麼|写什么|在講|一下|來|来|貼|贴|出"
            r"|じゃあ?|では|もう|それ?の?|その|次の|前の|の|条文?|を|見せて|見た|見|やつ|もの|に|は|へ|戻って|戻る|戻|お願いします|ください|教えて|進んで|何(?:ですか)?|ですか|条文には|つ"
            r"|the\b|and\b|then\b|now\b|go\b|jump\b|move\b|step\b|skip\b|to\b|show\b|give\b|read\b|see\b|view\b|open\b|me\b|us\b|please\b|pls\b|one\b|ones\b|articles?\b|paragraphs?\b|that\b|this\b|it\b|of\b|we\b|i\b|you\b|looked at\b|looked\b|saw\b|had\b|at\b|on\b|from\b|say\b|said\b|says\b|what'?s\b|what\b|is\b|was\b|were\b|does\b|did\b|want\b|let'?s\b|let\b|tell\b|about\b|how\b|what'?s\b|comes\b|can\b|could\b|return\b|ty\b|thanks\b|with\b|in\b|by\b|got\b|which\b|a\b"
        ),
    ),
)
# A neighbour of an article that is named: 第9條的前面是什麼, the one before article 20.
_NEIGHBOUR = re.compile(
    r"(?:(?:第\s*)?(?P<zh>\d{1,3})\s*[條条]?|(?P<last>最[後后]一?[條条]))\s*的?\s*(?:(?P<zh_before>(?:之)?前面?|前邊|前边儿?|前一?[條条]|上面|上一?[條条])|之[後后]|後面(?:接的)?|后面(?:接的)?|后边儿?|後邊|[後后]一?[條条]|下面|下一?[條条])"
    r"(?:那|的)?(?:是?哪)?(?:一?[條条個个])?(?:是|在講|在讲)?(?:什麼|什么)?[呢嗎吗?？。]*"
    r"|(?:the )?(?:one|article) (?:(?P<en_before>before|preceding)|after|following) (?:article |no\.? ?)?(?P<en>\d{1,3})[?.!]*"
)
# A step named outright, whatever is asked with it: 下一條也是講鈾嗎, what does the next article say on it.
_NAMED = re.compile(
    r"^(?:那|所以)?(?:(?P<zh_next>下一[條条])|(?P<zh_previous>[上前]一[條条]))"
    r"|\bthe (?:(?P<en_next>next)|(?P<en_previous>previous)) (?:article|paragraph)\b"
)
# What names a step by itself; the rest (on, back, 接著, 往回) may only say which way it goes.
_STRONG = re.compile(
    r"往?[下上](?:[面邊边])?(?:一|1)?|前(?:一|1)?|下|上|次|next|previous|prev|after"
)
_OTHER = re.compile(
    r"(?:那|還有)?(?:另外?一?[個条條]|另外那[個条條]|第二[個])(?:[條条])?(?:呢|是什麼)?[?？。]*"
    r"|(?:and |what about )?the (?:other|second) (?:one|article)[?.!]*|もう一つの(?:方|ほう|条文?)?(?:は|を)?[?？。]*"
)
# The first one shown, not the first of the document, nor what happened first.
_GOES_BACK = re.compile(
    r"[回再條条]|一遍|一次看|看的|看過|看过|戻|もう一度|見た|\b(?:back|again|we|saw|looked|return|where)\b"
)
_FIRST_ARTICLE = re.compile(r"\bfirst article\b|最初の条文?(?:は|を|$)")
_NUMBERED = re.compile(
    r"第\s*[\d一二三四五六七八九十]+\s*[條条]|\b(?:article|paragraph)s? [\divx]+\b"
)
_ONE_MORE = frozenset({"再一條", "再一条", "再一個", "再一个"})
# What stands for one step more when it is doubled: 次の次, 後面的後面.
_DOUBLED = re.compile(r"次の(?=次)|前の(?=前)|(?P<way>[後后下前上]面)的(?=(?P=way))")
# The second one behind, not article 2: 後面第二條, 往後數第三條.
_COUNTED = re.compile(
    r"(?:那|再)?(?:往?[後后][面邊边]?|下面|接下[來来])的?(?:[數数])?第(?P<n>[一二兩两三四五六1-6])[條条個个](?:呢|是?什麼|是?什么)?[?？。]*"
)


def find_step(question: str) -> Step | None:
    """Return the step through the document that a cleaned question asks for, or None."""
    if len(question) > _MAX_CHARACTERS:
        return None
    question = question.lower()
    if match := _COUNTED.fullmatch(question):
        return Step(by=int(match["n"]) if match["n"].isdigit() else _DIGITS[match["n"]])
    if _NUMBERED.search(question) and not _NEIGHBOUR.fullmatch(question):
        return None  # an article by its number
    if match := _NEIGHBOUR.fullmatch(question):
        is_before = match["zh_before"] or match["en_before"]
        by = -1 if is_before else 1
        if match["last"]:
            return Step(by=by, from_last=True)
        return Step(by=by, start=int(match["zh"] or match["en"]))
    if _OTHER.fullmatch(question):
        return Step(to_other=True)
    words = _words(question)
    if words is None:
        return _named(question)
    kinds = [kind for kind, _ in words]
    if "first" in kinds and _GOES_BACK.search(question) and not _FIRST_ARTICLE.search(question):
        return Step(to_first=True)
    if "first" in kinds:
        return None
    moves = [kind for kind in kinds if kind in ("next", "previous")]
    if question in _ONE_MORE:
        moves = ["next"]
    if not moves:
        return Step() if kinds.count("again") == 1 and "count" not in kinds else None
    if len(set(moves)) > 1:
        return None
    counts = [count for kind, count in words if kind == "count"]
    sign = 1 if moves[0] == "next" else -1
    if len(counts) > 1:
        return None
    if counts:
        return Step(by=sign * counts[0])
    # 下一條再下一條 takes two steps; 接著下一條, "go on to the next one" and 退回上一條 take one.
    named = sum(bool(_STRONG.fullmatch(word)) for word in _moves_in(question))
    return Step(by=sign * (max(1, named) + kinds.count("doubled")))


def _named(question: str) -> Step | None:
    match = _NAMED.search(question)
    if match is None:
        return None
    return Step(by=1 if match["zh_next"] or match["en_next"] else -1)


def _moves_in(question: str) -> list[str]:
    """Return the words of a step that say where it goes."""
    found, at = [], 0
    while at < len(question):
        for kind, pattern in _TOKENS:
            match = _DOUBLED.match(question, at) or pattern.match(question, at)
            if match and match.end() > at:
                if kind in ("next", "previous") and match.re is not _DOUBLED:
                    found.append(match[0])
                at = match.end()
                break
        else:
            break
    return found


def _words(question: str) -> list[tuple[str, int]] | None:
    """Return the kinds and counts of the words of a turn, or None where one is no step's."""
    words: list[tuple[str, int]] = []
    at = 0
    while at < len(question):
        if match := _DOUBLED.match(question, at):
            words.append(("doubled", 1))
            at = match.end()
            continue
        for kind, pattern in _TOKENS:
            match = pattern.match(question, at)
            if match and match.end() > at:
                count = next((v for v in match.groups() if v), "") if kind == "count" else ""
                words.append((kind, _DIGITS.get(count, int(count) if count.isdigit() else 1)))
                at = match.end()
                break
        else:
            return None
    return words
