"""Train an adapter on the query side of an encoder: LoRA (Hu et al. 2021) through peft.

Passages keep the vectors of the untouched model; only questions move. Seeded epoch by epoch, so
that a training that was interrupted goes on from its last epoch as if it had not been.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

from corpus import Document, Question
from retrieval.artefacts import Progress, content_key
from retrieval.encoder.loading import encode_untuned, prompts_of
from retrieval.encoder.quiet import quiet
from retrieval.passages import cut_passages, positions_of
from retrieval.training.batches import batches
from retrieval.training.dropout import speed_up_dropout
from retrieval.training.lower_layers import Row, lower_layers_done
from retrieval.training.neighbours import NeighbourBank
from retrieval.training.objective import (
    NEITHER,
    class_scores,
    half_right,
    loss,
    nearest_loss,
    targets,
)
from retrieval.training.sentence_head import SentenceHead
from retrieval.training.settings import TrainingSettings

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_LAYERS = ["query", "key", "value", "dense"]
_WARM_UP = 0.06
_MAX_NORM = 1.0


def train_adapter(
    model: "SentenceTransformer",
    document: Document,
    questions: Sequence[Question],
    settings: TrainingSettings,
    out: Path,
    checkpoint: Path,
    progress: Progress,
) -> float:
    """Train an adapter for ``model`` on ``questions``, write it to ``out``, return the last loss.

    ``checkpoint`` is a file kept while training, from which an interrupted training of the same
    questions and settings goes on. ``model`` is left with the adapter attached; load it anew.
    """
    import torch
    from peft import LoraConfig, get_peft_model

    whole, sentences, owners = _passage_tensors(model, document)
    torch.manual_seed(settings.seed)
    transformer: Any = model[0]
    for module in transformer.auto_model.modules():
        # What is not trained cannot overfit: its own dropout would only cost time.
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    depth = transformer.auto_model.config.num_hidden_layers
    untrained = max(0, depth - settings.layers)
    with quiet():
        network: Any = get_peft_model(
            transformer.auto_model,
            LoraConfig(
                r=settings.rank,
                lora_alpha=2 * settings.rank,
                lora_dropout=settings.dropout,
                target_modules=_LAYERS,
                layers_to_transform=list(range(untrained, depth)),
            ),
        )
    speed_up_dropout(network)
    rows = _token_rows(model, [q.text for q in questions], settings.max_tokens)
    neither = torch.nn.Parameter(torch.zeros(NEITHER, whole.shape[1]))
    # Cosines of this family crowd around 0.85; starting there, no class begins far behind.
    bias = torch.nn.Parameter(torch.full((NEITHER,), 0.85))
    head = SentenceHead(document, sentences, questions)
    trained: list[torch.Tensor] = [
        *(p for p in network.parameters() if p.requires_grad),
        neither,
        bias,
        head.rows,
    ]
    optimiser = torch.optim.AdamW(
        trained, lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    steps_an_epoch = math.ceil(len(questions) / settings.batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, _warm_up_and_cosine(settings.epochs * steps_an_epoch)
    )
    positions = positions_of(document)
    bank = NeighbourBank(whole.shape[1], questions, positions)
    state = _Checkpoint(
        checkpoint,
        _training_key(questions, settings),
        [*trained, bank.vectors],
        optimiser,
        schedule,
    )
    first_epoch, mean = state.restore()
    network.train()
    with lower_layers_done(
        network.get_base_model(), untrained, list(rows.values()), progress
    ) as run:
        for epoch in range(first_epoch, settings.epochs):
            torch.manual_seed(settings.seed + epoch)
            epoch_batches = batches(
                questions, settings.batch_size, random.Random(settings.seed + epoch)
            )
            total = 0.0
            for step, batch in enumerate(epoch_batches):
                progress(
                    f"training, epoch {epoch + 1} of {settings.epochs}",
                    (epoch + step / len(epoch_batches)) / settings.epochs,
                )
                queries = _mean_pooled(*run([rows[q.text] for q in batch]))
                scores = class_scores(queries, whole, sentences, owners)
                logits = torch.cat([scores, queries @ neither.T + bias], 1) / settings.temperature
                logits = logits.masked_fill(half_right(batch, positions), -1e4)
                value = loss(logits, targets(batch, positions), batch)
                value += settings.neighbours * bank.loss(queries, batch, settings.temperature)
                value += settings.sentences * head.loss(queries, batch, settings.temperature)
                cosines = scores / settings.temperature
                value += settings.nearest * nearest_loss(cosines, batch, positions)
                optimiser.zero_grad()
                value.backward()  # type: ignore[no-untyped-call]
                bank.keep(queries, batch)
                torch.nn.utils.clip_grad_norm_(trained, _MAX_NORM)
                optimiser.step()
                schedule.step()
                total += float(value.detach())
            mean = total / len(epoch_batches)
            state.keep(epoch + 1, mean)
    network.eval()
    with quiet():
        # Half precision halves the file and moves no vector by more than rounding does.
        network.half().save_pretrained(str(out))
    state.drop()
    return mean


def _passage_tensors(
    model: "SentenceTransformer", document: Document
) -> tuple["torch.Tensor", "torch.Tensor", "torch.Tensor"]:
    import torch

    passages = cut_passages(document)
    positions = positions_of(document)
    vectors = torch.tensor(encode_untuned(model, [p.text for p in passages]))
    is_whole = torch.tensor([p.kind == "article" for p in passages])
    owners = torch.tensor([positions[p.article] for p in passages])
    return vectors[is_whole], vectors[~is_whole], owners[~is_whole]


def _token_rows(
    model: "SentenceTransformer", texts: Sequence[str], max_tokens: int
) -> dict[str, Row]:
    """Return the tokens of each text as a query."""
    prompt = prompts_of(model)[0]
    tokens = model.tokenizer(
        [prompt + text for text in texts], truncation=True, max_length=max_tokens
    )
    return dict(zip(texts, map(tuple, tokens["input_ids"]), strict=True))


def _mean_pooled(hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """Return unit rows, shape (texts, width): the mean over a text's tokens, as in e5."""
    import torch

    kept = mask.unsqueeze(-1).to(hidden.dtype)
    return torch.nn.functional.normalize((hidden * kept).sum(1) / kept.sum(1), dim=1)


