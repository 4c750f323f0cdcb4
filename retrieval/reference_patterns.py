"""The forms in which people name articles by number, as regular expressions.

Every pattern has a group ``numbers``; what it holds may list several (3、4 和 5) or span a range
(21–22). All of them run over one cleaned question of bounded length.
"""

import re

from corpus.number_words import CARDINALS, ORDINALS, THAI
from corpus.numerals import CHINESE_NUMERAL


def _words(words: dict[str, int]) -> str:
    """Return a pattern of number words, the longest first, whose hyphens may be spaces."""
    return "|".join(
        re.escape(w).replace(r"\-", "[- ]") for w in sorted(words, key=len, reverse=True)
    )


TO = r"[-–—~〜]|至|到|から|부터|to|a|through|until|bis|à|hasta|até|sampai|hingga|đến|до|по|ถึง|إلى|on to|up to|thru"
_AND = r"[、,&+/・·]|以及|as well as|vs\.?|versus|和|與|与|及|跟|或|還有|还有|and then|and|then|or|et|y|und|e|và|dan|и|と|와|과|하고|و|และ"
_SEPARATOR = rf"\s*(?:[,、]\s*)?(?:{TO}|{_AND})\s*"

# 兩 counts articles (第三與第四兩條) and numbers none.
_NUMERAL = CHINESE_NUMERAL.replace("兩", "").replace("两", "")
_CJK = rf"(?:\d+|{_NUMERAL}+)"
_THESE = r"[這这那]?[兩两三四五六幾几]?[個个]?"
_LATIN_NUMBER = rf"(?:\d+(?:\.?[oa](?!\w))?|[ivxlIVXL]+(?![\w'’])|(?:{_words(CARDINALS)})\b)"
NOUN = (
    r"articles?|atricles?|artcles?|articals?|articels?|artilces?|arts?\.?|abs\.?|paragraphs?|paras?\.?|provisions?|clauses?|points?|items?|sections?"
    r"|artículos?|articulos?|párrafos?|parrafos?|cláusulas?|artikeln?|absatz|paragraphe|artigos?|parágrafos?"
    r"|articol[oiu]l?|articolele|art[yi]ku[łl][yu]?|artikk?el(?:en|et)?|artikla|člán(?:ek|ku|ok)|član(?:ak)?|člen"
    r"|madde|cikk|άρθρ[οα]|điều|khoản|pasal|perkara|ibara ya|член|стать(?:[яиюе]|ей|ям)|статей|стат(?:тя|ті)|ст\.|пункт[аеуы]?"
    r"|المادة|مادة|ماده|المادت(?:ان|ين)|المواد|סעיף|अनुच्छेद|धारा|অনুচ্ছেদ|ข้อ(?:ที่)?|มาตรา|§§?"
)
_SIGN = r"(?:nos?\.?|numbers?|nr\.?|n[°º]|#|numéro|número|số|№|nomor)\s*"
_ARTICLE = "[條条]"
# Behind 第, what an input method or a voice makes of 條 and 第 is still read as such.
_DI, _TYPED_ARTICLE = "[第弟地]", "[條条調调则則]"
_KOREAN_NUMBER = r"(?:\d+|[일이삼사오육칠팔구십]+)"

