"""References are read as a second person wrote them down, who had not seen the patterns."""

import json
from pathlib import Path

import pytest

from retrieval.clean import clean
from retrieval.reference import find_reference

_LINES = Path(__file__).with_name("reference_forms.jsonl").read_text(encoding="utf-8").splitlines()
FORMS = [json.loads(line) for line in _LINES]


@pytest.mark.parametrize("form", FORMS, ids=[form["question"] for form in FORMS])
def test_a_form_names_the_articles_it_means(form: dict) -> None:
    found = find_reference(clean(form["question"]).text, range(37))
    assert sorted(found.numbers) == sorted(form["gold"])
    assert bool(found.out_of_range) == form.get("out", False)