def _warm_up_and_cosine(steps: int) -> Callable[[int], float]:
    warm_up = max(1, int(_WARM_UP * steps))

    def factor(step: int) -> float:
        if step < warm_up:
            return (step + 1) / warm_up
        return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))

    return factor


def _training_key(questions: Sequence[Question], settings: TrainingSettings) -> str:
    labels = (f"{q.text}\n{q.kind}\n{q.gold}\n{q.ok}\n{q.mark}\n{q.near}" for q in questions)
    return content_key(["training", str(asdict(settings)), *labels])


class _Checkpoint:
    """Keep and restore a training between epochs."""

    def __init__(
        self, path: Path, key: str, trained: list["torch.Tensor"], optimiser: Any, schedule: Any
    ) -> None:
        self._path, self._key, self._trained = path, key, trained
        self._parts = {"optimiser": optimiser, "schedule": schedule}

    def restore(self) -> tuple[int, float]:
        """Return how many epochs are done and the last loss: none and 0 without a checkpoint."""
        import torch

        if not self._path.is_file():
            return 0, 0.0
        try:
            # Data only: no code runs however the file came to be.
            state = torch.load(self._path, weights_only=True)
        except (OSError, EOFError, RuntimeError, UnpicklingError):
            return 0, 0.0  # cut short or damaged: the training begins anew
        if state["key"] != self._key:
            return 0, 0.0
        with torch.no_grad():
            for tensor, stored in zip(self._trained, state["trained"], strict=True):
                tensor.copy_(stored)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        return int(state["epochs"]), float(state["loss"])

    def keep(self, epochs: int, mean: float) -> None:
        """Write the state after ``epochs`` epochs, whole or not at all."""
        import torch

        state = {"key": self._key, "epochs": epochs, "loss": mean, "trained": self._trained}
        state |= {name: part.state_dict() for name, part in self._parts.items()}
        temporary = self._path.with_suffix(".new")
        torch.save(state, temporary)
        temporary.replace(self._path)

    def drop(self) -> None:
        """Remove the file of a training that is finished."""
        self._path.unlink(missing_ok=True)
