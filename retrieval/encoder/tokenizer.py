"""Turn text into token ids at answering time, whatever the text is.

Two implementations of one protocol: `sentencepiece` models (small and fast to open, for Unigram
vocabularies) and `tokenizers` files (for everything else). Both first make any Python string safe:
lone surrogates are replaced, NUL becomes a space, and the length is capped so that time is bounded.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from retrieval.encoder.card import SENTENCEPIECE_FILE, TOKENIZER_FILE
from retrieval.encoder.errors import EncoderDamaged

CHARACTERS_PER_TOKEN: Final = 32


class Tokenizer(Protocol):
    """Turn texts into lists of token ids, special tokens included, truncated to the model's."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text; never raises on any string."""
        ...


def clean(text: str, max_seq_length: int) -> str:
    """Return `text` as valid Unicode, cut to what `max_seq_length` tokens can possibly hold.

    Halves of surrogate pairs are joined where they belong together, else replaced by U+FFFD.
    """
    text = text[: max_seq_length * CHARACTERS_PER_TOKEN].replace("\0", " ")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class SentencePieceTokenizer:
    """Tokenize with a sentencepiece model as `<s> text </s>`."""

    def __init__(self, path: Path, max_seq_length: int) -> None:
        import sentencepiece

        try:
            self._model = sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as error:
            raise EncoderDamaged(f"{path.name} cannot be opened: {error}") from error
        self._max_seq_length = max_seq_length
        self._first = int(self._model.bos_id())
        self._last = int(self._model.eos_id())

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, at most `max_seq_length` of them."""
        # One by one: handing over a list would start a pool of threads inside the library.
        room = self._max_seq_length - 2
        return [
            [self._first, *self._model.encode(clean(text, self._max_seq_length))[:room], self._last]
            for text in texts
        ]


class FastTokenizer:
    """Tokenize with a `tokenizers` file (tokenizer.json)."""

    def __init__(self, path: Path, max_seq_length: int) -> None:
        import tokenizers

        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(path))
        # The library raises bare Exception for every unreadable file.
        except Exception as error:
            raise EncoderDamaged(f"{path.name} cannot be opened: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_seq_length)
        self._max_seq_length = max_seq_length

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, at most `max_seq_length` of them."""
        return [
            list(self._tokenizer.encode(clean(text, self._max_seq_length)).ids) for text in texts
        ]


def open_tokenizer(folder: Path, name: str, max_seq_length: int) -> Tokenizer:
    """Return the tokenizer in file `name` of `folder`.

    Raises:
        EncoderDamaged: the file is missing, unreadable, or of an unknown kind.
    """
    kinds: dict[str, type[SentencePieceTokenizer] | type[FastTokenizer]] = {
        SENTENCEPIECE_FILE: SentencePieceTokenizer,
        TOKENIZER_FILE: FastTokenizer,
    }
    kind = kinds.get(name)
    if kind is None:
        raise EncoderDamaged(f"Unknown tokenizer file {name!r}, expected one of {sorted(kinds)}.")
    if not (folder / name).is_file():
        raise EncoderDamaged(f"The encoder folder has no {name}. Build the encoder again.")
    return kind(folder / name, max_seq_length)
