"""`tiaowen evaluate`: measure answers on a question set."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bot.commands.evaluate_inputs import Inputs, read_inputs
from bot.terminal import BuildProgress
from bot.translations import translation
from bot.why import why_lines
from corpus import write_beir, write_trec
from retrieval import Retriever
from retrieval.evaluation import (
    Evaluation,
    GateResult,
    Prediction,
    cases,
    check_gate,
    compare,
    encode_run,
    evaluate,
    format_comparison,
    format_overall,
    format_table,
    plain_encoder,
    predict,
    predict_plain_dense,
    write_predictions,
    write_report,
)
from retrieval.settings import RetrievalSettings

SYSTEM, BASELINE = "tiaowen", "plain dense index"


def run(arguments: argparse.Namespace) -> int:
    """Measure what the arguments ask for; return 0, or 1 where the gate does not hold."""
    inputs = read_inputs(arguments)
    if inputs.compared:
        return _compare(arguments, inputs)
    answered = _predictions(arguments, inputs)
    if arguments.predictions:
        write_predictions(Path(arguments.predictions), answered[SYSTEM])
    _export(arguments, inputs, answered)
    systems = [evaluate(system, cases(inputs.items, found)) for system, found in answered.items()]
    results = None if inputs.gate is None else check_gate(inputs.gate, systems[0].cases)
    if arguments.report:
        why = {} if inputs.predictions is not None else _reasons(inputs, systems[0])
        page = write_report(
            Path(arguments.report), inputs.document, inputs.files, systems, results or (), why
        )
        sys.stderr.write(f"{page}\n")
    if arguments.json:
        _write_json(_data(inputs, systems, results))
    else:
        _write_text(systems, results)
    broken = [result for result in results or () if not result.holds]
    for result in broken:
        sys.stderr.write(f"gate broken: {result.sentence}\n")
    return 1 if broken else 0


def _reasons(inputs: Inputs, system: Evaluation) -> dict[str, str]:
    """Return, by case, why each wrong answer to a question that stands alone was given."""
    retriever = Retriever.open(inputs.pack)
    alone = [m.case for m in system.mistakes if m.case.prediction.turn is None]
    return {
        case.key: "\n".join(why_lines(retriever.ask(case.text, why=True), translation("en")))
        for case in alone
    }


def _compare(arguments: argparse.Namespace, inputs: Inputs) -> int:
    first, second = (cases(inputs.items, found) for found in inputs.compared)
    found = compare(first, second)
    a, b = arguments.compare
    if arguments.json:
        figures = {name: one.to_dict() for name, one in found.items()}
        _write_json({"a": a, "b": b, "questions": _names(inputs), "figures": figures})
    else:
        sys.stdout.write(f"A = {a}\nB = {b}\n\n{format_comparison(found)}\n")
    return 0


def _predictions(arguments: argparse.Namespace, inputs: Inputs) -> dict[str, list[Prediction]]:
    """Return what each system answers; a model is opened only where something is to be asked."""
    answered = {}
    progress = BuildProgress()
    if inputs.predictions is not None:
        answered[SYSTEM] = [*inputs.predictions]
    else:
        retriever = Retriever.open(inputs.pack, progress=progress)
        progress.close()
        answered[SYSTEM] = predict(retriever, inputs.items, _show_progress)
    if arguments.baseline:
        encoder = plain_encoder(RetrievalSettings.read(), progress)
        progress.close()
        answered[BASELINE] = predict_plain_dense(inputs.document, encoder, inputs.items)
    return answered


def _export(
    arguments: argparse.Namespace, inputs: Inputs, answered: dict[str, list[Prediction]]
) -> None:
    if arguments.export_beir:
        write_beir(Path(arguments.export_beir), inputs.document, inputs.items)
    if arguments.export_trec:
        folder = Path(arguments.export_trec)
        write_trec(folder, inputs.document, inputs.items)
        for system, found in answered.items():
            tag = system.replace(" ", "-")
            name = "run.txt" if system == SYSTEM else f"run.{tag}.txt"
            (folder / name).write_text(encode_run(found, inputs.document, tag), encoding="utf-8")


def _write_text(systems: list[Evaluation], results: tuple[GateResult, ...] | None) -> None:
    tables = [
        f"{found.system}\n{format_table(found.figures)}\n\n{format_overall(found)}\n"
        for found in systems
    ]
    if results is not None:
        held = sum(result.holds for result in results)
        tables.append(f"gate: {held} of {len(results)} lines hold\n")
    sys.stdout.write("\n".join(tables))


def _data(
    inputs: Inputs, systems: list[Evaluation], results: tuple[GateResult, ...] | None
) -> dict[str, Any]:
    gate = {} if results is None else {"gate": [result.to_dict() for result in results]}
    measured = {found.system: found.to_dict() for found in systems}
    return {"document": inputs.document.id, "questions": _names(inputs), "systems": measured} | gate


def _names(inputs: Inputs) -> list[str]:
    return [str(file) for file in inputs.files]


def _write_json(data: dict[str, Any]) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _show_progress(step: str, share: float) -> None:
    """Show how far the questions are asked, where somebody is watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{step} {share:4.0%}" + ("\n" if share == 1 else ""))
