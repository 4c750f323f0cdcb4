"""A pack of three articles with questions that its training can learn."""

import json
from pathlib import Path

from corpus import Pack, build_pack, open_pack

TOPICS = {1: "ferry harbour ship", 2: "bread oven flour", 3: "violin cello music"}
ASKING = ("where is the {}", "who pays for {}", "tell me of {}", "{} please", "any {} at all", "{}")


def question_lines(prefix: str, rounds: int) -> str:
    records = [
        {"id": f"{prefix}-{number}-{i}-{turn}", "question": ask.format(word), "gold": [number],
         "lang": "en", "kind": "fact"}
        for number, words in TOPICS.items()
        for turn, word in enumerate(words.split())
        for i, ask in enumerate(ASKING[:rounds])
    ]  # fmt: skip
    records += [
        {"id": f"{prefix}-none-{i}", "question": text, "gold": [], "lang": "en", "kind": kind}
        for i, (text, kind) in enumerate(
            [("hello", "chitchat"), ("goodbye", "chitchat"), ("how old is the ship", "near_miss")]
            * 2
        )
    ]
    return "".join(json.dumps(record) + "\n" for record in records)


def build_labelled_pack(folder: Path) -> Pack:
    """Build the pack in ``folder``, questions to train and to choose on beside its articles."""
    source = folder / "house.txt"
    text = "".join(f"{n}. Here we speak of {words}.\n" for n, words in TOPICS.items())
    source.write_text(text, encoding="utf-8")
    build_pack(source, folder / "pack")
    (folder / "pack" / "train.jsonl").write_text(question_lines("t", 6), encoding="utf-8")
    (folder / "pack" / "dev.jsonl").write_text(question_lines("d", 2), encoding="utf-8")
    return open_pack(str(folder / "pack"))
