"""Keep the thread of a conversation: steps, further articles, and questions that lean on others.

A turn is read from the plainest meaning to the least: a step through the document, a call for
further articles, an article named by number, and else a question, for which `followup` weighs what
it says alone against what it says after the turn before.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.language import detect_language
from retrieval.answer import Answer, Citation, Note
from retrieval.clean import clean
from retrieval.conversation.cues import read_cues
from retrieval.conversation.followup import resolve
from retrieval.conversation.more import More, find_more
from retrieval.conversation.state import MAX_QUESTION, MAX_SHOWN, ConversationState
from retrieval.conversation.steps import Step, find_step
from retrieval.fusion import Fused

if TYPE_CHECKING:
    from retrieval.retriever import Retriever
    from retrieval.weighed import Weighed

_MOST_FURTHER = 3


class Conversation:
    """Answer one turn after another; not for use from several threads at once."""

    def __init__(self, retriever: "Retriever", state: ConversationState | None = None) -> None:
        """Take what answers, and the state to go on from."""
        self._retriever = retriever
        self._document = retriever.document
        self.state = state or ConversationState()
        if self.state.anchor is not None and self._document.get(self.state.anchor) is None:
            self.state = ConversationState()  # of another document

    def ask(self, question: str) -> Answer:
        """Return the answer to this turn; one that shows articles moves the state on.

        What shows none, such as small talk or a step past the end, leaves it where it was.
        """
        text = clean(question).text
        if self.state.anchor is not None:
            step = find_step(text)
            if step is not None and not (step.to_other and self._other() is None):
                return self._step(step, text)
            more = find_more(text)
            if more is not None and (further := self._further(more, text)) is not None:
                return further
        return self._ask(question, text)

    def _step(self, step: Step, question: str) -> Answer:
        """Return the article a step leads to; past an end, a note that says so."""
        anchor, first = self.state.anchor, self.state.first
        language = detect_language(question)
        start = anchor if step.start is None else step.start
        start = self._document.last_number if step.from_last else start
        number = first if step.to_first else (start or 0) + step.by
        if step.to_other:
            number = self._other()
        article = self._document.get(number) if number is not None else None
        if article is None or (article.is_preface and step.by < 0):
            ends = (self._document.first_number, self._document.last_number)
            note = Note("out_of_range", (("first", ends[0]), ("last", ends[1])))
            return Answer(question, "not_found", 0.0, language=language, notes=(note,))
        answer = Answer(question, "answered", 1.0, (Citation(article, (), 1.0),), language=language)
        # Going back over the same article is no change of subject.
        same = article.number == anchor or step.to_other
        self._move(answer, self.state.question if same else "", self.state.shown if same else ())
        return answer

    def _other(self) -> int | None:
        """Return the article behind the last one among those shown for the same question."""
        shown = self.state.shown
        if self.state.anchor not in shown or len(shown) < 2:
            return None
        return shown[(shown.index(self.state.anchor) + 1) % len(shown)]

    def _further(self, more: More, question: str) -> Answer | None:
        """Return articles not yet shown, or None where a named topic makes it no follow-up."""
        about = more.topic or self.context
        weighed = self._retriever.weigh(about)
        if weighed is None:
            return None
        seen = {*self.state.shown, self.state.anchor}
        anchor = self._document.get(self.state.anchor or 0)
        hidden = [
            i
            for i, article in enumerate(self._document)
            if article.number in seen
            or (more.in_section and anchor is not None and article.section != anchor.section)
        ]
        left = weighed.fused.without(hidden)
        answer = self._retriever.answer_from(
            weighed.again_as(question), left, most=_MOST_FURTHER, is_asked_for_more=True
        )
        self._move(answer, about, self.state.shown)
        return answer

    def _ask(self, question: str, text: str) -> Answer:
        weighed = self._retriever.weigh(question) if self.state.anchor is not None else None
        if weighed is None:  # the first turn, an article by number, or nothing to search for
            answer = self._retriever.ask(question)
            self._move(answer, "" if answer.is_by_number else answer.question)
            return answer
        joined = self._retriever.weigh(f"{self.context} {text}")
        fused = self._resolve(weighed, joined or weighed, text)
        answer = self._retriever.answer_from(weighed, fused)
        self._move(answer, text)
        return answer

    def _resolve(self, alone: "Weighed", joined: "Weighed", text: str) -> Fused:
        position = next(
            i for i, article in enumerate(self._document) if article.number == self.state.anchor
        )
        weights = self._retriever.follow_up_weights
        return resolve(alone.fused, joined.fused, position, read_cues(text), weights)

    @property
    def context(self) -> str:
        """Return what a short turn leans on: the question before, else the article's heading."""
        if self.state.question:
            return self.state.question
        article = self._document.get(self.state.anchor or 0)
        return (article.section or article.text.partition("。")[0]) if article else ""

    def _move(self, answer: Answer, question: str, shown: Iterable[int] = ()) -> None:
        if not answer.citations:
            return
        cited = [citation.article.number for citation in answer.citations]
        self.state = replace(
            self.state,
            anchor=cited[0],
            first=cited[0] if self.state.first is None else self.state.first,
            question=question.strip()[-MAX_QUESTION:],
            shown=tuple(dict.fromkeys((*shown, *cited)))[-MAX_SHOWN:],
        )
