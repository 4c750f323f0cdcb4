"""Read the settings of retrieval: which pack, which model, where built files go."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_cache_path

from corpus.pack import BUNDLED as BUNDLED_PACK
from retrieval.errors import SettingsError

BUNDLED_MODEL = "bundled"
ENGINES = ("faiss",)


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Hold what decides which files are built and searched."""

    pack: str
    model: str
    engine: str
    cache_dir: Path

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "RetrievalSettings":
        """Return the settings of the environment, then of `.env` in the working folder.

        A variable that is set but empty counts as not set. Raises SettingsError for a value that
        cannot be used.
        """
        values = environment_and_dotenv() if environment is None else environment
        values = {k: v.strip() for k, v in values.items()}
        engine = values.get("VECTOR_ENGINE") or "faiss"
        if engine not in ENGINES:
            raise SettingsError(
                f"VECTOR_ENGINE={engine!r} is not available; expected one of: {', '.join(ENGINES)}."
            )
        cache = values.get("TIAOWEN_CACHE_DIR")
        try:
            cache_dir = Path(cache).expanduser() if cache else user_cache_path("tiaowen")
        except RuntimeError as error:  # ~somebody, who is not there
            raise SettingsError(
                f"TIAOWEN_CACHE_DIR={cache!r}: there is no such home folder. Give a full path."
            ) from error
        return cls(
            pack=values.get("TIAOWEN_PACK") or BUNDLED_PACK,
            model=values.get("EMBEDDING_MODEL") or BUNDLED_MODEL,
            engine=engine,
            cache_dir=cache_dir,
        )


def environment_and_dotenv(dotenv: Path = Path(".env")) -> dict[str, str]:
    """Return the variables of `.env` overlaid by those of the environment.

    Raises SettingsError where `.env` is there but cannot be read.
    """
    try:
        file = (
            dotenv_values(dotenv, interpolate=False, encoding="utf-8-sig")
            if dotenv.is_file()
            else {}
        )
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{dotenv}: cannot be read ({error}). Save it as UTF-8 text."
        ) from error
    given = {k: v for k, v in os.environ.items() if v.strip()}
    return {k: v for k, v in file.items() if v is not None} | given