WITH_DI = re.compile(
    rf"{_DI}\s*\(?(?P<numbers>{_CJK}(?:(?:{_SEPARATOR}(?:第\s*)?|\s*第\s*){_CJK})*)\)?\s*(?:{_THESE}{_TYPED_ARTICLE}|[段點点](?![子半]))"
)
# 第十一項 and 第十九款 name articles where they are not parts of one that was named: 第5條第2項.
WITH_DI_PART = re.compile(
    rf"(?:^|(?<=[^條条\d\w]))第\s*(?P<numbers>{_CJK})\s*[項项款](?=$|[\s，。？?!！在是說说寫写講讲的呢嗎吗怎什没沒跟和])"
)
ROMAN_WITH_DI = re.compile(rf"{_DI}\s*(?P<numbers>[IVX]{{1,6}})\s*{_ARTICLE}", re.IGNORECASE)
KOREAN = re.compile(
    rf"제\s*(?P<numbers>{_KOREAN_NUMBER}(?:{_SEPARATOR}(?:제\s*)?{_KOREAN_NUMBER})*)\s*조"
)
# 3조부터 5조까지
KOREAN_BARE = re.compile(
    r"(?<![\w])(?P<numbers>\d+(?:\s*(?:조\s*)?(?:부터|에서|와|과|하고|,)\s*\d+)*)\s*조(?=$|[\s?.,까은는을를에의가와과]|부터)"
)
# Without 第 a count looks the same (有 36 條, 三條路), so what stands around it decides.
WITHOUT_DI = re.compile(
    r"(?<![^\s，。、？！；：,?!:;(（「看讀读查翻找給给我要是和跟與与及問问於于とやにて至到])(?<![有共計计約约全]\s)"
    rf"(?P<numbers>\d+(?:{_SEPARATOR}\d+)*|(?!一[條条]){_NUMERAL}+(?:(?:{TO}){_NUMERAL}+)?)\s*(?:{_ARTICLE}|조)"
    r"(?=$|から|まで|だけ|より|じゃ|では|です|[哪講讲更各分以][^\s]|[\s，。、？！；：,?!:;)）」的在說説说寫写講讲規规內内是提呢嗎吗跟和與与到至關关怎如什甚為为要全原請请文之はがをにってとのや])"
)
# Asked how many articles there are: 總共有幾條？36條嗎
COUNTING = re.compile(
    r"[幾几][條条](?!說|说|講|讲|提)|多少[條条]|(?:一共|總共|总共|全部)有?\s*\d+\s*[條条]"
)
# 勞基24條, 管理條例16條: named to be told apart as another law's.
BEHIND_LAW = re.compile(
    rf"(?<=[法典例約约則则章程定議议書书訴诉基保])(?P<numbers>\d+|{CHINESE_NUMERAL}+)\s*{_ARTICLE}"
)
# 10和14這兩條: a list says by itself that it counts nothing.
LISTED = re.compile(
    rf"(?<![\d第〇一二三四五六七八九十])(?P<numbers>{_CJK}(?:{_SEPARATOR}{_CJK})+)\s*{_THESE}{_ARTICLE}"
)
BEHIND_NOUN = re.compile(
    rf"(?:{_ARTICLE}[文款](?:\s|の|no\.?)*|(?:{_ARTICLE}文?)?(?:編號|编号|序號|序号)(?:為|为|是)?\s*(?=\d{{1,2}}(?!\d)|[一二三四五六七八九十廿卅]+(?![百千〇零]))|(?<!\w){_ARTICLE}(?=[十廿卅二三四五六七八九]))(?P<numbers>{_CJK}(?:{_SEPARATOR}{_CJK})*)(?![年月日次個个国國])",
    re.IGNORECASE,
)
# 15跟16差在哪, "compare 6 with 25", "21 vs 22?"
COMPARED = re.compile(
    r"(?<![\d.])(?P<numbers>\d{1,2}\s*(?:[跟和與与及]|vs\.?)\s*\d{1,2})\s*(?:差|有什麼不|有什么不|有何不|哪[個个]|的差|的[關关]係|比較|比较|[條条])"
    r"|(?<!\w)(?:both|compare|show me|read|see|between)\s+(?P<latin>\d{1,2}\s+(?:and|with|as well as|vs\.?|to)\s+\d{1,2})(?=[.?!]*$)",
    re.IGNORECASE,
)
# 先看22再看21, "look at 22 first, then 21"
_SEE = r"(?:看|讀|读|說|说|講|讲|給我?看?|给我?看?)"
IN_ORDER = re.compile(
    rf"先{_SEE}\s*第?\s*(?P<numbers>{_CJK}\s*{_ARTICLE}?[\s,，]*(?:之後|之后|然後|然后)?再{_SEE}\s*第?\s*{_CJK})(?![年月日次個个国國])"
)
IN_ORDER_LATIN = re.compile(
    r"(?<![\w.])(?P<numbers>\d+ first[ ,]+(?:and )?then \d+)(?![\w%])", re.IGNORECASE
)
# What a negation puts in the place of the article: "not article 5, I meant 6".
INSTEAD = re.compile(
    r"(?:\bi meant?|\bsino(?: el)?|\bsondern(?: artikel)?|\bmais(?: l['’]article)?|而是|應該是|应该是)\s*(?P<numbers>\d{1,3})(?=\s*(?:[.!?。]|$))",
    re.IGNORECASE,
)
# In Spanish and Portuguese "para" is no paragraph: para un ladrón.
_PARA = r"(?!para\s+(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|um|dois|três|quatro|sete|oito|nove|dez)\b)"
LATIN = re.compile(
    rf"(?<!\w){_PARA}(?:{NOUN})\s*(?:{_SIGN}|ke-|\(|من\s+)?"
    rf"(?P<numbers>{_LATIN_NUMBER}(?:{_SEPARATOR}(?!I\s+[a-z])(?:(?:{NOUN})\s*)?{_LATIN_NUMBER})*)"
    r"(?!\s*(?:years?|days?|months?|hours?|percent|%))(?![\d_a-zA-ZÀ-ɏ]|\.\d)",
    re.IGNORECASE,
)
# How is #13 different from #16; nos. 7 and 8 contradict each other
MARKED = re.compile(r"(?<!\w)#\s*(?P<numbers>[2-9]|[1-9]\d)(?!\w)")
MARKED_LIST = re.compile(
    rf"(?<!\w){_SIGN}(?P<numbers>\d{{1,2}}(?:{_SEPARATOR}\d{{1,2}})+)(?![\w%])", re.IGNORECASE
)
THAI_DIGITS = re.compile(
    rf"(?:ข้อ(?:ที่)?|มาตรา)\s*(?P<numbers>\d+(?:{_SEPARATOR}(?:ข้อ(?:ที่)?|มาตรา)?\s*\d+)*)"
)
# ข้อสิบห้าถึงข้อสิบเจ็ด
THAI_WORDS = re.compile(
    rf"(?<![\u0e00-\u0e7f])(?:ข้อ(?:ที่)?|มาตรา)\s*(?P<numbers>(?:{_words(THAI)})(?:\s*(?:ถึง|และ)\s*(?:ข้อ(?:ที่)?|มาตรา)?\s*(?:{_words(THAI)}))?)"
)
_ORDINAL = rf"(?:\d+(?:st|nd|rd|th|[ªº]|-?[йяеоюг]{{1,3}}|-?i?[eè]me|er)|(?:{_words(ORDINALS)}))"
LATIN_ORDINAL = re.compile(
    rf"(?<!\w)(?P<numbers>{_ORDINAL}(?:,?\s+(?:(?:and|or|to|through|&)\s+)?(?:the\s+)?{_ORDINAL})*)\s+(?:{NOUN})(?!\w)",
    re.IGNORECASE,
)
# 頭一條, "the first and the last article"
FIRST = re.compile(
    rf"(?:頭一[條条]|头一条|首[條条])(?=$|\s*[、,，跟和與与及到至在說说講讲寫写])|(?<!\w)first(?=,? (?:and|or|to) (?:the )?(?:last|final) (?:{NOUN}))",
    re.IGNORECASE,
)
# 9. madde, 9. cikk, 9. Artikel: languages that put the number first and a full stop behind it.
BEFORE_NOUN = re.compile(
    r"(?<![\w.])(?P<numbers>\d+)(?:\.\s*|\s+)(?:madde(?:si|nin|de)?|cikk|artikla|artikel|artikkel|članak|člen|paragraf)(?!\w)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    rf"(?<!\w){_SIGN}(?P<numbers>\d+(?:{_SEPARATOR}\d+)*|(?:{_words(CARDINALS)})\b)"
    r"(?=\s*(?:$|[?？.,。，!是在講讲說说那這这的呢怎]|says?\b|about\b|means?\b|states?\b|covers?\b|deals?\b|please\b|in the (?:doc|text|comm)))",
    re.IGNORECASE,
)
MENTIONS = (
    WITH_DI,
    WITH_DI_PART,
    ROMAN_WITH_DI,
    KOREAN,
    KOREAN_BARE,
    WITHOUT_DI,
    BEHIND_LAW,
    LISTED,
    BEHIND_NOUN,
    COMPARED,
    MARKED,
    MARKED_LIST,
    THAI_DIGITS,
    IN_ORDER,
    IN_ORDER_LATIN,
    INSTEAD,
    LATIN,
    THAI_WORDS,
    LATIN_ORDINAL,
    BEFORE_NOUN,
    NUMBERED,
)

