"""Small things for tests: a document, an encoder whose vectors can be explained, tiny models."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import Article, Document, Pack
from retrieval.encoder.agreement import CHECK_SENTENCES
from retrieval.encoder.quiet import quiet

HIDDEN = 32
MakeModel = Callable[..., Path]
WORDS = ("apple", "bread", "cheese", "dates", "eggs")


class WordEncoder:
    """Give each of five words an axis of its own; a text is the sum of its words, of length 1."""

    dimension = len(WORDS) + 1

    def __init__(self) -> None:
        self.queries: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.queries += texts
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array(
            [[text.count(w) for w in WORDS] + [0.5] for text in texts], dtype=np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def word_encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def small_document() -> Document:
    texts = {
        0: "A table of contents.",
        1: "Everyone brings apple. Nobody brings bread.",
        2: "The cheese is for 12 guests. It was bought in May. The dates are sweet.",
        3: "The eggs are fresh.",
    }
    articles = tuple(
        Article(
            f"small/{n}", n, "Preface" if n == 0 else f"Article {n}", None if n == 0 else "Food", t
        )
        for n, t in texts.items()
    )
    return Document("small", "Picnic Rules", "en", articles)


@pytest.fixture
def small_pack(small_document: Document, tmp_path: Path) -> Pack:
    folder = tmp_path / "pack"
    folder.mkdir()
    return Pack(folder, small_document, "0" * 64)


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
