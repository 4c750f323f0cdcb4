"""Numbers written out in words, as people name articles: nine, ninth, siete, vingt-deux, สิบห้า.

Hyphens stand for a hyphen or a space. English from 1 to 99, the others from 1 to 30 at least.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_ONES_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve treinta"
).split()
_SPANISH_ORDINAL = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno".split()
_PORTUGUESE = (
    "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove vinte"
).split()
_PORTUGUESE_ORDINAL = "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono".split()
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit "
    "vingt-neuf trente trente-et-un trente-deux trente-trois trente-quatre trente-cinq trente-six trente-sept "
    "trente-huit trente-neuf quarante"
).split()
_GERMAN = (
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig vierundzwanzig fünfundzwanzig "
    "sechsundzwanzig siebenundzwanzig achtundzwanzig neunundzwanzig dreißig einunddreißig zweiunddreißig "
    "dreiunddreißig vierunddreißig fünfunddreißig sechsunddreißig siebenunddreißig achtunddreißig "
    "neununddreißig vierzig"
).split()
_GERMAN_ORDINAL = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_RUSSIAN = (
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать"
).split()
_RUSSIAN_ORDINAL = "перв втор треть четверт пят шест седьм восьм девят десят".split()
_RUSSIAN_ENDINGS = "ый ая ое ой ую ого ому ом ые ых ий я е ю ей его".split()
_INDONESIAN = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
_VIETNAMESE = "một hai ba bốn năm sáu bảy tám chín".split()
_THAI = "หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split()
_ARABIC = "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة".split()


def _numbered(words: Iterable[str], start: int = 1) -> dict[str, int]:
    return {word: value for value, word in enumerate(words, start)}


def _composed(
    tens: Mapping[str, int], units: Mapping[str, int], joint: str = "-"
) -> dict[str, int]:
    """Return every ten followed by every unit below it: vinte-e-um, hai-mươi-mốt."""
    return {
        f"{ten}{joint}{unit}": value + digit
        for ten, value in tens.items()
        for unit, digit in units.items()
    }


def _romance_ordinals(ones: list[str], tens: dict[str, int]) -> dict[str, int]:
    """Return ordinals in both genders, and cut short before a noun: vigésimo primer artículo."""
    units = _numbered(ones)
    found = units | tens | _composed(tens, units)
    found |= {word[:-1] + "a": value for word, value in found.items()}
    feminine = {word[:-1] + "a": value for word, value in tens.items()}
    found |= _composed(feminine, {word[:-1] + "a": value for word, value in units.items()})
    return found | {
        word[:-1]: value for word, value in found.items() if word.endswith(("rimero", "ercero"))
    }


def _french_ordinal(cardinal: str) -> str:
    stem = cardinal.removesuffix("e")
    stem = stem.removesuffix("f") + "v" if stem.endswith("neuf") else stem
    return (stem + "u" if stem.endswith("cinq") else stem) + "ième"


def _german_ordinals() -> dict[str, int]:
    stems = {
        _GERMAN_ORDINAL.get(value, word + ("t" if value < 20 else "st")): value
        for word, value in _numbered(_GERMAN).items()
    }
    return {stem + ending: value for stem, value in stems.items() for ending in ("e", "er", "en")}


def _russian_ordinals() -> dict[str, int]:
    stems = _numbered(_RUSSIAN_ORDINAL) | {"трет": 3, "сороков": 40}
    stems |= {word[:-1]: value for word, value in _numbered(_RUSSIAN).items() if value > 10}
    stems |= {"тридцат": 30}
    tens = {"двадцать": 20, "тридцать": 30}
    ones = {stem: value for stem, value in stems.items() if value < 10}
    stems |= _composed(tens, ones)
    return {stem + ending: value for stem, value in stems.items() for ending in _RUSSIAN_ENDINGS}


def _arabic_ordinals() -> dict[str, int]:
    ones = _numbered(_ARABIC)
    teens = {**ones, "الحادية": 1}
    found = {**ones, "العاشرة": 10}
    found |= {f"{one}-{ten}": value + 10 for one, value in teens.items() for ten in ("عشرة", "عشر")}
    for ten, value in (("عشرون", 20), ("عشرين", 20), ("ثلاثون", 30), ("ثلاثين", 30)):
        found |= {f"ال{ten}": value}
        found |= {f"{one}-وال{ten}": value + digit for one, digit in teens.items()}
    return found | {word.replace("أ", "ا"): value for word, value in found.items()}


def _plain(words: Mapping[str, int]) -> dict[str, int]:
    """Return the words, and those with accents without them."""
    stripped = {
        "".join(
            c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
        ): value
        for word, value in words.items()
    }
    return stripped | dict(words)


_PORTUGUESE_ALL = _numbered(_PORTUGUESE) | {
    **{"quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "trinta": 30},
    **_composed({"vinte": 20, "trinta": 30}, _numbered(_PORTUGUESE[:9]), "-e-"),
}
_SPANISH_ALL = _numbered(_SPANISH) | _composed({"treinta": 30}, _numbered(_SPANISH[:9]), "-y-")
_RUSSIAN_ALL = (
    _numbered(_RUSSIAN)
    | {"тридцать": 30}
    | _composed({"двадцать": 20, "тридцать": 30}, _numbered(_RUSSIAN[:9]))
)
_INDONESIAN_ALL = (
    _numbered(_INDONESIAN)
    | {"sepuluh": 10, "sebelas": 11}
    | {f"{one}-belas": value + 10 for one, value in _numbered(_INDONESIAN).items() if value > 1}
    | {"dua-puluh": 20, "tiga-puluh": 30}
    | _composed({"dua-puluh": 20, "tiga-puluh": 30}, _numbered(_INDONESIAN))
)
_VIETNAMESE_UNITS = _numbered(_VIETNAMESE) | {"mốt": 1, "tư": 4, "lăm": 5}
_VIETNAMESE_ALL = (
    _numbered(_VIETNAMESE)
    | {"mười": 10, "hai-mươi": 20, "ba-mươi": 30}
    | _composed({"mười": 10, "hai-mươi": 20, "ba-mươi": 30}, _VIETNAMESE_UNITS)
)

ORDINALS: dict[str, int] = (
    _numbered(_ONES_ORDINAL)
    | {ten[:-1] + "ieth": value * 10 for value, ten in enumerate(_TENS, start=2)}
    | _composed(
        {ten: value * 10 for value, ten in enumerate(_TENS, start=2)}, _numbered(_ONES_ORDINAL[:9])
    )
)
"""English ordinals in lower case."""

OTHER_ORDINALS: dict[str, int] = _plain(
    _romance_ordinals(_SPANISH_ORDINAL, {"décimo": 10, "vigésimo": 20, "trigésimo": 30})
    | _romance_ordinals(_PORTUGUESE_ORDINAL, {"décimo": 10, "vigésimo": 20, "trigésimo": 30})
    | {"undécimo": 11, "duodécimo": 12}
    | {_french_ordinal(word): value for word, value in _numbered(_FRENCH).items() if value > 1}
    | {"premier": 1, "première": 1}
    | _german_ordinals()
) | _russian_ordinals() | _arabic_ordinals()  # fmt: skip
"""Ordinals of other languages, which stand right before or right behind the word for article."""

OTHER_CARDINALS: dict[str, int] = (
    _plain(_SPANISH_ALL | _PORTUGUESE_ALL | _INDONESIAN_ALL | _VIETNAMESE_ALL) | _RUSSIAN_ALL
)
"""Cardinals of other languages, many of them of several words: vinte-e-um."""

CARDINALS: dict[str, int] = (
    # Where two languages share a word they mean the same number.
    dict(chain.from_iterable(
        table.items() for table in (
            _numbered(_SPANISH), _numbered(_FRENCH), _numbered(_GERMAN), _numbered(_PORTUGUESE),
            _numbered(_ONES),
        )
    ))
    | {ten: value * 10 for value, ten in enumerate(_TENS, start=2)}
    | _composed(
        {ten: value * 10 for value, ten in enumerate(_TENS, start=2)}, _numbered(_ONES[:9])
    )
)  # fmt: skip
"""Cardinals in lower case that are single words, or of English and French."""

THAI: dict[str, int] = (
    _numbered(_THAI)
    | {"สิบ": 10, "ยี่สิบ": 20, "สามสิบ": 30, "สี่สิบ": 40}
    | _composed({"สิบ": 10, "ยี่สิบ": 20, "สามสิบ": 30}, _numbered(_THAI) | {"เอ็ด": 1}, joint="")
)
"""Thai cardinals, which are written without spaces around them."""
