"""Read the 4-bit weights file of the bundled model: numbers out, nothing executed.

The file is little-endian and has, one after the other: a header of sizes, the vocabulary
(offsets, scores, one blob of UTF-8), a normalisation map that is skipped, a directory of tensors
and the tensors themselves. Vectors are plain f32. Matrices are Q4_0: blocks of 18 bytes, an f16
scale and 16 bytes, where byte j holds weight j in its low and weight j + 16 in its high nibble,
and a weight is (nibble - 8) * scale.

Every number read from the file is checked before it is used, so that a truncated or odd file ends
in `WeightsDamaged` and never in an exception from `struct` or `numpy`.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.errors import WeightsDamaged

MAGIC: Final = b"E5S1"
VERSION: Final = 1
BLOCK: Final = 32
FLOAT32: Final = 0
Q4_0: Final = 1

_Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("packed", "u1", (BLOCK // 2,))])
_BYTES_PER_UNIT: Final = {FLOAT32: 4, Q4_0: _Q4_BLOCK.itemsize}
_ELEMENTS_PER_UNIT: Final = {FLOAT32: 1, Q4_0: BLOCK}
_MOST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Architecture:
    """Hold the sizes of the encoder that the weights belong to."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold the pieces in id order, their log probabilities, and the four special ids."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Say where a tensor lies in the file: dtype code, elements, byte offset and byte length."""

    dtype: int
    elements: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold a parsed weights file; tensors are decoded only when asked for."""

    architecture: Architecture
    vocabulary: Vocabulary
    entries: Mapping[str, TensorEntry]
    data: bytes

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return the tensor `name` as float32 of the given shape.

        Raises:
            WeightsDamaged: no such tensor, another number of elements, or values not finite.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise WeightsDamaged(
                f"The weights file has no tensor {name!r}; it is not this model's."
            )
        if entry.elements != prod(shape):
            raise WeightsDamaged(
                f"Tensor {name!r} has {entry.elements} elements, "
                f"expected {prod(shape)} for {shape}."
            )
        if entry.dtype == FLOAT32:
            values = np.frombuffer(self.data, "<f4", entry.elements, entry.offset)
            values = values.astype(np.float32)
            if not np.isfinite(values).all():
                raise WeightsDamaged(f"Tensor {name!r} holds values that are not finite numbers.")
        else:
            values = _dequantise(self.data, entry, name)
        return values.reshape(shape)


