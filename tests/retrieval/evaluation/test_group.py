"""Groups are named in words, and hold what the words say."""

import pytest

from retrieval.evaluation import parse_group


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("all", [0, 1, 2]),
        ("lang=ja", [1]),
        ("lang=ja,en", [0, 1]),
        ("lang!=ja", [0, 2]),
        ("lang!=ja & kind=fact", [0]),
        ("kind=nothing", []),
    ],
)
def test_a_group_holds_the_cases_that_meet_its_conditions(make_case, name: str, rows) -> None:
    group = [make_case(lang="en"), make_case(lang="ja"), make_case(lang="ko", kind="multi")]
    assert parse_group(name).rows(group) == rows


@pytest.mark.parametrize("name", ["", "ja", "lang", "lang=", "lang!=", "mood=bad", "all&lang=en"])
def test_a_name_that_spells_no_group_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="names no group"):
        parse_group(name)
