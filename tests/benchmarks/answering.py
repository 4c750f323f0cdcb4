"""Compare answering here with a plain dense index of the same model, in one run.

The other side is what a first script does: sentence-transformers loads the model, one vector an
article lies in a flat faiss index, the nearest article is the answer. Both sides answer the same
questions on the same machine, alternating; times are medians.

    make benchmark
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

ROUNDS = 5
QUESTIONS = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=["tiaowen", "plain"])
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--cache", type=Path, default=user_cache_path("tiaowen-tests"))
    arguments = parser.parse_args()
    if arguments.side:
        side = {"tiaowen": measure_tiaowen, "plain": measure_plain}[arguments.side]
        print(json.dumps(side(arguments.cache, arguments.questions)))
        return 0
    prepare(arguments.cache)
    rounds: dict[str, list[dict[str, float]]] = {"tiaowen": [], "plain": []}
    for _ in range(ROUNDS):
        for name, found in rounds.items():
            found.append(run_side(name, arguments.cache, arguments.questions))
    report(rounds)
    return 0


def run_side(name: str, cache: Path, questions: int) -> dict[str, float]:
    """Run one side twice in fresh processes: a cold start, then many questions."""
    command = [sys.executable, __file__, "--side", name, "--cache", str(cache), "--questions"]
    started = time.perf_counter()
    subprocess.run([*command, "1"], check=True, capture_output=True)
    cold = time.perf_counter() - started
    many = subprocess.run([*command, str(questions)], check=True, capture_output=True, text=True)
    return {"cold start, s": cold} | json.loads(many.stdout)


def report(rounds: dict[str, list[dict[str, float]]]) -> None:
    ours, plain = rounds["tiaowen"], rounds["plain"]
    print(f"{'':24}{'tiaowen':>10}{'plain':>10}{'ratio':>8}   (medians of {ROUNDS} rounds)")
    for key in ours[0]:
        a = statistics.median(r[key] for r in ours)
        b = statistics.median(r[key] for r in plain)
        print(f"{key:24}{a:10.2f}{b:10.2f}{b / a:7.1f}x")


def questions_of(count: int) -> list[str]:
    from corpus import open_pack, read_questions, single_questions

    pack = open_pack()
    # A direct reference needs no model here: it would flatter us.
    found = [
        q.text
        for q in single_questions(read_questions(pack.path / "dev.jsonl"))
        if q.kind not in ("reference", "other_law") and q.text.strip()
    ]
    return found[:: max(1, len(found) // count)][:count]


def timed(ask: Callable[[str], object], questions: list[str]) -> dict[str, float]:
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return {
        "p50 of a question, ms": statistics.median(times),
        "peak memory, MB": peak_memory(),
    }


def peak_memory() -> float:
    """Return this process's peak resident memory in MB.

    Not from getrusage: a process there starts from the peak of the one that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) / 1024


def measure_tiaowen(cache: Path, count: int) -> dict[str, float]:
    from retrieval import RetrievalSettings, Retriever
    from retrieval.artefacts import no_progress

    settings = RetrievalSettings("hague-2014", "bundled", "faiss", cache)
    retriever = Retriever.open(settings=settings, progress=no_progress)
    found = timed(retriever.ask, questions_of(count))
    return found | {"built files, MB": sum(map(size, built_folders(cache)))}


def built_folders(cache: Path) -> list[Path]:
    from corpus import open_pack
    from retrieval.artefacts import ArtefactStore, no_progress
    from retrieval.build import build

    built = build(open_pack(), "bundled", ArtefactStore(cache), no_progress)
    return [built.encoder, built.vectors]


def measure_plain(cache: Path, count: int) -> dict[str, float]:
    import faiss
    from sentence_transformers import SentenceTransformer

    from corpus import open_pack

    folder = plain_folder(cache)
    model = SentenceTransformer(str(folder / "model"), device="cpu")
    index = faiss.read_index(str(folder / "articles.faiss"))
    articles = open_pack().document.articles

    def ask(question: str) -> object:
        _, rows = index.search(model.encode([question], prompt_name="query"), 5)
        return [articles[row] for row in rows[0]]

    found = timed(ask, questions_of(count))
    return found | {"built files, MB": size(folder)}


def prepare(cache: Path) -> None:
    """Build both sides' files, so that no measurement pays for it."""
    built_folders(cache)
    folder = plain_folder(cache)
    if (folder / "articles.faiss").is_file():
        return
    import faiss

    from corpus import open_pack
    from retrieval.encoder import load_sentence_transformer

    model = load_sentence_transformer("bundled")
    vectors = model.encode([a.text for a in open_pack().document], prompt_name="passage")
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder / "model"))
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "articles.faiss"))


def plain_folder(cache: Path) -> Path:
    return cache / "plain-dense-index"


def size(folder: Path) -> float:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 2**20


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    sys.exit(main())