class _Cursor:
    """Walk through bytes, refusing every step beyond their end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def skip(self, length: int, what: str) -> int:
        start = self.at
        if length < 0 or length > len(self.data) - start:
            raise WeightsDamaged(
                f"The weights file ends inside {what}: {length} bytes expected at offset {start}, "
                f"{len(self.data) - start} left. Reinstall the package that brings it."
            )
        self.at = start + length
        return start

    def unpack(self, layout: str, what: str) -> tuple[Any, ...]:
        return struct.unpack_from(
            "<" + layout, self.data, self.skip(struct.calcsize("<" + layout), what)
        )

    def array(self, dtype: str, count: int, what: str) -> NDArray[Any]:
        start = self.skip(count * np.dtype(dtype).itemsize, what)
        return np.frombuffer(self.data, dtype, count, start)


def parse_weights(data: bytes) -> Weights:
    """Return the parsed weights file.

    Raises:
        WeightsDamaged: the bytes are truncated, of another format, or contradict themselves.
    """
    cursor = _Cursor(data)
    if data[: len(MAGIC)] != MAGIC:
        raise WeightsDamaged(f"The weights file starts with {data[:4]!r}, expected {MAGIC!r}.")
    cursor.skip(len(MAGIC), "the magic number")
    (version,) = cursor.unpack("I", "the header")
    if version != VERSION:
        raise WeightsDamaged(f"The weights file has format version {version}, expected {VERSION}.")
    architecture = _read_architecture(cursor)
    vocabulary = _read_vocabulary(cursor)
    entries = _read_directory(cursor)
    return Weights(architecture, vocabulary, entries, data)


def _within(value: int, lowest: int, highest: int, what: str) -> int:
    if not lowest <= value <= highest:
        raise WeightsDamaged(
            f"The weights file gives {what} as {value}, expected {lowest} to {highest}."
        )
    return value


def _read_architecture(cursor: _Cursor) -> Architecture:
    names = ("hidden", "layers", "heads", "ffn", "vocabulary", "positions", "token types")
    sizes = cursor.unpack("7i", "the header")
    for name, size in zip(names, sizes, strict=True):
        _within(size, 1, _MOST, name)
    epsilon, block = cursor.unpack("fi", "the header")
    if not 0.0 < epsilon < 1.0:
        raise WeightsDamaged(f"The weights file gives the layer-norm epsilon as {epsilon}.")
    _within(block, BLOCK, BLOCK, "block size")
    if sizes[0] % sizes[2]:
        raise WeightsDamaged(f"Hidden size {sizes[0]} does not divide into {sizes[2]} heads.")
    return Architecture(*[*sizes, epsilon])


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, *special = cursor.unpack("5i", "the vocabulary header")
    _within(count, 4, _MOST, "number of pieces")
    for name, value in zip(("bos", "eos", "pad", "unk"), special, strict=True):
        _within(value, 0, count - 1, f"id of {name}")
    if len(set(special)) != len(special):
        raise WeightsDamaged(f"The special ids {special} are not all different.")
    (blob_length,) = cursor.unpack("Q", "the vocabulary header")
    offsets = cursor.array("<u4", count + 1, "the piece offsets").astype(np.int64)
    scores = cursor.array("<f4", count, "the piece scores").astype(np.float32)
    if not np.isfinite(scores).all():
        raise WeightsDamaged("The piece scores hold values that are not finite numbers.")
    start = cursor.skip(blob_length, "the pieces")
    if offsets[0] != 0 or offsets[-1] != blob_length or (np.diff(offsets) <= 0).any():
        raise WeightsDamaged("The piece offsets do not rise from 0 to the length of the pieces.")
    blob = cursor.data[start : start + blob_length]
    bounds = offsets.tolist()
    try:
        pieces = tuple(blob[a:b].decode() for a, b in pairwise(bounds))
    except UnicodeDecodeError as error:
        raise WeightsDamaged("A piece of the vocabulary is not UTF-8.") from error
    if len(set(pieces)) != count:
        raise WeightsDamaged("The vocabulary holds the same piece twice.")
    return Vocabulary(pieces, scores, *special)


def _read_directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    _, map_length = cursor.unpack("iI", "the normalisation map")
    cursor.skip(map_length, "the normalisation map")
    (count,) = cursor.unpack("i", "the tensor directory")
    _within(count, 1, 100_000, "number of tensors")
    entries: dict[str, TensorEntry] = {}
    for _ in range(count):
        (name_length,) = cursor.unpack("H", "the tensor directory")
        start = cursor.skip(name_length, "the tensor directory")
        name = cursor.data[start : cursor.at].decode("utf-8", "replace")
        entry = TensorEntry(*cursor.unpack("BIQQ", "the tensor directory"))
        _check_entry(name, entry, len(cursor.data))
        if name in entries:
            raise WeightsDamaged(f"The tensor directory names {name!r} twice.")
        entries[name] = entry
    return entries


def _check_entry(name: str, entry: TensorEntry, file_length: int) -> None:
    if entry.dtype not in _BYTES_PER_UNIT:
        raise WeightsDamaged(
            f"Tensor {name!r} has the unknown type {entry.dtype}, expected 0 or 1."
        )
    units, rest = divmod(entry.elements, _ELEMENTS_PER_UNIT[entry.dtype])
    expected = units * _BYTES_PER_UNIT[entry.dtype]
    if rest or entry.length != expected:
        raise WeightsDamaged(
            f"Tensor {name!r} of {entry.elements} elements takes {entry.length} bytes, "
            f"expected {expected}."
        )
    if entry.offset + entry.length > file_length:
        raise WeightsDamaged(
            f"Tensor {name!r} ends at byte {entry.offset + entry.length}, "
            f"the weights file at {file_length}. Reinstall the package that brings it."
        )


def _dequantise(data: bytes, entry: TensorEntry, name: str) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, _Q4_BLOCK, entry.elements // BLOCK, entry.offset)
    scales = blocks["scale"].astype(np.float32)
    if not np.isfinite(scales).all():
        raise WeightsDamaged(f"Tensor {name!r} holds scales that are not finite numbers.")
    values = np.empty((len(blocks), BLOCK), np.float32)
    values[:, : BLOCK // 2] = blocks["packed"] & 0x0F
    values[:, BLOCK // 2 :] = blocks["packed"] >> 4
    values -= 8.0
    values *= scales[:, None]
    return values.reshape(-1)
