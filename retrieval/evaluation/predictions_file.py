"""Write and read predictions files: JSON Lines, one line a question, in the fixed format."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

from corpus import Dialogue, Question
from retrieval.answer import Status
from retrieval.evaluation.case import case_key, case_keys
from retrieval.evaluation.errors import PredictionsError
from retrieval.evaluation.prediction import Prediction

_STATUSES: tuple[Status, ...] = get_args(Status)
_MAX_REPORTED = 20


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """Write one line a prediction to ``path``."""
    lines = (json.dumps(p.to_dict(), ensure_ascii=False) + "\n" for p in predictions)
    path.write_text("".join(lines), encoding="utf-8")


def read_predictions(path: Path, items: Sequence[Question | Dialogue]) -> list[Prediction]:
    """Return the predictions for ``items``, in their order, whatever the file's order is.

    Raises PredictionsError, naming every line that is wrong (up to 20 of them), every question
    that the file leaves out and every one it has of another set.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise PredictionsError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise PredictionsError(
            f"{path}: not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error
    found: dict[str, Prediction] = {}
    problems: list[str] = []
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            prediction = _prediction(json.loads(line))
        except json.JSONDecodeError as error:
            problems.append(f"line {at}: not JSON ({error.msg})")
            continue
        except RecursionError:
            problems.append(f"line {at}: nested too deeply to be a prediction")
            continue
        except (ValueError, TypeError) as error:
            problems.append(f"line {at}: {error}")
            continue
        key = case_key(prediction.id, prediction.turn)
        if key in found:
            problems.append(f"line {at}: a second prediction for {key!r}")
        found.setdefault(key, prediction)
    keys = case_keys(items)
    if not problems:
        problems = [f"no prediction for {key!r}" for key in keys if key not in found]
        asked = set(keys)
        problems += [f"{key!r} is not in the question set" for key in found if key not in asked]
    if problems:
        more = len(problems) - _MAX_REPORTED
        shown = problems[:_MAX_REPORTED] + ([f"… and {more} more"] if more > 0 else [])
        raise PredictionsError(
            f"{path}: not the predictions of these {len(keys)} questions:\n  " + "\n  ".join(shown)
        )
    return [found[key] for key in keys]


def _prediction(record: Any) -> Prediction:
    if not isinstance(record, dict):
        raise TypeError(f"expected an object, found {type(record).__name__}")
    identity, turn = record.get("id"), record.get("turn")
    if not isinstance(identity, str) or not identity:
        raise ValueError(f"expected a text under 'id', found {identity!r}")
    status = next((s for s in _STATUSES if s == record.get("status")), None)
    if status is None:
        expected = ", ".join(_STATUSES)
        raise ValueError(f"status: expected one of {expected}, found {record.get('status')!r}")
    if turn is not None and (type(turn) is not int or turn < 0):
        raise ValueError(f"turn: expected a number from 0, found {turn!r}")
    confidence = record.get("confidence")
    if (
        isinstance(confidence, bool)
        or not isinstance(confidence, int | float)
        or not 0 <= confidence <= 1
    ):
        raise ValueError(f"confidence: expected a number from 0 to 1, found {confidence!r}")
    cited, related = _numbers(record, "cited"), _numbers(record, "related")
    if len(set(cited + related)) < len(cited + related):
        raise ValueError("an article is shown twice")
    if status == "answered" and not cited:
        raise ValueError("status is 'answered', but nothing is cited")
    return Prediction(identity, status, cited, related, float(confidence), turn)


def _numbers(record: dict[str, Any], key: str) -> tuple[int, ...]:
    value = record.get(key, [])
    if not isinstance(value, list) or any(type(n) is not int for n in value):
        raise ValueError(f"{key}: expected a list of article numbers, found {value!r}")
    return tuple(value)
