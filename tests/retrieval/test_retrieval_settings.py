"""Settings: the environment, then .env, then what is built in."""

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from retrieval import RetrievalSettings, SettingsError
from retrieval.settings import environment_and_dotenv


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _dotenv(text: str, encoding: str = "utf-8") -> None:
    Path(".env").write_text(text, encoding=encoding)


def test_with_nothing_set_the_bundled_pack_model_and_user_cache_are_used() -> None:
    expected = RetrievalSettings("hague-2014", "bundled", "faiss", user_cache_path("tiaowen"))
    assert RetrievalSettings.read() == expected
    assert RetrievalSettings.read({}) == expected


def test_every_setting_is_read_by_its_fixed_name(tmp_path: Path) -> None:
    values = {
        "TIAOWEN_PACK": "mine",
        "EMBEDDING_MODEL": "some/model",
        "VECTOR_ENGINE": "faiss",
        "TIAOWEN_CACHE_DIR": str(tmp_path),
    }
    assert RetrievalSettings.read(values) == RetrievalSettings(
        "mine", "some/model", "faiss", tmp_path
    )


def test_dotenv_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _dotenv("TIAOWEN_PACK=from-file\nEMBEDDING_MODEL=from-file\n")
    monkeypatch.setenv("TIAOWEN_PACK", "from-environment")
    settings = RetrievalSettings.read()
    assert (settings.pack, settings.model) == ("from-environment", "from-file")


@pytest.mark.parametrize("empty", ["", " ", "\t"])
def test_a_variable_that_is_empty_counts_as_not_set(
    monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    for name in ("TIAOWEN_PACK", "EMBEDDING_MODEL", "VECTOR_ENGINE", "TIAOWEN_CACHE_DIR"):
        monkeypatch.setenv(name, empty)
    assert RetrievalSettings.read() == RetrievalSettings.read({})
    _dotenv("TIAOWEN_PACK=from-file\n")
    assert RetrievalSettings.read().pack == "from-file"  # an empty one does not hide the file's


def test_an_empty_line_in_dotenv_counts_as_not_set() -> None:
    _dotenv("TIAOWEN_PACK=\nEMBEDDING_MODEL\nVECTOR_ENGINE=''\n")
    assert RetrievalSettings.read() == RetrievalSettings.read({})


def test_comments_quotes_and_a_byte_order_mark_are_understood() -> None:
    _dotenv("TIAOWEN_PACK='my pack'  # mine\n# EMBEDDING_MODEL=x\n", encoding="utf-8-sig")
    settings = RetrievalSettings.read()
    assert (settings.pack, settings.model) == ("my pack", "bundled")


def test_a_value_is_taken_as_it_stands_and_never_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME_OF_PACKS", "/secret")
    _dotenv("TIAOWEN_PACK=${HOME_OF_PACKS}/x\n")
    assert RetrievalSettings.read().pack == "${HOME_OF_PACKS}/x"


@pytest.mark.parametrize("engine", ["pinecone", "FAISS ivf", "none"])
def test_an_unknown_engine_is_refused_with_those_there_are(engine: str) -> None:
    with pytest.raises(
        SettingsError, match=r"VECTOR_ENGINE='.*' is not available; expected one of: .*faiss"
    ):
        RetrievalSettings.read({"VECTOR_ENGINE": engine})


def test_the_home_folder_may_be_written_as_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert RetrievalSettings.read({"TIAOWEN_CACHE_DIR": "~/c"}).cache_dir == tmp_path / "c"


def test_the_home_of_nobody_is_refused_by_the_settings_name() -> None:
    with pytest.raises(SettingsError, match="TIAOWEN_CACHE_DIR"):
        RetrievalSettings.read({"TIAOWEN_CACHE_DIR": "~no-such-user-here/x"})


def test_a_dotenv_that_is_not_utf8_is_refused_by_name() -> None:
    Path(".env").write_bytes(b"TIAOWEN_PACK=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env: cannot be read"):
        RetrievalSettings.read()


def test_a_folder_named_dotenv_is_no_settings_file() -> None:
    Path(".env").mkdir()
    assert RetrievalSettings.read().pack == "hague-2014"


def test_another_file_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("TIAOWEN_PACK=other\n", encoding="utf-8")
    assert environment_and_dotenv(tmp_path / "other")["TIAOWEN_PACK"] == "other"
