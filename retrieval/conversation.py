"""Keep the thread of a conversation: next, previous, again, and questions of their own.

What a turn leans on is only what was shown before; nothing is guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus import Document
from corpus.language import detect_language
from retrieval.answer import Answer, Citation, Note
from retrieval.clean import clean

Step = Literal["next", "previous", "again"]

_STEPS: dict[Step, re.Pattern[str]] = {
    "next": re.compile(
        r"(?:請|请|看|那|給我|给我|再看)*(?:下一?[條条]?[個个]?|後面那[條条]|后面那[条])(?:[條条]|呢|吧|文)*[。!！?？]*"
        r"|(?:the |go to (?:the )?|and the )?next(?: one| article| paragraph)?(?:,? ?please)?[.!?]*"
        r"|次(?:の(?:条|条文))?(?:は|へ)?[。?]*",
        re.IGNORECASE,
    ),
    "previous": re.compile(
        r"(?:請|请|看|那|給我|给我|再看|回)*(?:上一?[條条]?[個个]?|前一?[條条]|前面那[條条])(?:[條条]|呢|吧|文)*[。!！?？]*"
        r"|(?:the |go to (?:the )?|and the )?(?:previous|prev|back)(?: one| article| paragraph)?(?:,? ?please)?[.!?]*"
        r"|前(?:の(?:条|条文))?(?:は|へ)?[。?]*",
        re.IGNORECASE,
    ),
    "again": re.compile(
        r"(?:請|请)?(?:再(?:說|说|看|來|来|講|讲|貼|贴)?一?[次遍]|重複|重复|重來)[。!！]*"
        r"|(?:say (?:it|that) )?(?:once )?(?:again|repeat|once more)(?:,? ?please)?[.!?]*|もう一度[。]*",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Hold what a conversation needs to go on: the number of the article shown last."""

    anchor: int | None = None


class Conversation:
    """Answer one turn after another; not for use from several threads at once."""

    def __init__(
        self,
        document: Document,
        ask: Callable[[str], Answer],
        state: ConversationState | None = None,
    ) -> None:
        """Take the document, what answers a question that stands alone, and where to go on."""
        self._document = document
        self._ask = ask
        self.state = state or ConversationState()

    def ask(self, question: str) -> Answer:
        """Return the answer to this turn; one that shows articles moves the anchor to the first."""
        cleaned = clean(question).text
        step = find_step(cleaned)
        if step is not None and self.state.anchor is not None:
            answer = self._take(step, self.state.anchor, cleaned)
        else:
            answer = self._ask(question)
        if answer.citations:
            self.state = ConversationState(answer.citations[0].article.number)
        return answer

    def _take(self, step: Step, anchor: int, question: str) -> Answer:
        """Return the article one step from the anchor; past an end, a note that says so."""
        number = anchor + {"next": 1, "previous": -1, "again": 0}[step]
        article = self._document.get(number)
        language = detect_language(question)
        if article is None:
            first, last = self._document.first_number, self._document.last_number
            note = Note("out_of_range", (("first", first), ("last", last)))
            return Answer(question, "not_found", 0.0, language=language, notes=(note,))
        return Answer(question, "answered", 1.0, (Citation(article, (), 1.0),), language=language)


def find_step(question: str) -> Step | None:
    """Return the step through the document that a cleaned question asks for, or None."""
    for step, pattern in _STEPS.items():
        if pattern.fullmatch(question):
            return step
    return None
