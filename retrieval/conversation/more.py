"""Read turns that ask for further articles: what else, 還有哪些條文提到它."""

import re
from dataclasses import dataclass

_CUE = re.compile(
    r"(?:還|还)(?:有)?(?:別|别|其他|其它)的?[條条]?文?"
    r"|(?:(?:另外|其他|其它|別的?|别的?)(?:還|还)?有?)?(?:還|还)有(?:沒有|没有)?(?:哪些?|哪幾|哪几|什麼|什么|別|别|其他|其它)(?:一)?[條条](?:文)?(?:也|有)?"
    r"|(?:還|还)有(?:嗎|吗|沒有|没有|呢|沒|没)|^(?:那)?(?:還|还)有(?:其他|別的|别的|更多)?的?(?:嗎|吗|呢)?[?？。]*$|(?:另外|其他|其它|別的?|别的?)(?:的)?(?:還|还)?有?(?:哪些?|哪幾|哪几)?[條条](?:文)?"
    r"|(?:(?:還|还)有|另外|別的|别的)(?:哪裡|哪里|哪邊|哪边|哪儿|哪處|哪处)(?:也|有|還|还|這麼|这么)*(?=提|談|谈|講|讲|說|说|寫|写)|哪(?:裡|里|邊|边|儿|處|处|條|条)(?:還|还)有?(?=提|談|谈|講|讲|說|说|寫|写)|(?:另外|其他|其它|別的?|别的?)(?:地方|相關|相关|[處处])(?:還有|还有)?的?[條条]?文?|^更多[條条]?文?[?？。]*$"
    r"|\b(?:what|where) else\b|^(?:and |is there )?(?:anything|any) else\b(?=[?. ]*$| in | on | about | that )|\b(?:are there |is there )?(?:any |the )?other (?:articles?|ones?|provisions?|paragraphs?|conventions?)\b"
    r"|\b(?:any |some )?more (?:articles?|on (?:this|that|it))\b|^(?:and )?elsewhere[?. ]*$|^(?:any )?more[?!. ]*$|\bany others?\b"
    r"|(?:他|ほか)(?:に(?:も|は)?(?=$|[?？。]|.*(?:条|ところ|所))|の条文?(?:は|にも|も)?|は[?？。]*$)|^もっと[?？。]*$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\b(?:this|that|the same|its) section\b|[這这同]一?[節节]|同じ節|[這这]個?章節|这个?章节",
    re.IGNORECASE,
)
# What may stand around the cue without being a topic of its own.
_AROUND = re.compile(
    r"[\s,，。.!！?？、~～…]+|那|請問|请问|它|这个|這個|这|這|此|該|提到?|談到?|谈到?|講到?|讲到?|說到?|说到?|寫到?|写到?|相關|相关|有關|有关|關於|关于|過|过|的|嗎|吗|呢|也|都|地方|內容|内容|哪些?|條文?|条文?"
    r"|\b(?:and|ok|so|then|are|is|there|any|that|this|it|on|about|mention(?:s|ing)?|talk(?:s|ing)?|deal(?:s|ing)?|say(?:s|ing)?|in|the|document|of|do|does|speak(?:s|ing)?|with|topic|subject|same|which|what|for)\b"
    r"|ある|あります|ありますか|条文|か|これ|それ|に|ついて|触れて(?:いる)?|は|も|の",
    re.IGNORECASE,
)
# Other articles, not only something else: 別條 (but not 特別條款), 他に書いてある所, what else mentions it.
_OTHERS = re.compile(
    r"(?:另外|其他|其它|(?<![特個个分差區区識识性級级類类])[別别])的?(?:還|还)?有?(?:哪些?|哪幾|哪几)?(?:[條条](?![款件例約约目])|地方|[處处])"
    r"|(?:還|还)有(?:沒有|没有)?(?:哪些?|哪幾|哪几|什麼|什么|其他|其它|別的?|别的?)一?(?:[條条](?![款件例約约目])|地方|[處处])|(?:(?:還|还)有|另外|別的|别的)哪[裡里邊边儿處处]|哪[裡里邊边儿處处條条](?:還|还)"
    r"|(?:他|ほか)(?:に.*(?:条|ところ|所)|の条)"
    r"|\bother (?:articles?|provisions?|paragraphs?)\b|\bmore articles?\b|\bwhere else\b|\belsewhere\b"
    r"|\bwhat else (?:mentions|talks|deals|says|speaks|covers)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}|[a-z0-9]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class More:
    """Hold what further articles are asked about: "" for what was asked before.

    ``in_section``: only those under the heading of the article shown last. ``names_articles``: it
    says that other articles are wanted, not only that something else is.
    """

    topic: str
    in_section: bool = False
    names_articles: bool = False


def find_more(question: str) -> More | None:
    """Return what further articles a cleaned question asks for, or None where it asks for none."""
    cue = _CUE.search(question)
    if cue is None:
        return None
    rest = f"{question[: cue.start()]} {question[cue.end() :]}"
    if _SECTION.search(rest):
        return More("", in_section=True)
    bare = _AROUND.sub(" ", rest)
    names = _OTHERS.search(question, max(0, cue.start() - 1)) is not None
    return More(rest.strip() if _TOPIC.search(bare) else "", names_articles=names)
