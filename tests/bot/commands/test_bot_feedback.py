"""`tiaowen feedback export` hands on what people allowed, and says what it leaves out."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import Store, Vote
from corpus import read_questions


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TIAOWEN_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def fill(folder: Path) -> None:
    async def write(store: Store) -> None:
        await store.people.set_consent("p", True)
        await store.votes.put(Vote("p", "1", 15, True, "IPPAS?", "en"))
        await store.votes.put(Vote("p", "2", 9, False, "哪個公約", "zh-Hant"))
        await store.votes.put(Vote("q", "3", 9, True))
        await store.unanswered.put("p", "誰付錢", "zh-Hant", "related")
        await store.unanswered.put("p", "IPPAS?", "en", "related")

    store = Store(folder)
    asyncio.run(write(store))
    store.close()


def test_candidates_are_a_question_set(state: Path, tmp_path: Path, capsys) -> None:
    fill(state)
    out = tmp_path / "candidates.jsonl"
    assert main(["feedback", "export", "--out", str(out)]) == 0
    assert [(q.text, q.lang, q.gold) for q in read_questions(out)] == [
        ("IPPAS?", "en", (15,)),
        ("哪個公約", "zh-Hant", ()),
        ("誰付錢", "zh-Hant", ()),
    ]
    said = capsys.readouterr()
    assert said.out == "" and "3 candidates; 1 votes" in said.err


def test_without_a_file_they_go_to_stdout(state: Path, capsys) -> None:
    fill(state)
    assert main(["feedback", "export"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r.get("vote") for r in records] == ["up", "down", None]
    assert "p" not in {str(value) for record in records for value in record.values()}


def test_where_nobody_allowed_anything_there_is_nothing(state: Path, capsys) -> None:
    Store(state).close()
    assert main(["feedback", "export"]) == 1
    assert capsys.readouterr().out == ""


def test_where_no_bot_ever_ran_it_says_so_and_makes_nothing(state: Path, capsys) -> None:
    assert main(["feedback", "export"]) == 2
    assert "TIAOWEN_STATE_DIR" in capsys.readouterr().err
    assert not state.exists()
