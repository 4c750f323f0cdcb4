"""Numbers written out in words, as people name articles: nine, ninth, siete, vingt-deux.

English from 1 to 99, cardinal and ordinal; cardinals in French and German to 40, in Spanish to 30
and in Portuguese to 20.
"""

from collections.abc import Iterable
from itertools import chain

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_ONES_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve treinta"
).split()
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
_PORTUGUESE = (
    "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove vinte"
).split()


def _english_tens(units: Iterable[str], start: int) -> dict[str, int]:
    return {
        f"{ten}-{unit}": value * 10 + digit
        for value, ten in enumerate(_TENS, start=2)
        for digit, unit in enumerate(units, start=start)
    }


ORDINALS: dict[str, int] = (
    {word: value for value, word in enumerate(_ONES_ORDINAL, start=1)}
    | {ten[:-1] + "ieth": value * 10 for value, ten in enumerate(_TENS, start=2)}
    | _english_tens(_ONES_ORDINAL[:9], 1)
)
"""English ordinals in lower case."""

CARDINALS: dict[str, int] = (
    # Where two languages share a word they mean the same number.
    dict(chain.from_iterable(
        ((word, value) for value, word in enumerate(words, start=1))
        for words in (_SPANISH, _FRENCH, _GERMAN, _PORTUGUESE, _ONES)
    ))
    | {ten: value * 10 for value, ten in enumerate(_TENS, start=2)}
    | _english_tens(_ONES[:9], 1)
    # "Article premier": the first one alone is counted by an ordinal.
    | {"premier": 1, "primero": 1, "primeiro": 1}
)  # fmt: skip
"""Cardinals in lower case."""
