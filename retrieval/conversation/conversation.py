"""Keep the thread of a conversation: steps, further articles, and questions that lean on others.

A turn is read from the plainest meaning to the least: a step through the document, a call for
further articles, an article named by number, and else a question, for which `followup` weighs what
it says alone against what it says after the turn before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.language import detect_language
from retrieval.answer import Answer, Citation, Note
from retrieval.clean import clean
from retrieval.conversation.cues import changes_script, read_cues
from retrieval.conversation.followup import Turn, read_turn, resolve
from retrieval.conversation.more import More, find_more
from retrieval.conversation.moves import find_move, is_question
from retrieval.conversation.state import MAX_QUESTION, MAX_SHOWN, ConversationState
from retrieval.conversation.steps import Step, find_step
from retrieval.decision import decide
from retrieval.fusion import Fused, pool
from retrieval.known import JOINT
from retrieval.passages import positions_of
from retrieval.reference import find_reference

if TYPE_CHECKING:
    from retrieval.retriever import Retriever
    from retrieval.weighed import Weighed

_MOST_FURTHER = 3
# Held-out turns do not mind where from 0 to 0.9 this lies.
_LEAST_OF_TOPIC = 0.5


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
            step, more = self._move_of(text)
            if step is not None:
                return self._step(step, text)
            if more is not None and (further := self._further(more, text)) is not None:
                return further
        return self._ask(question, text)

    def _move_of(self, text: str) -> tuple[Step | None, More | None]:
        """Return the step or the call for further articles that a turn is, by rule or by wording."""
        step = find_step(text)
        if step is not None and not (step.to_other and self._other() is None):
            return step, None
        more = find_more(text)
        asks_anew = more is not None and more.topic and not more.names_articles
        if more is not None and not (asks_anew and is_question(text)):
            return None, more
        reference = find_reference(text, [article.number for article in self._document])
        move = find_move(text, reference)
        return (None, More("")) if move == "more" else (move, None)

    def _step(self, step: Step, question: str) -> Answer:
        """Return the article a step leads to; past an end, a note that says so."""
        anchor, first = self.state.anchor, self.state.first
        language = detect_language(question)
        start = anchor if step.start is None else step.start
        start = self._document.last_number if step.from_last else start
        start = self._document.first_number if step.to_number_one else start
        number = first if step.to_first else (start or 0) + step.by
        if step.to_other:
            number = self._other()
        if step.to_before:
            number = anchor if self.state.before is None else self.state.before
        article = self._document.get(number) if number is not None else None
        if article is None or (article.is_preface and step.by < 0):
            ends = (self._document.first_number, self._document.last_number)
            note = Note("past_end", (("first", ends[0]), ("last", ends[1])))
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
        weighed = self._retriever.weigh(more.topic or self.context)
        if weighed is None:
            return None
        # Whether a topic is whole, or half of one ("what else does it offer"), it tells by itself.
        is_whole = bool(more.topic) and weighed.fused.somewhere >= _LEAST_OF_TOPIC
        about = more.topic if is_whole else self.context
        seen = {*self.state.shown, self.state.anchor}
        anchor = self._document.get(self.state.anchor or 0)
        hidden = [
            i
            for i, article in enumerate(self._document)
            if article.number in seen
            or (more.in_section and anchor is not None and article.section != anchor.section)
        ]
        joined = self._join(*filter(None, (self.state.earlier, self.context, question)))
        readings = [joined, weighed] if joined and is_whole else [joined or weighed]
        left = pool([reading.fused for reading in readings]).without(hidden)
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
        if changes_script(text, self.context):
            answer = self._retriever.answer_from(weighed)
        else:
            answer = self._in_context(weighed, self._join(self.context, text), text)
        self._move(answer, text)
        return answer

    def _in_context(self, alone: "Weighed", joined: "Weighed | None", text: str) -> Answer:
        """Return the answer to a turn, with a note where alone it would have been another."""
        turn, weights = self._read(alone, joined, text), self._retriever.follow_up_weights
        fused = resolve(turn, alone.fused, weights, (joined or alone).fused.nearness)
        if joined is None or _comes_to(fused, alone) == _comes_to(alone.fused, alone):
            return self._retriever.answer_from(alone, fused)
        # What it leans on says as well which sentence answers.
        answer = self._retriever.answer_from(replace(alone, evidence=joined.evidence), fused)
        note = Note("in_context", (("earlier", self.context),))
        return replace(answer, notes=(*answer.notes, note))

    def read(self, question: str) -> Turn | None:
        """Return a turn as it reads before it is asked.

        None for a turn that says by itself what it means: the first one, a step, a call for further
        articles, articles by number, a whole question in another script, or nothing at all.
        """
        text = clean(question).text
        if self.state.anchor is None or any(self._move_of(text)):
            return None
        weighed = self._retriever.weigh(question)
        if weighed is None or changes_script(text, self.context):
            return None
        return self._read(weighed, self._join(self.context, text), text)

    def _read(self, alone: "Weighed", joined: "Weighed | None", text: str) -> Turn:
        state, context = self.state, self.context
        positions = positions_of(self._document)
        shown = dict.fromkeys(n for n in (state.anchor, *state.shown) if n in positions)
        return read_turn(
            alone.fused,
            _fused(joined),
            _fused(self._join(state.earlier, context, text)) if state.earlier else None,
            _fused(self._join(self._heading, text) if state.question else joined),
            [positions[number] for number in shown if number is not None],
            read_cues(text),
        )

    def _join(self, *texts: str) -> "Weighed | None":
        return self._retriever.weigh(JOINT.join(texts))

    @property
    def context(self) -> str:
        """Return what a short turn leans on: the question before, else the article's heading."""
        return self.state.question or self._heading

    @property
    def _heading(self) -> str:
        """Return the heading of the article shown last, else how it begins."""
        article = self._document.get(self.state.anchor or 0)
        return (article.section or article.text.partition("。")[0]) if article else ""

    def _move(self, answer: Answer, question: str, shown: Iterable[int] = ()) -> None:
        if answer.citations:
            cited = [citation.article.number for citation in answer.citations]
            self.state = self.after(cited, question, shown)

    def after(
        self, cited: Sequence[int], question: str, shown: Iterable[int] = ()
    ) -> ConversationState:
        """Return the state after articles were shown for ``question``, "" after a step."""
        question, state = question.strip()[-MAX_QUESTION:], self.state
        earlier = state.earlier if question == state.question else state.question
        return ConversationState(
            anchor=cited[0],
            before=state.before if cited[0] == state.anchor else state.anchor,
            first=cited[0] if state.first is None else state.first,
            question=question,
            earlier=earlier if question else "",
            shown=tuple(dict.fromkeys((*shown, *cited)))[-MAX_SHOWN:],
        )


def _fused(weighed: "Weighed | None") -> Fused | None:
    return None if weighed is None else weighed.fused


def _comes_to(fused: Fused, weighed: "Weighed") -> tuple[str, tuple[int, ...]]:
    """Return the status that ``fused`` leads to, and the position of the first article cited."""
    decision = decide(fused, weighed.search.weights, may_answer=weighed.may_answer)
    return decision.status, decision.cited[:1]
