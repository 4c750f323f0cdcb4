"""One state directory serves one bot at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.instance import single_instance


def test_a_second_instance_is_refused_and_the_first_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.instance import single_instance\n"
        "with single_instance(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        encoding="utf-8", cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with (
            pytest.raises(BotError, match="Another tiaowen bot runs on"),
            single_instance(tmp_path),
        ):
            pass
        other.kill()
        other.wait(10)
        with single_instance(tmp_path):  # a kill leaves no lock behind
            pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(BotError, match="cannot be written"),
        single_instance(tmp_path / "file" / "x"),
    ):
        pass
