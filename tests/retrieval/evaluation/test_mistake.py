"""Each wrong answer is listed once, under what was wrong with it."""

from retrieval.evaluation import evaluate


def test_mistakes_are_named_and_the_surest_come_first(make_case) -> None:
    group = [
        make_case("right"),
        make_case("unsure", (1,), (2, 1), confidence=0.6),
        make_case("sure", (1,), (3,), confidence=0.95),
        make_case("silent", (1,), (1,), "related"),
        make_case("half", (1, 2), (1, 3), kind="multi"),
        make_case("invented", (), (5,), kind="near_miss"),
        make_case("refused", (), (5,), "related", kind="near_miss"),
    ]
    found = [(m.case.id, m.fault) for m in evaluate("s", group).mistakes]
    assert found == [
        ("sure", "wrong_article"),
        ("unsure", "wrong_article"),
        ("silent", "not_answered"),
        ("half", "not_all"),
        ("invented", "false_answer"),
    ]


def test_confusions_count_what_stands_first_where_another_was_asked_for(make_case) -> None:
    group = [
        make_case("a", (1,), (2, 1)),
        make_case("b", (1,), (2,), "related"),
        make_case("c", (4, 3), (1,)),
        make_case("d", (1,), ()),
        make_case("e", (), (1,)),
        make_case("f", (1,), (1,)),
    ]
    found = [(c.gold, c.shown, c.count) for c in evaluate("s", group).confusions]
    assert found == [(1, 2, 2), (4, 1, 1)]
