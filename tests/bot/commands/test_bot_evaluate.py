"""`tiaowen evaluate` measures, compares, gates, reports, and hands its questions on."""

import json
from pathlib import Path

import pytest

from bot.cli import main

QUESTIONS = (
    {"id": "a", "lang": "zh-Hant", "kind": "reference", "question": "第十五條", "gold": [15]},
    {"id": "b", "lang": "en", "kind": "reference", "question": "Article 9", "gold": [10]},
    {"id": "c", "lang": "en", "kind": "reference", "question": "Article 99", "gold": []},
)
PREDICTIONS = (
    {"id": "a", "status": "answered", "cited": [15], "related": [], "confidence": 0.9},
    {"id": "b", "status": "answered", "cited": [9], "related": [10], "confidence": 0.8},
    {"id": "c", "status": "not_found", "cited": [], "related": [], "confidence": 0.1},
)
GATE = "[floors.all]\nanswered_right = 0.6\n[ceilings.all]\nfalse_answers = 0.1\n"


def lines(path: Path, records) -> str:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return str(path)


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    return ["evaluate", "--questions", lines(tmp_path / "q.jsonl", QUESTIONS)]


@pytest.fixture
def measured(asked: list[str], tmp_path: Path) -> list[str]:
    return [*asked, "--from-predictions", lines(tmp_path / "p.jsonl", PREDICTIONS)]


def test_questions_are_asked_and_all_of_it_is_handed_on(
    asked: list[str], in_process: None, tmp_path: Path, capsys
) -> None:
    words = ["--json", "--predictions", "out.jsonl", "--report", "page"]
    words += ["--export-beir", "beir", "--export-trec", "trec"]
    assert main([*asked, *words]) == 0
    data = json.loads(capsys.readouterr().out)
    system = data["systems"]["tiaowen"]
    assert system["groups"]["all"]["answered_right"] == 0.5
    assert system["groups"]["all"]["intervals"]["refused"] == [0.025, 1.0]
    assert [m["id"] for m in system["mistakes"]] == ["b"]
    assert {"gold": 10, "shown": 9, "count": 1} in system["confusions"]
    assert "Article 9" in (tmp_path / "page" / "report.html").read_text("utf-8")
    again = ["evaluate", "--json", "--from-predictions"]
    for place, found in (("beir", "out.jsonl"), ("trec", "trec/run.txt")):
        assert main([*again, found, "--questions", place]) == 0
        groups = json.loads(capsys.readouterr().out)["systems"]["tiaowen"]["groups"]
        assert (groups["all"]["top1"], groups["all"]["refused"]) == (0.5, 1.0)
    assert groups.keys() == {"all", "lang=und", "kind=question"}


def test_a_predictions_file_is_measured_without_a_model(
    measured: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "/no/such/model")
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(tmp_path / "cache"))
    assert main(measured) == 0
    out = capsys.readouterr().out
    assert "answered right  " in out and "95 % interval" in out
    assert not (tmp_path / "cache").exists()


def test_a_broken_gate_is_exit_1_and_names_the_line(
    measured: list[str], tmp_path: Path, capsys
) -> None:
    (tmp_path / "gate.toml").write_text(GATE, encoding="utf-8")
    assert main([*measured, "--gate", "gate.toml"]) == 1
    out, err = capsys.readouterr()
    assert "gate: 1 of 2 lines hold" in out
    assert err == "gate broken: all: answered_right 0.5000, at least 0.6 asked\n"
    (tmp_path / "gate.toml").write_text(GATE.replace("0.6", "0.5"), encoding="utf-8")
    assert main([*measured, "--gate", "gate.toml", "--json"]) == 0
    assert [line["holds"] for line in json.loads(capsys.readouterr().out)["gate"]] == [True, True]


def test_two_predictions_files_are_compared(asked: list[str], tmp_path: Path, capsys) -> None:
    better = [p | {"cited": [10], "related": []} if p["id"] == "b" else p for p in PREDICTIONS]
    both = [lines(tmp_path / "a.jsonl", PREDICTIONS), lines(tmp_path / "b.jsonl", better)]
    assert main([*asked, "--compare", *both]) == 0
    out = capsys.readouterr().out
    assert "answered right: no difference shown (p = 1.000); 2 questions are too few" in out
    assert main([*asked, "--compare", *both, "--json"]) == 0
    figure = json.loads(capsys.readouterr().out)["figures"]["answered_right"]
    assert (figure["a"], figure["b"], figure["differing"]) == (0.5, 1.0, 1)


def test_everything_wrong_is_told_at_once_and_nothing_is_asked(
    tmp_path: Path, in_process: None, capsys
) -> None:
    good = lines(tmp_path / "q.jsonl", QUESTIONS)
    (tmp_path / "gate.toml").write_text("[floors.all]\ntop1 = 0.9\n", encoding="utf-8")
    bad = lines(tmp_path / "bad.jsonl", [{"id": "a", "question": "?", "gold": [99]}])
    words = ["--predictions", "none/out.jsonl", "--report", good, "--gate", "gate.toml"]
    assert main(["evaluate", "--questions", good, bad, *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for problem in (
        "no folder none",
        "--report",
        "no article [99]",
        "answering everything would pass",
        "refusing everything would pass",
    ):
        assert problem in err


def test_the_same_id_in_two_question_sets_is_refused(tmp_path: Path, capsys) -> None:
    one = lines(tmp_path / "one.jsonl", QUESTIONS[:1])
    two = lines(tmp_path / "two.jsonl", QUESTIONS[:1])
    assert main(["evaluate", "--questions", one, two]) == 2
    assert "more than one of the question sets: a." in capsys.readouterr().err


def test_what_cannot_be_joined_with_a_comparison_is_named(asked: list[str], capsys) -> None:
    assert main([*asked, "--compare", "a", "b", "--gate", "g", "--baseline"]) == 2
    err = capsys.readouterr().err
    assert "--baseline, --gate" in err and "a: cannot be read" in err and "g: cannot be read" in err
