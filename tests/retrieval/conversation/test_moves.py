"""Turns that move through the document are told from questions, as people really word them."""

import json
from pathlib import Path

import pytest

from retrieval.clean import clean
from retrieval.conversation.more import find_more
from retrieval.conversation.moves import KINDS, find_move, read_move
from retrieval.conversation.steps import Step, find_step
from retrieval.reference import find_reference

# Written by a second person, who had seen neither the rules nor the wordings the model is fitted on:
# article 12 was shown first, then 20, then 15.
_LINES = Path(__file__).with_name("turn_forms.jsonl").read_text(encoding="utf-8").splitlines()
FORMS = [json.loads(line) for line in _LINES]
SHOWN = {"first": 12, "before": 20, "anchor": 15, "last": 36}


def _reading(text: str) -> tuple[str, int | None]:
    """Return "step" with where it leads, "more" or "question"."""
    cleaned = clean(text).text
    reference = find_reference(cleaned, range(37))
    move = find_step(cleaned) or ("more" if find_more(cleaned) else find_move(cleaned, reference))
    if move == "more":
        return "more", None
    if isinstance(move, Step):
        return "step", _goal(move)
    return ("step", reference.numbers[0]) if reference.numbers else ("question", None)


def _goal(step: Step) -> int:
    if step.to_first:
        return SHOWN["first"]
    if step.to_before or step.to_other:
        return SHOWN["before"]
    if step.to_number_one:
        return 1
    if step.from_last:
        return SHOWN["last"] + step.by
    return (SHOWN["anchor"] if step.start is None else step.start) + step.by


def test_nine_wordings_of_ten_are_read_as_they_were_meant() -> None:
    wrong = [
        form["text"]
        for form in FORMS
        if _reading(form["text"])
        != (("question" if form["kind"] == "talk" else form["kind"]), form.get("to"))
    ]
    assert len(wrong) <= len(FORMS) / 10, wrong


def test_hardly_a_question_is_taken_for_a_move() -> None:
    asked = [form["text"] for form in FORMS if form["kind"] in ("question", "talk")]
    taken = [text for text in asked if _reading(text)[0] != "question"]
    assert len(taken) <= 4, taken


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("看完惹 換下面那條", "next"),
        ("go back to the one you showed me before this", "shown before"),
        ("這份文件最後一條", "last"),
        ("下一屆峰會在哪裡辦", "none"),
        ("what is the next step for states", "none"),
        ("國際原子能總署", "none"),
    ],
)
def test_a_wording_has_its_kind(text: str, kind: str) -> None:
    assert read_move(clean(text).text)[0] == kind


@pytest.mark.parametrize("text", ["", "第15條", "article 9", "核" * 200, "前言"])
def test_what_names_an_article_or_nothing_is_no_move(text: str) -> None:
    assert find_move(text, find_reference(text, range(37))) is None


def test_a_step_may_be_counted_from_an_article_that_is_named() -> None:
    text = "第三條的下一條"
    assert find_move(text, find_reference(text, range(37))) == Step(1, start=3)


def test_probabilities_are_probabilities() -> None:
    for form in FORMS:
        kind, probability = read_move(clean(form["text"]).text)
        assert kind in KINDS and 1 / len(KINDS) <= probability <= 1
