"""Write a Unigram vocabulary as a `sentencepiece` model file.

The same vocabulary as a `tokenizers` file takes a second and 200 MB to open; as a sentencepiece
model it opens in half the time, in a quarter of the memory, and encodes several times faster.
"""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Hold the ids that text never produces by itself."""

    bos: int
    eos: int
    pad: int
    unk: int


def sentencepiece_model(
    pieces: Sequence[tuple[str, float]], special: SpecialIds, control: Collection[int]
) -> bytes:
    """Return a serialised sentencepiece model with these pieces in this order.

    `pieces` are (text, log probability); `control` are further ids, such as a mask token, that no
    text may be turned into. Ids of the model are positions in `pieces`.
    """
    protobuf: Any = import_module("sentencepiece.sentencepiece_model_pb2")
    model = protobuf.ModelProto()
    never = {special.bos, special.eos, special.pad, *control}
    kinds = protobuf.ModelProto.SentencePiece
    for position, (text, score) in enumerate(pieces):
        piece = model.pieces.add()
        piece.piece = text
        piece.score = score
        if position == special.unk:
            piece.type = kinds.UNKNOWN
        elif position in never:
            piece.type = kinds.CONTROL
    trainer = model.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.vocab_size = len(pieces)
    trainer.bos_id, trainer.bos_piece = special.bos, pieces[special.bos][0]
    trainer.eos_id, trainer.eos_piece = special.eos, pieces[special.eos][0]
    trainer.pad_id, trainer.pad_piece = special.pad, pieces[special.pad][0]
    trainer.unk_id, trainer.unk_piece = special.unk, pieces[special.unk][0]
    model.normalizer_spec.CopyFrom(_normaliser_of_a_trained_model())
    serialised: bytes = model.SerializeToString()
    return serialised


def _normaliser_of_a_trained_model() -> Any:
    # The compiled rule table has no public constructor: the shortest way to it is a model
    # trained on next to nothing.
    import sentencepiece

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["one line of text", "and another line"]),
        model_writer=written,
        vocab_size=20,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        add_dummy_prefix=True,
        remove_extra_whitespaces=True,
        minloglevel=2,
    )
    protobuf: Any = import_module("sentencepiece.sentencepiece_model_pb2")
    trained = protobuf.ModelProto()
    trained.ParseFromString(written.getvalue())
    return trained.normalizer_spec
