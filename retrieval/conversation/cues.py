"""Read how much a turn seems to lean on the ones before it."""

import math
import re
from dataclasses import dataclass

_LEANING = re.compile(
    r"那|它|他們|他们|她們|這(?!次|屆|届|場|场|份)|这(?!次|届|场|份)|此|該|该|裡面|里面|裏面|其中|呢[?？。!！]*$|咧|改成|換成|换成|的話|的话|另一|另外|還|还|也|別的|别的|不是|我是說|我是说"
    r"|剛剛|剛才|刚才|上述|所以|誰|谁(?=出|辦|负|負)|第[二三]個|第[二三]个"
    r"|\b(?:it|its|they|them|their|that|those|these|this|there|then|and|but|so|instead|also|too|either|other|else|same|one|ones|what about|how about|no,? i)\b"
    r"|それ|その|そこ|これ|この|じゃあ|では|の方|のほう|も[?？]|は[?？]$|あと|なら"
    r"|그|이것|그럼|\b(?:y|et|und|e|и|а|dan|và|thì|eso|ça|das|она|он|itu|nó)\b|แล้ว|ماذا عن",
    re.IGNORECASE,
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WHOLE = 4
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{1,2}|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Cues:
    """Hold whether a turn has a word that leans, and how short it is: 1 for nothing, towards 0."""

    leans: float
    short: float


def changes_script(question: str, before: str) -> bool:
    """Tell a whole question in Latin letters after one in others, or the other way round.

    Whoever asks a whole question in another language has begun anew.
    """
    words = _WORD.findall(question)
    return len(words) >= _WHOLE and bool(_OTHER_SCRIPT.search(question)) != bool(
        _OTHER_SCRIPT.search(before)
    )


def read_cues(question: str) -> Cues:
    """Return the cues of a cleaned question."""
    words = len(_WORD.findall(question))
    return Cues(float(_LEANING.search(question) is not None), math.exp(-words / 6))
