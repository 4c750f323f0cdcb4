"""A gate holds both sides, and names each line that is broken."""

from pathlib import Path

import pytest

from retrieval.evaluation import GateError, check_gate, read_gate

TWO_SIDES = """
[floors.all]
answered_right = 0.5
[floors."lang=ja"]
top1 = 0.9
[ceilings.all]
false_answers = 0.25
calibration_error = 1
"""


def gate(folder: Path, text: str) -> Path:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def group(make_case):
    return [
        make_case("a", (1,), (1,)),
        make_case("b", (1,), (2,), lang="ja"),
        make_case("c", (), (), "not_found", kind="chitchat"),
        make_case("d", (), (3,), kind="near_miss"),
    ]


def test_each_line_is_measured_on_its_own_group(tmp_path: Path, make_case) -> None:
    results = check_gate(read_gate(gate(tmp_path, TWO_SIDES)), group(make_case))
    assert [(r.line.group.name, r.line.figure, r.value, r.holds) for r in results[:3]] == [
        ("all", "answered_right", 0.5, True),
        ("lang=ja", "top1", 0.0, False),
        ("all", "false_answers", 0.5, False),
    ]
    assert results[1].sentence == "lang=ja: top1 0.0000, at least 0.9 asked"
    assert results[2].sentence == "all: false_answers 0.5000, at most 0.25 asked"


def test_a_line_that_no_question_counts_for_is_broken(tmp_path: Path, make_case) -> None:
    text = TWO_SIDES.replace("lang=ja", "lang=xx")
    result = check_gate(read_gate(gate(tmp_path, text)), group(make_case))[1]
    assert not result.holds
    assert "no question counts" in result.sentence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[floors.all]\nanswered_right = 0.9", "answering everything would pass"),
        (
            "[floors.all]\nanswered_right = 0.9\n[ceilings.all]\nfalse_refusals = 0.1",
            "answering everything would pass",
        ),
        (
            "[floors.all]\nanswered_right = 0.9\n[ceilings.all]\nfalse_answers = 1.0",
            "answering everything would pass",
        ),
        ("[ceilings.all]\nfalse_answers = 0.1", "refusing everything would pass"),
        ("[floors.all]\ntop1 = 0.9\nrefused = 0.9", "refusing everything would pass"),
        ("", "refusing everything would pass"),
        (
            '[floors."kind=reference"]\nanswered_right = 1\n[ceilings."kind=noise"]\nfalse_answers = 0',
            "would pass",
        ),
    ],
)
def test_a_gate_with_one_side_only_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(GateError, match=told):
        read_gate(gate(tmp_path, text))


def test_always_answering_and_never_answering_break_every_gate_that_is_read(
    tmp_path: Path, make_case
) -> None:
    lines = read_gate(gate(tmp_path, TWO_SIDES))
    for status in ("answered", "related"):
        one = [make_case("a", status=status), make_case("b", (), (1,), status)]
        assert not all(r.holds for r in check_gate(lines[:1] + lines[2:], one))


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = """
    [floors.all]
    false_answers = 0.1
    top1 = 95
    [floors."mood=bad"]
    top1 = 0.5
    [ceilings]
    all = 0.3
    [walls.all]
    top1 = 0.5
    """
    with pytest.raises(GateError) as caught:
        read_gate(gate(tmp_path, text))
    told = str(caught.value)
    for problem in ("floors.all.false_answers", "found 95", "'mood=bad'", "ceilings.all", "walls"):
        assert problem in told


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="not TOML"):
        read_gate(gate(tmp_path, "floors ="))
    with pytest.raises(GateError, match="cannot be read"):
        read_gate(tmp_path / "none.toml")
