"""Turn a SentenceTransformer into one ONNX graph from token ids to the sentence vector.

All modules of the model (encoder, pooling, dense, normalisation) go into the graph as they are, so
any model made of traceable modules over `input_ids` and `attention_mask` passes the same path.
Weights are then stored in 8 bits, per output channel, which makes a question about twice as fast.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from retrieval.encoder.errors import UnknownModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INPUTS: Final = ("input_ids", "attention_mask")
OUTPUT: Final = "sentence_embedding"
OPSET: Final = 20
MAPPED_FROM_BYTES: Final = 1 << 16

logger = logging.getLogger(__name__)


def export_onnx(model: "SentenceTransformer", path: Path) -> None:
    """Write `model` to `path` as an fp32 ONNX graph with dynamic batch size and length.

    Its weights go into a file of the same name plus `.data`, since one graph file ends at 2 GB.

    The model is taken as it is in memory, so one whose encoder was tuned or merged with an adapter
    exports the same way. It is left in evaluation mode.

    Raises:
        UnknownModel: the model does not consist of modules that can be traced over text tokens.
    """
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features: dict[str, Any] = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in self.inner:
                features = module(features)
            vector: torch.Tensor = features[OUTPUT]
            return vector

    ids = torch.arange(5, 19).reshape(2, 7)
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=1)
    shapes = {name: {0: batch, 1: length} for name in INPUTS}
    try:
        with torch.no_grad(), _plain_attention(model):
            program = torch.onnx.export(
                Graph().eval(),
                (ids, mask),
                dynamo=True,
                input_names=list(INPUTS),
                output_names=[OUTPUT],
                dynamic_shapes=shapes,
                opset_version=OPSET,
                optimize=True,
                verbose=False,
            )
        if program is None:
            raise RuntimeError("the exporter returned nothing")
        program.save(str(path), external_data=True)
    # The exporter raises whatever the model's own code makes it raise.
    except Exception as error:
        raise UnknownModel(
            "This model cannot be exported to ONNX "
            f"({type(error).__name__}: {_first_line(error)}). "
            "Choose a text encoder made of a transformer, pooling and dense layers, such as "
            "intfloat/multilingual-e5-small."
        ) from error


def quantise(source: Path, target: Path, *, spare_narrowing: bool = False) -> None:
    """Write the fp32 graph `source` to `target` with weights in 8 bits, per channel.

    With `spare_narrowing`, the products that go from many numbers to fewer keep 32 bits: they end
    a feed-forward block, and a tuned model's few very large activations stand before them, where
    one range for all of them leaves little for the rest (Dettmers et al. 2022).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=_narrowing(source) if spare_narrowing else [],
    )


def _narrowing(source: Path) -> list[str]:
    """Return the names of the matrix products whose stored matrix has more rows than columns."""
    import onnx

    graph = onnx.load(str(source), load_external_data=False).graph
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type == "MatMul"
        for rows, columns in (shapes[name] for name in node.input if len(shapes.get(name, ())) == 2)
        if rows > columns
    ]


def freeze(source: Path, target: Path, weights: str) -> None:
    """Write the graph `source`, already optimised, to `target`, large tensors to file `weights`.

    Optimising once, here, and mapping the large tensors into memory instead of parsing them makes
    a session open several times faster, and keeps rows of the vocabulary that are never used out
    of memory. The level is the highest whose result does not depend on the processor.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    prefix = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(prefix + "file_name", weights)
    options.add_session_config_entry(prefix + "min_size_in_bytes", str(MAPPED_FROM_BYTES))
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


@contextmanager
def _plain_attention(model: "SentenceTransformer") -> Iterator[None]:
    # Fused attention kernels have no counterpart in the graph language.
    inner = getattr(model[0], "auto_model", None)
    before = getattr(getattr(inner, "config", None), "_attn_implementation", None)
    if inner is None or before in (None, "eager"):
        yield
        return
    inner.set_attn_implementation("eager")
    try:
        yield
    finally:
        inner.set_attn_implementation(before)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0][:200]