# A word for article, with up to four words behind it that may be a number.
ANY_NOUN = re.compile(rf"(?<!\w)(?:{NOUN})(?!\w)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
WORDS_BEHIND = re.compile(r"(?:[\s-]+[^\W\d_]+){1,4}")

# 第 三 十 三 條
SPACED_NUMERAL = re.compile(r"(?<=[第弟〇一二三四五六七八九十])\s+(?=[〇一二三四五六七八九十條条])")
_FEW = (
    r"(?:[2-9]|[兩两二三四五六七八九十]|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|deux|trois"
    r"|quatre|cinq|zwei|drei|vier|fünf|два|две|три|четыре|пять)"
)
# Counted from an end: 倒數第二條, 最後三條, the first four articles.
FROM_THE_END = re.compile(
    rf"倒[數数]第?\s*(?P<zh>\d{{1,2}}|[一兩两二三四五六七八九十]{{1,3}})\s*[個个]?{_ARTICLE}"
    rf"|(?<!\w)(?P<en>second|third|fourth)[ -](?:to|from the)[ -]last (?:{NOUN})(?!\w)"
    rf"|(?<!\w)(?:penultimate|next[ -]to[ -]last|penúltimo|penultimo|avant[- ]dernier|vorletzte[rn]?) (?:{NOUN})(?!\w)"
    rf"|(?:最後|終わり|後ろ)から(?P<ja>\d|[一二三四五])(?:番目|つ目)の?{_ARTICLE}?",
    re.IGNORECASE,
)
LAST_FEW = re.compile(
    rf"最[後后]の?\s*(?P<zh>{_FEW})\s*[個个]?{_ARTICLE}|(?<!\w)(?:last|final|últim[oa]s|derni[eè]rs|letzten|последние) (?P<en>{_FEW}) (?:{NOUN})(?!\w)",
    re.IGNORECASE,
)
FIRST_FEW = re.compile(
    rf"(?:(?<![之以目面往向])(?:最?前|頭|头)|最初の)\s*(?P<zh>{_FEW})\s*[個个]?{_ARTICLE}|(?<!\w)(?:first|primer[oa]s|premiers|ersten|первые) (?P<en>{_FEW}) (?:{NOUN})(?!\w)",
    re.IGNORECASE,
)
# The preface, by a word that means nothing else.
PREFACE_TOO = re.compile(
    r"(?<![\w])(?:前言|序言|序文|緒言)(?!不[對对搭])|(?<=[\u4e00-\u9fff])(?:前言|序言)(?!不[對对搭])"
    r"|前文(?=[とにはをか、])|はじめに(?=$|[、。?？のをには]|\s)|서문|머리말|(?<!\w)(?:preface|foreword|preamble|préface|préambule|prefacio|prefácio|preámbulo|preâmbulo|vorwort|präambel|преамбул[аеуы]|предислови[ея])(?!\w)"
    r"|المقدمة|الديباجة|คำนำ",
    re.IGNORECASE,
)
LAST = re.compile(
    r"마지막\s*(?:조항|조)|最[後后]一?[個个]?[條条]文?|最後の[條条]文?|末一?[條条]|последн(?:яя|юю|ей)\s+стать[яюией]|最終[條条]"
    r"|^(?:(?:please|can (?:you|u)|show|read|give|me|us)\s+)*the last one[?.!]*$"
    rf"|(?<!\w)(?:last|final|closing|último|ultimo|letzte[rn]?|dernier)\s+(?:{NOUN})(?!\w)",
    re.IGNORECASE,
)

# Possessive (*+), and no alternative a repeat of another: 看看看看… must not be tried in every way.
_POLITE_CJK = r"(?:請問?|请问?|麻煩|麻烦|我要|我想|想要?|給我|给我|幫我|帮我|看|讀|读|查|顯示|显示|翻到?|列出|一下|\s)*+"
_POLITE_LATIN = r"(?:(?:please|can (?:i|you|u|we) (?:see|read(?: me)?|show(?: me)?|open)|show(?: me)?|read(?: me)?|give me|let me see|see|open|(?:go|skip|jump|turn|move|back) to)\s+)*+"
PREFACE = re.compile(
    rf"^{_POLITE_CJK}(?:這份|这份|公報|公报|文件|的|\s)*(?:前言|序言|序文|序|導言|导言|引言|前文|서문|머리말)"
    r"(?:部分|은|는|을|를|的?(?:內容|内容|全文|原文)|(?:在|是|有)?(?:說|说|寫|写|講|讲)?(?:些|了)?(?:什麼|什么|啥)|呢|を(?:見せて|読みたい).*|は|\s)*[?？。!！]*$"
    rf"|^{_POLITE_LATIN}(?:what (?:does|is in)\s+|what'?s in\s+)?(?:(?:the|le|la|el|die|das|il|o|a)\s+)?"
    r"(?:preface|preamble|foreword|introduction|intro|pr[eé]ambul[eo]|präambel|prefacio|préface)(?:\s+says?)?(?:\s*,?\s*(?:please|bitte|s'il vous pla[iî]t|por favor|per favore))?[?.!]*$",
    re.IGNORECASE,
)
# "one" and "two" alone are more than numbers.
_LARGE = {word: value for word, value in CARDINALS.items() if value > 2}
# The whole question is a number or a list of numbers; one Roman digit alone is a letter.
BARE = re.compile(
    rf"^(?:{_POLITE_LATIN}|{_POLITE_CJK})[\s#(（「]*第?\s*(?P<numbers>(?:\d{{1,3}}|{CHINESE_NUMERAL}{{1,4}})"
    rf"(?:{_SEPARATOR}(?:\d{{1,3}}|{CHINESE_NUMERAL}{{1,4}}))*|[IVXL]{{2,}}(?:{_SEPARATOR}[IVXL]{{2,}})*|(?:{_words(_LARGE)}))(?:\s*,?\s*please)?[\s.。?？!！)）」]*$",
    re.IGNORECASE,
)
EXCEPT = re.compile(
    r"(?:除了?|除開|除开|besides|except(?: for)?|other than|apart from|aside from|außer|sauf|excepto"
    r"|(?<!是)不是|(?<!要)不要|[並并而]非|(?<!\w)(?<!or )not|(?<!\w)nicht|(?<!\w)no (?:el|la|o|a))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
NUMBER = re.compile(
    rf"\d+|{CHINESE_NUMERAL}+|[일이삼사오육칠팔구십]+|{_words(THAI)}|[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*",
    re.IGNORECASE,
)
# Between two mentions: what is said of one is said of both (除了第3條和第5條, 勞基法第24條、第25條).
IS_JOINED = re.compile(rf"\s*(?:,\s*)?(?:{_AND}|{TO}|,|、)\s*", re.IGNORECASE)
EXCEPTED_BEHIND = re.compile(r"\s*(?:じゃなく|ではなく|じゃない|ではない)")
IS_RANGE = re.compile(
    rf"\s*(?:第|제|條|条|조)?\s*(?:起|開始|开始)?(?:[看讀读講讲說说])?(?:{TO})\s*(?:第|제|ข้อ(?:ที่)?|มาตรา)?\s*",
    re.IGNORECASE,
)

# What people say around a number when they only want to see the article.
SHOWING = re.compile(
    r"請問?|请问?|麻煩|麻烦|可以|可否|能不能|我想?要?|想|給我|给我|幫我|帮我|看看?|讀|读|查|顯示|显示|列出|一下|內容|内容|全文|原文"
    r"|條文|条文|公報|公报|文件|是什麼|是什么|什麼|什么|[說说寫写講讲提規规]到?了?|定|解釋|解释|說明|说明|意思|的|呢|嗎|吗|在|些|啥|跟|和|與|与|及|有|區別|差別|不同"
    r"|教えて|ください|何|です|か|は|を|の|に|見せて"
    r"|\b(?:what|does|do|is|are|the|say|says|said|about|tell|me|show|give|read|please|full|text|of|content|contents|explain|can|could|you|i|see|want|to"
    r"|in|simple|words|and|between|difference|mean|means|this|communiqu[eé]|document|look|at|up|it|cite|quote|qu[eé]|dice|el|la|le|dit|was|sagt|der|die|das)\b",
    re.IGNORECASE,
)
# A Latin word or two characters of Chinese are about one word of content.
CONTENT = re.compile(
    r"[a-zà-ÿа-я]{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|\d+", re.IGNORECASE
)
# Grundgesetz Artikel 1 Absatz 1: a part that follows is of the same law.
IS_PART_OR_JOINED = re.compile(rf"{IS_JOINED.pattern}|\s*", re.IGNORECASE)
