"""Sentence-transformers models of two layers, made on the spot."""

from pathlib import Path
from typing import Any

from retrieval.encoder.agreement import CHECK_SENTENCES
from retrieval.encoder.quiet import quiet

HIDDEN = 32


def save_model(inner: Path, out: Path, vocabulary: str, pooling: str, dense: bool) -> None:
    """Save a model in ``out``; its transformer alone is left in ``inner``."""
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense, Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

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
